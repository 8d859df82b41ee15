package dev.rung.learn;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The last few steps of a descent and what they did to the gradient: an estimate of the inverse Hessian.
 *
 * <p>The two-loop recursion of L-BFGS (Nocedal 1980; Nocedal &amp; Wright, Numerical Optimization, algorithm 7.4).
 */
final class CurvatureMemory {
    private final int capacity;
    private final VectorMath math;
    private final Deque<Pair> pairs = new ArrayDeque<>();

    CurvatureMemory(int capacity, VectorMath math) {
        this.capacity = capacity;
        this.math = math;
    }

    /** Remembers that {@code step} changed the gradient by {@code change}; takes both arrays. */
    void remember(float[][] step, float[][] change) {
        double curvature = math.dot(step, change);
        if (curvature > 0) {
            pairs.addLast(new Pair(step, change, curvature));
        }
        if (pairs.size() > capacity) {
            pairs.removeFirst();
        }
    }

    /** Turns {@code vector}, a gradient, into the step of descent −H⁻¹ · gradient, in place. */
    void toDescent(float[][] vector) {
        double[] shares = new double[pairs.size()];
        int index = shares.length;
        for (Iterator<Pair> newestFirst = pairs.descendingIterator(); newestFirst.hasNext(); ) {
            Pair pair = newestFirst.next();
            shares[--index] = math.dot(pair.step, vector) / pair.curvature;
            math.add(-shares[index], pair.change, vector);
        }
        if (!pairs.isEmpty()) {
            Pair newest = pairs.getLast();
            math.scale(newest.curvature / math.dot(newest.change, newest.change), vector);
        }
        for (Pair pair : pairs) {
            double correction = shares[index++] - math.dot(pair.change, vector) / pair.curvature;
            math.add(correction, pair.step, vector);
        }
        math.scale(-1, vector);
    }

    boolean isEmpty() {
        return pairs.isEmpty();
    }

    void clear() {
        pairs.clear();
    }

    private static final class Pair {
        final float[][] step;
        final float[][] change;
        final double curvature;

        Pair(float[][] step, float[][] change, double curvature) {
            this.step = step;
            this.change = change;
            this.curvature = curvature;
        }
    }
}
