package dev.rung.learn;

import java.util.Arrays;

/**
 * The non-zero features of one text: ascending column numbers, each with its value.
 *
 * <p>Immutable by agreement: within the package the arrays are shared, outside they are copied.
 */
public final class SparseRow {
    /** The row without a single feature, of a text in which nothing is known. */
    public static final SparseRow EMPTY = new SparseRow(new int[0], new float[0]);

    final int[] columns;
    final float[] values;

    SparseRow(int[] columns, float[] values) {
        this.columns = columns;
        this.values = values;
    }

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException when lengths differ, columns do not ascend, or a value is not finite
     */
    public static SparseRow of(int[] columns, float[] values) {
        if (columns.length != values.length) {
            throw new IllegalArgumentException(columns.length + " columns but " + values.length + " values");
        }
        for (int i = 0; i < columns.length; i++) {
            if (columns[i] < 0 || (i > 0 && columns[i] <= columns[i - 1])) {
                throw new IllegalArgumentException("columns must be 0 or more and ascend: " + Arrays.toString(columns));
            }
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("value " + i + " is " + values[i]);
            }
        }
        return new SparseRow(columns.clone(), values.clone());
    }

    public int size() {
        return columns.length;
    }

    public int column(int index) {
        return columns[index];
    }

    public float value(int index) {
        return values[index];
    }
}
