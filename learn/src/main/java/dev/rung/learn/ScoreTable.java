package dev.rung.learn;

/**
 * A number for each row and label: scores (logits), or probabilities when said so.
 *
 * <p>Mutable within the package while it is being filled, read-only outside.
 */
public final class ScoreTable {
    final int rows;
    final int labels;
    /** One array of labels for each row. */
    final float[][] scores;

    ScoreTable(int rows, int labels) {
        this(labels, new float[rows][labels]);
    }

    ScoreTable(int labels, float[][] scores) {
        this.rows = scores.length;
        this.labels = labels;
        this.scores = scores;
    }

    /** Copies {@code rows}, which must be equally long. */
    public static ScoreTable of(float[][] rows) {
        int labels = rows.length == 0 ? 0 : rows[0].length;
        ScoreTable table = new ScoreTable(rows.length, labels);
        for (int row = 0; row < rows.length; row++) {
            table.setRow(row, rows[row]);
        }
        return table;
    }

    public int rows() {
        return rows;
    }

    public int labels() {
        return labels;
    }

    public float get(int row, int label) {
        return scores[row][label];
    }

    /** Returns a copy of one row. */
    public float[] row(int row) {
        return scores[row].clone();
    }

    /** Returns the label with the highest number in {@code row}, the first of equals. */
    public int best(int row) {
        int best = 0;
        for (int label = 1; label < labels; label++) {
            if (get(row, label) > get(row, best)) {
                best = label;
            }
        }
        return best;
    }

    /** Returns the share of rows whose best label is the given one, in [0, 1]; rows with a negative label do not count. */
    public double accuracy(int[] truth) {
        int counted = 0;
        int right = 0;
        for (int row = 0; row < rows; row++) {
            if (truth[row] >= 0) {
                counted++;
                right += best(row) == truth[row] ? 1 : 0;
            }
        }
        return counted == 0 ? 0 : (double) right / counted;
    }

    ScoreTable copy() {
        return new ScoreTable(labels, VectorMath.copy(scores));
    }

    void setRow(int row, float[] values) {
        if (values.length != labels) {
            throw new IllegalArgumentException("row " + row + " has " + values.length + " scores, not " + labels);
        }
        scores[row] = values.clone();
    }
}
