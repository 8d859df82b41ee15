package dev.rung.learn;

import java.util.Arrays;
import java.util.List;

/**
 * The features of many texts: sparse columns first, dense columns after them, either of which may be missing.
 *
 * <p>Held by row and, for the sparse part, also by column: a fit reads rows to predict and columns for the gradient, so
 * that in both no two threads write to the same place. Immutable and thread-safe.
 */
public final class FeatureMatrix {
    final int rows;
    final int sparseColumns;
    final int denseColumns;
    /** Row i's entries are at rowStarts[i] up to rowStarts[i + 1]. */
    final int[] rowStarts;

    final int[] columnOfEntry;
    final float[] valueOfEntry;
    /** Column j's entries are at columnStarts[j] up to columnStarts[j + 1], rows ascending. */
    final int[] columnStarts;

    final int[] rowOfColumnEntry;
    final float[] valueOfColumnEntry;
    /** One array of denseColumns for each row. */
    final float[][] dense;

    private FeatureMatrix(int rows, int sparseColumns, List<SparseRow> sparse, int denseColumns, float[][] dense) {
        this.rows = rows;
        this.sparseColumns = sparseColumns;
        this.denseColumns = denseColumns;
        this.dense = dense;
        this.rowStarts = new int[rows + 1];
        for (int i = 0; i < sparse.size(); i++) {
            rowStarts[i + 1] = Math.addExact(rowStarts[i], sparse.get(i).size());
        }
        int entries = sparse.isEmpty() ? 0 : rowStarts[rows];
        this.columnOfEntry = new int[entries];
        this.valueOfEntry = new float[entries];
        for (int i = 0; i < sparse.size(); i++) {
            SparseRow row = sparse.get(i);
            System.arraycopy(row.columns, 0, columnOfEntry, rowStarts[i], row.size());
            System.arraycopy(row.values, 0, valueOfEntry, rowStarts[i], row.size());
        }
        this.columnStarts = new int[sparseColumns + 1];
        this.rowOfColumnEntry = new int[entries];
        this.valueOfColumnEntry = new float[entries];
        transpose();
    }

    private void transpose() {
        for (int column : columnOfEntry) {
            columnStarts[column + 1]++;
        }
        for (int column = 0; column < sparseColumns; column++) {
            columnStarts[column + 1] += columnStarts[column];
        }
        int[] next = Arrays.copyOf(columnStarts, sparseColumns);
        for (int row = 0; row < rows; row++) {
            for (int entry = rowStarts[row]; entry < rowStarts[row + 1]; entry++) {
                int place = next[columnOfEntry[entry]]++;
                rowOfColumnEntry[place] = row;
                valueOfColumnEntry[place] = valueOfEntry[entry];
            }
        }
    }

    /** Returns a matrix of sparse rows alone, of {@code columns} columns. */
    public static FeatureMatrix ofSparse(List<SparseRow> rows, int columns) {
        return new FeatureMatrix(rows.size(), columns, checked(rows, columns), 0, new float[rows.size()][0]);
    }

    /** Returns a matrix of dense rows alone, which must be equally long. */
    public static FeatureMatrix ofDense(List<float[]> rows) {
        int width = width(rows);
        return new FeatureMatrix(rows.size(), 0, List.of(), width, checked(rows));
    }

    /** Returns a matrix of sparse rows, each followed by the dense row of the same number. */
    public static FeatureMatrix of(List<SparseRow> sparse, int columns, List<float[]> dense) {
        if (sparse.size() != dense.size()) {
            throw new IllegalArgumentException(sparse.size() + " sparse rows but " + dense.size() + " dense rows");
        }
        int width = width(dense);
        return new FeatureMatrix(sparse.size(), columns, checked(sparse, columns), width, checked(dense));
    }

    public int rows() {
        return rows;
    }

    /** Returns the number of sparse and dense columns together. */
    public int columns() {
        return sparseColumns + denseColumns;
    }

    private static int width(List<float[]> rows) {
        return rows.isEmpty() ? 0 : rows.getFirst().length;
    }

    private static List<SparseRow> checked(List<SparseRow> rows, int columns) {
        for (SparseRow row : rows) {
            if (row.size() > 0 && row.column(row.size() - 1) >= columns) {
                throw new IllegalArgumentException(
                        "a row has column " + row.column(row.size() - 1) + ", but the matrix has only " + columns);
            }
        }
        return rows;
    }

    private static float[][] checked(List<float[]> rows) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).length != width(rows)) {
                throw new IllegalArgumentException(
                        "dense row " + i + " has " + rows.get(i).length + " values, row 0 has " + width(rows));
            }
        }
        return rows.toArray(float[][]::new);
    }
}
