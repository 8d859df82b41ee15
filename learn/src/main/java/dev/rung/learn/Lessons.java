package dev.rung.learn;

import java.util.List;

/**
 * Labelled texts as a student sees them.
 *
 * @param texts one each
 * @param vectors of the texts by a frozen encoder; empty where there is none
 * @param parts how many parts of equal length a vector has
 * @param labelOfText 0 to {@code labels} − 1, one each
 * @param labels how many labels there are
 * @param outOfScope the label that says "none of these", or −1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; millions of boxed labels would cost more than they protect
public record Lessons(
        List<String> texts, List<float[]> vectors, int parts, int[] labelOfText, int labels, int outOfScope) {
    public Lessons {
        texts = List.copyOf(texts);
        vectors = List.copyOf(vectors);
        if (parts < 1 || (!vectors.isEmpty() && vectors.getFirst().length % parts != 0)) {
            throw new IllegalArgumentException("vectors do not come in " + parts + " parts of equal length");
        }
        if (labelOfText.length != texts.size() || (!vectors.isEmpty() && vectors.size() != texts.size())) {
            throw new IllegalArgumentException(
                    texts.size() + " texts, " + vectors.size() + " vectors, " + labelOfText.length + " labels");
        }
    }

    /** Returns how many numbers a vector has; 0 where there is none. */
    int width() {
        return vectors.isEmpty() ? 0 : vectors.getFirst().length;
    }

    int size() {
        return texts.size();
    }

    Lessons rows(int[] rows) {
        return new Lessons(
                Rows.of(texts, rows),
                vectors.isEmpty() ? vectors : Rows.of(vectors, rows),
                parts,
                Rows.of(labelOfText, rows),
                labels,
                outOfScope);
    }
}
