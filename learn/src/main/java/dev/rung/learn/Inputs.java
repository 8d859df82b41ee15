package dev.rung.learn;

/**
 * Which features a head reads.
 *
 * @param ngrams whether it reads the n-grams
 * @param from the first number of the text's vector that it reads
 * @param to the one after the last; equal to {@code from} for a head that reads no vector
 */
record Inputs(boolean ngrams, int from, int to) {
    static final Inputs NGRAMS = new Inputs(true, 0, 0);

    Inputs {
        if (from < 0 || to < from || (!ngrams && to == from)) {
            throw new IllegalArgumentException(
                    "a head that reads " + (ngrams ? "n-grams and " : "") + "a vector from " + from + " to " + to);
        }
    }

    boolean vector() {
        return to > from;
    }
}
