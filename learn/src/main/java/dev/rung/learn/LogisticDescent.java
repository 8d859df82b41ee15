package dev.rung.learn;

import org.jspecify.annotations.Nullable;

/**
 * One minimisation of mean multinomial log loss plus ½ · penalty · ‖W‖², by L-BFGS.
 *
 * <p>Scores are linear in the weights, so along a direction d they are scores(W) + t · scores(d): the line search costs
 * no pass over the features, only softmaxes, and each step costs one pass forward and one back. The intercept is not
 * penalised. Used once, by one thread that may borrow {@link Lanes}.
 */
final class LogisticDescent {
    /** Accepts a step once the slope has fallen by half in size (curvature condition). */
    private static final double SLOPE_LEFT = 0.5;

    private static final double LEAST_DECREASE = 1e-4;
    /** Scores are worked out afresh after so many steps, lest roundings of the running update add up. */
    private static final int STEPS_A_REFRESH = 25;

    private final LinearMaps maps;
    private final int[] labelOfRow;
    private final int labels;
    private final float[] shareOfRow;
    private final SolverSettings settings;
    private final Lanes lanes;
    private final VectorMath math;

    private final float[][] scores;
    private final float[][] directionScores;
    private final float[][] residuals;

    /** @param shareOfRow each row's part of the mean loss; they sum to one */
    LogisticDescent(
            FeatureMatrix matrix,
            int[] labelOfRow,
            float[] shareOfRow,
            int labels,
            SolverSettings settings,
            Lanes lanes) {
        this.maps = new LinearMaps(matrix, labels, lanes);
        this.labelOfRow = labelOfRow;
        this.shareOfRow = shareOfRow;
        this.labels = labels;
        this.settings = settings;
        this.lanes = lanes;
        this.math = new VectorMath(lanes);
        this.scores = new float[matrix.rows][labels];
        this.directionScores = new float[matrix.rows][labels];
        this.residuals = new float[matrix.rows][labels];
    }

    /** A point on the search line: its mean loss and slope, without the penalty's part. */
    private record LinePoint(double loss, double slope) {}

    /** The weights found and how. */
    static final class Result {
        final float[][] weights;
        final FitReport report;

        Result(float[][] weights, FitReport report) {
            this.weights = weights;
            this.report = report;
        }
    }

    /** Descends from {@code start}, or from zero. */
    Result descend(float @Nullable [][] start) {
        float[][] weights = maps.zeroWeights();
        float[][] gradient = maps.zeroWeights();
        double loss = lossAndGradient(weights, gradient);
        double target = settings.tolerance() * length(gradient);
        double scale = length(gradient);
        if (start != null) {
            weights = VectorMath.copy(start);
            loss = lossAndGradient(weights, gradient);
        }
        CurvatureMemory memory = new CurvatureMemory(SolverSettings.MEMORY, math);
        int steps = 0;
        while (length(gradient) > target && steps < settings.mostSteps()) {
            float[][] direction = VectorMath.copy(gradient);
            memory.toDescent(direction);
            maps.scores(direction, directionScores);
            Line line = new Line(weights, direction, gradient, loss);
            double t = line.search(memory.isEmpty() ? 1 / Math.max(1e-30, length(gradient)) : 1);
            if (t == 0) {
                if (memory.isEmpty()) {
                    break;
                }
                memory.clear();
                loss = lossAndGradient(weights, gradient);
                continue;
            }
            steps++;
            math.add(t, direction, weights);
            math.add(t, directionScores, scores);
            math.scale(t, direction);
            float[][] change = gradient;
            gradient = maps.zeroWeights();
            if (steps % STEPS_A_REFRESH == 0) {
                loss = lossAndGradient(weights, gradient);
            } else {
                loss = line.lossAtEnd();
                gradientOfResiduals(weights, gradient);
            }
            math.scale(-1, change);
            math.add(1, gradient, change);
            memory.remember(direction, change);
        }
        double ratio = scale == 0 ? 0 : length(gradient) / scale;
        double objective = loss + penaltyTerm(weights, weights) / 2;
        return new Result(weights, new FitReport(steps, objective, ratio, ratio <= settings.tolerance()));
    }

    private double length(float[][] vector) {
        return Math.sqrt(math.dot(vector, vector));
    }

    /** Works scores out afresh; leaves residuals for the gradient. */
    private double lossAndGradient(float[][] weights, float[][] gradient) {
        maps.scores(weights, scores);
        double loss = at(0).loss();
        gradientOfResiduals(weights, gradient);
        return loss;
    }

