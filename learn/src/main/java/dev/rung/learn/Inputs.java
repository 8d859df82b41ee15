package dev.rung.learn;

/** Which features a head reads. */
enum Inputs {
    NGRAMS,
    VECTOR,
    BOTH;

    boolean ngrams() {
        return this != VECTOR;
    }

    boolean vector() {
        return this != NGRAMS;
    }
}
