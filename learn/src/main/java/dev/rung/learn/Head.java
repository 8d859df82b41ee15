package dev.rung.learn;

import java.util.List;

/** A linear head with what it reads. */
record Head(Inputs inputs, LinearHead linear) {
    static final float[] NO_VECTOR = {};

    /** @param vector scaled; ignored by a head that reads none */
    float[] scores(SparseRow row, float[] vector) {
        return linear.scores(inputs.ngrams() ? row : SparseRow.EMPTY, inputs.vector() ? vector : NO_VECTOR);
    }

    static FeatureMatrix matrix(Inputs inputs, List<SparseRow> rows, int columns, List<float[]> vectors) {
        return switch (inputs) {
            case NGRAMS -> FeatureMatrix.ofSparse(rows, columns);
            case VECTOR -> FeatureMatrix.ofDense(vectors);
            case BOTH -> FeatureMatrix.of(rows, columns, vectors);
        };
    }
}