    private void gradientOfResiduals(float[][] weights, float[][] gradient) {
        maps.gradient(residuals, gradient);
        float[] intercepts = gradient[gradient.length - 1].clone();
        math.add(settings.penalty(), weights, gradient);
        gradient[gradient.length - 1] = intercepts;
    }

    /** penalty · a·b without the intercepts. */
    private double penaltyTerm(float[][] a, float[][] b) {
        double intercepts = VectorMath.dot(a[a.length - 1], b[b.length - 1]);
        return settings.penalty() * (math.dot(a, b) - intercepts);
    }

    /** Evaluates scores + t · directionScores, leaving the residuals (share · (probability − truth)) of that point. */
    private LinePoint at(double t) {
        double[] losses = new double[maps.rowPieces()];
        double[] slopes = new double[losses.length];
        lanes.run(losses.length, piece -> {
            for (int row = maps.firstRow(piece); row < maps.firstRow(piece + 1); row++) {
                rowAt(row, (float) t, piece, losses, slopes);
            }
        });
        double loss = 0;
        double slope = 0;
        for (int piece = 0; piece < losses.length; piece++) {
            loss += losses[piece];
            slope += slopes[piece];
        }
        return new LinePoint(loss, slope);
    }

    private void rowAt(int row, float t, int piece, double[] losses, double[] slopes) {
        float[] powers = residuals[row];
        float[] direction = directionScores[row];
        System.arraycopy(scores[row], 0, powers, 0, labels);
        LinearMaps.add(t, direction, powers);
        float highest = Float.NEGATIVE_INFINITY;
        for (float score : powers) {
            highest = Math.max(highest, score);
        }
        int truth = labelOfRow[row];
        double truthAboveHighest = (double) powers[truth] - highest;
        double sum = 0;
        for (int label = 0; label < labels; label++) {
            double power = Math.exp((double) powers[label] - highest);
            sum += power;
            powers[label] = (float) power;
        }
        float toShare = (float) (shareOfRow[row] / sum);
        for (int label = 0; label < labels; label++) {
            powers[label] *= toShare;
        }
        powers[truth] -= shareOfRow[row];
        losses[piece] += shareOfRow[row] * (Math.log(sum) - truthAboveHighest);
        slopes[piece] += VectorMath.dot(powers, direction);
    }

    /** The objective along one direction; convex, so its slope only rises. */
    private final class Line {
        private final double startValue;
        private final double startSlope;
        private final double penaltyAlong;
        private final double penaltyOfDirection;
        private double lossAtEnd;

        Line(float[][] weights, float[][] direction, float[][] gradient, double loss) {
            this.penaltyAlong = penaltyTerm(weights, direction);
            this.penaltyOfDirection = penaltyTerm(direction, direction);
            this.startValue = loss;
            this.startSlope = math.dot(gradient, direction);
            this.lossAtEnd = loss;
        }

        /** Returns the length of step, with the residuals left there, or 0 when none goes down. */
        double search(double first) {
            double low = 0;
            double lowSlope = startSlope;
            double high = Double.POSITIVE_INFINITY;
            double highSlope = 0;
            double t = first;
            for (int attempt = 0; attempt < 40 && startSlope < 0; attempt++) {
                LinePoint point = at(t);
                double slope = point.slope() + penaltyAlong + t * penaltyOfDirection;
                double value = point.loss() + t * penaltyAlong + t * t * penaltyOfDirection / 2;
                boolean down = value <= startValue + LEAST_DECREASE * t * startSlope;
                if (down && Math.abs(slope) <= -SLOPE_LEFT * startSlope) {
                    lossAtEnd = point.loss();
                    return t;
                }
                if (slope < 0 && down) {
                    low = t;
                    lowSlope = slope;
                } else {
                    high = t;
                    highSlope = slope;
                }
                t = next(low, lowSlope, high, highSlope);
            }
            return 0;
        }

        double lossAtEnd() {
            return lossAtEnd;
        }

        /** The zero of the slope by secant, kept off the ends. */
        private double next(double low, double lowSlope, double high, double highSlope) {
            if (Double.isInfinite(high)) {
                double flat = lowSlope > startSlope ? low * startSlope / (startSlope - lowSlope) : Double.MAX_VALUE;
                return Math.clamp(flat, 2 * low, 10 * low);
            }
            double share = highSlope > 0 ? -lowSlope / (highSlope - lowSlope) : 0.5;
            return low + (high - low) * Math.clamp(share, 0.1, 0.9);
        }
    }
}
