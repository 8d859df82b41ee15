package dev.rung.learn;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A factor and a shift for each label's score, so that probabilities match how often each label is right.
 *
 * <p>Source: Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural Networks", ICML 2017, section 4.2. Unlike a {@link Temperature} it can change which label
 * is best, and it has two numbers a label to be fitted to noise; so they are drawn towards the best temperature by an L2 penalty, and it is used only where
 * cross-validation shows it to be better.
 */
final class VectorScaling {
    private static final int FOLDS = 5;
    private static final int LEAST_ROWS_A_LABEL = 5;
    /** The spread of factors, relative to the temperature's, and of shifts that is taken for usual. */
    private static final double USUAL = 0.5;

    private static final int MOST_STEPS = 200;
    private static final double TOLERANCE = 1e-4;
    private static final VectorMath MATH = new VectorMath(new Lanes(1));

    final float[] factors;
    final float[] shifts;

    VectorScaling(float[] factors, float[] shifts) {
        this.factors = factors;
        this.shifts = shifts;
    }

    /**
     * Returns the scaling fitted to all rows if scalings fitted to four fifths of them have a lower log loss on the last fifth than temperatures have, by more than one
     * standard error of the difference; otherwise null, also where there are fewer than five rows a label.
     *
     * @param scores of rows that the scores were not fitted to
     */
    static @Nullable VectorScaling ifBetter(ScoreTable scores, int[] labelOfRow) {
        int rows = scores.rows();
        if (rows < LEAST_ROWS_A_LABEL * scores.labels()) {
            return null;
        }
        Folds folds = Folds.of(labelOfRow, FOLDS, 19);
        double sum = 0;
        double squares = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            int[] kept = folds.kept(fold);
            ScoreTable learned = part(scores, kept);
            int[] labels = Rows.of(labelOfRow, kept);
            Temperature temperature = Temperature.fit(learned, labels);
            VectorScaling scaling = fit(learned, labels);
            for (int row : folds.heldOut(fold)) {
                float[] of = scores.scores[row];
                double gain =
                        loss(of, temperature.value(), labelOfRow[row]) - loss(scaling.applied(of), 1, labelOfRow[row]);
                sum += gain;
                squares += gain * gain;
            }
        }
        double mean = sum / rows;
        double error = Math.sqrt(Math.max(0, squares / rows - mean * mean) / (rows - 1));
        return mean > error ? fit(scores, labelOfRow) : null;
    }

    private static ScoreTable part(ScoreTable scores, int[] rows) {
        return new ScoreTable(
                scores.labels(), Rows.of(List.of(scores.scores), rows).toArray(float[][]::new));
    }

    private static double loss(float[] scores, double temperature, int label) {
        return Softmax.logSumExp(scores, 1 / temperature) - scores[label] / temperature;
    }

    /** Fits by L-BFGS with halved steps; the objective is convex. */
    static VectorScaling fit(ScoreTable scores, int[] labelOfRow) {
        double inverse = 1 / Temperature.fit(scores, labelOfRow).value();
        Objective objective = new Objective(scores, labelOfRow, inverse);
        float[][] at = new float[2][scores.labels()];
        float[][] gradient = new float[2][scores.labels()];
        double value = objective.at(at, gradient);
        double target = TOLERANCE * TOLERANCE * MATH.dot(gradient, gradient);
        CurvatureMemory memory = new CurvatureMemory(SolverSettings.MEMORY, MATH);
        for (int step = 0; step < MOST_STEPS && MATH.dot(gradient, gradient) > target; step++) {
            float[][] direction = VectorMath.copy(gradient);
            memory.toDescent(direction);
            double slope = MATH.dot(gradient, direction);
            double t = 1;
            float[][] next = at;
            float[][] nextGradient = new float[2][scores.labels()];
            double nextValue = value;
            for (int halving = 0; halving < 40; halving++, t /= 2) {
                next = VectorMath.copy(at);
                MATH.add(t, direction, next);
                nextValue = objective.at(next, nextGradient);
                if (nextValue <= value + 1e-4 * t * slope) {
                    break;
                }
            }
            if (!(nextValue < value)) {
                break;
            }
            MATH.scale(t, direction);
            float[][] change = VectorMath.copy(nextGradient);
            MATH.add(-1, gradient, change);
            memory.remember(direction, change);
            at = next;
            gradient = nextGradient;
            value = nextValue;
        }
        return objective.scaling(at);
    }

    /** Mean log loss and penalty by what each label's factor, relative to 1 / temperature, and shift differ from 1 and 0. */
    private static final class Objective {
        private final ScoreTable scores;
        private final int[] labelOfRow;
        private final double inverse;

        Objective(ScoreTable scores, int[] labelOfRow, double inverse) {
            this.scores = scores;
            this.labelOfRow = labelOfRow;
            this.inverse = inverse;
        }

        VectorScaling scaling(float[][] at) {
            float[] factors = new float[at[0].length];
            for (int label = 0; label < factors.length; label++) {
                factors[label] = (float) (inverse * (1 + at[0][label]));
            }
            return new VectorScaling(factors, at[1]);
        }

        double at(float[][] at, float[][] gradient) {
            VectorScaling scaling = scaling(at);
            int labels = scores.labels();
            double[] byFactor = new double[labels];
            double[] byShift = new double[labels];
            double loss = 0;
            for (int row = 0; row < scores.rows(); row++) {
                float[] of = scores.scores[row];
                float[] scaled = scaling.applied(of);
                loss += VectorScaling.loss(scaled, 1, labelOfRow[row]);
                float[] residual = Softmax.probabilities(scaled, 1);
                residual[labelOfRow[row]] -= 1;
                for (int label = 0; label < labels; label++) {
                    byFactor[label] += residual[label] * inverse * of[label];
                    byShift[label] += residual[label];
                }
            }
            double penalty = 1 / (USUAL * USUAL);
            double sum = loss + penalty / 2 * MATH.dot(at, at);
            for (int label = 0; label < labels; label++) {
                gradient[0][label] = (float) ((byFactor[label] + penalty * at[0][label]) / scores.rows());
                gradient[1][label] = (float) ((byShift[label] + penalty * at[1][label]) / scores.rows());
            }
            return sum / scores.rows();
        }
    }

    float[] applied(float[] scores) {
        float[] scaled = new float[scores.length];
        for (int label = 0; label < scaled.length; label++) {
            scaled[label] = factors[label] * scores[label] + shifts[label];
        }
        return scaled;
    }

    ScoreTable applied(ScoreTable scores) {
        return new ScoreTable(
                scores.labels(), Arrays.stream(scores.scores).map(this::applied).toArray(float[][]::new));
    }

    /** Returns heads whose weighted sum is the scaled one of {@code heads}, so that a student needs no scaling of its own. */
    List<Head> folded(List<Head> heads, float[] weights) {
        float total = 0;
        for (float weight : weights) {
            total += weight;
        }
        float whole = total;
        return heads.stream().map(head -> folded(head, whole)).toList();
    }

    private Head folded(Head head, float total) {
        LinearHead linear = head.linear();
        float[][] rows = VectorMath.copy(linear.weights);
        for (float[] row : rows) {
            for (int label = 0; label < row.length; label++) {
                row[label] *= factors[label];
            }
        }
        float[] intercepts = rows[rows.length - 1];
        for (int label = 0; label < intercepts.length; label++) {
            intercepts[label] += shifts[label] / total;
        }
        return new Head(head.inputs(), new LinearHead(linear.sparseColumns, linear.denseColumns, linear.labels, rows));
    }
}
