package dev.rung.learn;

/**
 * Sums over long float vectors: float in memory, double in the sums, cut in fixed blocks whose sums are added in order.
 */
final class VectorMath {
    private static final int BLOCK = 1 << 16;

    private final Lanes lanes;

    VectorMath(Lanes lanes) {
        this.lanes = lanes;
    }

    double dot(float[] a, float[] b) {
        int blocks = blocks(a.length);
        double[] sums = new double[blocks];
        lanes.run(blocks, block -> sums[block] = dot(a, b, block * BLOCK, Math.min(a.length, (block + 1) * BLOCK)));
        double total = 0;
        for (double sum : sums) {
            total += sum;
        }
        return total;
    }

    /** to += factor · from. */
    void add(double factor, float[] from, float[] to) {
        float by = (float) factor;
        lanes.run(blocks(to.length), block -> {
            int start = block * BLOCK;
            LinearMaps.add(by, from, start, to, start, Math.min(to.length, start + BLOCK) - start);
        });
    }

    void scale(double factor, float[] vector) {
        float by = (float) factor;
        lanes.run(blocks(vector.length), block -> {
            for (int i = block * BLOCK; i < Math.min(vector.length, (block + 1) * BLOCK); i++) {
                vector[i] *= by;
            }
        });
    }

    /** Four running sums, so that additions need not wait for each other. */
    private static double dot(float[] a, float[] b, int from, int to) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            first += (double) a[i] * b[i];
            second += (double) a[i + 1] * b[i + 1];
            third += (double) a[i + 2] * b[i + 2];
            fourth += (double) a[i + 3] * b[i + 3];
        }
        for (; i < to; i++) {
            first += (double) a[i] * b[i];
        }
        return (first + second) + (third + fourth);
    }

    private static int blocks(int length) {
        return (length + BLOCK - 1) / BLOCK;
    }
}
