package dev.rung.core.evidence.forecast;

import java.util.Arrays;

/**
 * Fits a {@link PowerLaw} by weighted least squares with floor and scale not negative, and a prior on the decay.
 *
 * <p>Given the decay the law is linear, so floor and scale have a closed form; the decay is searched for, on a grid and then by parabolas through the best three. Over a short
 * range of sizes a slow decay without a floor looks like a fast one with a floor. The prior, log-normal around {@value #USUAL_DECAY}, says which decays are usual: theory has 1/2 and
 * 1 for learners of fixed size, and measurements on text lie mostly between 0.1 and 1. Immutable.
 */
final class CurveFitter {
    static final double USUAL_DECAY = 0.5;
    /** Standard deviation of the logarithm of the decay. */
    static final double DECAY_SPREAD = 0.6;

    private static final double SLOWEST = StrictMath.log(0.03);
    private static final double FASTEST = StrictMath.log(3);
    private static final int GRID = 48;
    private static final double STEP = (FASTEST - SLOWEST) / GRID;

    private final double logLargest;
    private final double[] logRows; // less that of the largest, so that a scale is the one there
    private final double[][] basis; // by decay on the grid, then by size

    /** @param rows sizes, ascending */
    CurveFitter(double[] rows) {
        logLargest = StrictMath.log(rows[rows.length - 1]);
        logRows = Arrays.stream(rows).map(n -> StrictMath.log(n) - logLargest).toArray();
        basis = new double[GRID + 1][];
        for (int i = 0; i <= GRID; i++) {
            basis[i] = basis(SLOWEST + i * STEP);
        }
    }

    private double[] basis(double logDecay) {
        double decay = StrictMath.exp(logDecay);
        return Arrays.stream(logRows).map(n -> StrictMath.exp(-decay * n)).toArray();
    }

    /** Floor and scale at the largest size that fit best with one decay, and how badly. */
    private record Line(double floor, double scale, double loss) {}

    /**
     * Returns the curve that fits best.
     *
     * @param error by size
     * @param weight inverse variances of the errors
     * @param centre of the prior, as the logarithm of a decay
     */
    PowerLaw fit(double[] error, double[] weight, double centre) {
        double at = SLOWEST;
        Line best = line(basis[0], error, weight, SLOWEST - centre);
        for (int i = 1; i <= GRID; i++) {
            Line line = line(basis[i], error, weight, SLOWEST + i * STEP - centre);
            if (line.loss < best.loss) {
                best = line;
                at = SLOWEST + i * STEP;
            }
        }
        for (double step = STEP; step > STEP / 1000; step /= 8) {
            double moved = Math.clamp(at + vertex(at, step, error, weight, centre), SLOWEST, FASTEST);
            Line line = line(basis(moved), error, weight, moved - centre);
            if (line.loss < best.loss) {
                best = line;
                at = moved;
            }
        }
        double decay = StrictMath.exp(at);
        return new PowerLaw(Math.min(1, best.floor), best.scale * StrictMath.exp(decay * logLargest), decay);
    }

    // Where the parabola through the losses around a decay is least, at most one step away.
    private double vertex(double at, double step, double[] error, double[] weight, double centre) {
        double below = line(basis(at - step), error, weight, at - step - centre).loss;
        double here = line(basis(at), error, weight, at - centre).loss;
        double above = line(basis(at + step), error, weight, at + step - centre).loss;
        double bend = below - 2 * here + above;
        return bend <= 0 ? 0 : Math.clamp(0.5 * (below - above) / bend, -1, 1) * step;
    }

    private static Line line(double[] basis, double[] error, double[] weight, double unusual) {
        double w = 0;
        double wx = 0;
        double wy = 0;
        double wxx = 0;
        double wxy = 0;
        for (int i = 0; i < basis.length; i++) {
            double x = basis[i];
            w += weight[i];
            wx += weight[i] * x;
            wy += weight[i] * error[i];
            wxx += weight[i] * x * x;
            wxy += weight[i] * x * error[i];
        }
        double determinant = w * wxx - wx * wx;
        double scale = determinant <= 1e-12 * w * wxx ? 0 : (w * wxy - wx * wy) / determinant;
        double floor = (wy - scale * wx) / w;
        if (scale <= 0) {
            scale = 0;
            floor = wy / w;
        } else if (floor < 0) {
            floor = 0;
            scale = Math.max(0, wxy / wxx);
        }
        double loss = unusual * unusual / (DECAY_SPREAD * DECAY_SPREAD);
        for (int i = 0; i < basis.length; i++) {
            double miss = error[i] - floor - scale * basis[i];
            loss += weight[i] * miss * miss;
        }
        return new Line(floor, scale, loss);
    }
}
