package dev.rung.learn;

/**
 * Sums over large arrays of float rows: float in memory, double in the sums, cut in fixed blocks whose sums are added in
 * order.
 */
final class VectorMath {
    private static final int ROWS_A_BLOCK = 512;

    private final Lanes lanes;

    VectorMath(Lanes lanes) {
        this.lanes = lanes;
    }

    double dot(float[][] a, float[][] b) {
        double[] sums = new double[blocks(a)];
        lanes.run(sums.length, block -> {
            for (int row = block * ROWS_A_BLOCK; row < end(a, block); row++) {
                sums[block] += dot(a[row], b[row]);
            }
        });
        double total = 0;
        for (double sum : sums) {
            total += sum;
        }
        return total;
    }

    /** to += factor · from. */
    void add(double factor, float[][] from, float[][] to) {
        float by = (float) factor;
        lanes.run(blocks(to), block -> {
            for (int row = block * ROWS_A_BLOCK; row < end(to, block); row++) {
                LinearMaps.add(by, from[row], to[row]);
            }
        });
    }

    void scale(double factor, float[][] rows) {
        float by = (float) factor;
        lanes.run(blocks(rows), block -> {
            for (int row = block * ROWS_A_BLOCK; row < end(rows, block); row++) {
                float[] scaled = rows[row];
                for (int i = 0; i < scaled.length; i++) {
                    scaled[i] *= by;
                }
            }
        });
    }

    static float[][] copy(float[][] rows) {
        float[][] copy = new float[rows.length][];
        for (int row = 0; row < rows.length; row++) {
            copy[row] = rows[row].clone();
        }
        return copy;
    }

    /** Four running sums, so that additions need not wait for each other. */
    static double dot(float[] a, float[] b) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            first += (double) a[i] * b[i];
            second += (double) a[i + 1] * b[i + 1];
            third += (double) a[i + 2] * b[i + 2];
            fourth += (double) a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            first += (double) a[i] * b[i];
        }
        return (first + second) + (third + fourth);
    }

    private static int blocks(float[][] rows) {
        return (rows.length + ROWS_A_BLOCK - 1) / ROWS_A_BLOCK;
    }

    private static int end(float[][] rows, int block) {
        return Math.min(rows.length, (block + 1) * ROWS_A_BLOCK);
    }
}
