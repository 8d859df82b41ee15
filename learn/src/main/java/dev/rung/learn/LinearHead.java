package dev.rung.learn;

/**
 * A linear classifier: a weight for each feature and label, an intercept for each label.
 *
 * <p>Immutable and thread-safe.
 */
public final class LinearHead {
    final int sparseColumns;
    final int denseColumns;
    final int labels;
    /** One array of labels for each column, the intercepts last. */
    final float[][] weights;

    LinearHead(int sparseColumns, int denseColumns, int labels, float[][] weights) {
        if (weights.length != sparseColumns + denseColumns + 1) {
            throw new IllegalArgumentException(weights.length + " rows of weights for " + sparseColumns + " + "
                    + denseColumns + " columns and " + labels + " labels");
        }
        this.sparseColumns = sparseColumns;
        this.denseColumns = denseColumns;
        this.labels = labels;
        this.weights = weights;
    }

    public int labels() {
        return labels;
    }

    public int columns() {
        return sparseColumns + denseColumns;
    }

    /** Returns the scores (logits) of one text by label. */
    public float[] scores(SparseRow sparse, float[] dense) {
        if (dense.length != denseColumns) {
            throw new IllegalArgumentException(dense.length + " dense features, expected " + denseColumns);
        }
        float[] scores = weights[columns()].clone();
        LinearMaps.addAll(sparse.values, 0, weights, sparse.columns, 0, sparse.size(), scores);
        LinearMaps.addAllInOrder(dense, weights, sparseColumns, scores);
        return scores;
    }

    /** Returns the scores of every row. */
    public ScoreTable scores(FeatureMatrix matrix, Lanes lanes) {
        if (matrix.sparseColumns != sparseColumns || matrix.denseColumns != denseColumns) {
            throw new IllegalArgumentException("the matrix has " + matrix.sparseColumns + " + " + matrix.denseColumns
                    + " columns, the head " + sparseColumns + " + " + denseColumns);
        }
        ScoreTable table = new ScoreTable(matrix.rows(), labels);
        new LinearMaps(matrix, labels, lanes).scores(weights, table.scores);
        return table;
    }
}
