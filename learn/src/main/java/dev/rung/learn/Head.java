package dev.rung.learn;

import java.util.Arrays;
import java.util.List;

/** A linear head with what it reads. */
record Head(Inputs inputs, LinearHead linear) {
    static final float[] NO_VECTOR = {};

    /** @param vector scaled and whole; ignored by a head that reads none */
    float[] scores(SparseRow row, float[] vector) {
        return linear.scores(inputs.ngrams() ? row : SparseRow.EMPTY, part(vector));
    }

    private float[] part(float[] vector) {
        if (!inputs.vector()) {
            return NO_VECTOR;
        }
        return inputs.from() == 0 && inputs.to() == vector.length
                ? vector
                : Arrays.copyOfRange(vector, inputs.from(), inputs.to());
    }

    /** Returns what {@code inputs} reads of the rows. */
    static FeatureMatrix matrix(Inputs inputs, List<SparseRow> rows, int columns, List<float[]> vectors) {
        if (!inputs.vector()) {
            return FeatureMatrix.ofSparse(rows, columns);
        }
        List<float[]> parts = vectors.stream()
                .map(vector -> Arrays.copyOfRange(vector, inputs.from(), inputs.to()))
                .toList();
        return inputs.ngrams() ? FeatureMatrix.of(rows, columns, parts) : FeatureMatrix.ofDense(parts);
    }
}
