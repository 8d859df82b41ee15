package dev.rung.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {
    private static final int ROWS = 300;
    private static final int SPARSE = 40;
    private static final int DENSE = 7;

    /**
     * LIBLINEAR (Fan et al. 2008) minimises ½‖w‖² + C Σ ln(1 + exp(−y w·x)). With two labels the multinomial penalty is
     * shared by two opposite weight vectors, ½‖W‖² = ½ · 2 · ‖w/2‖² = ¼‖w‖², hence twice the penalty. Its intercept is one
     * more penalised feature, so both get a feature of ones and ours no use of its own: the labels are balanced about it.
     */
    @Test
    void two_labels_give_the_same_boundary_as_liblinear() {
        Made rows = Made.random(2, 11);
        double looseness = 5;
        Problem problem = new Problem();
        problem.l = ROWS;
        problem.n = SPARSE;
        problem.x = new Feature[ROWS][];
        problem.y = new double[ROWS];
        for (int row = 0; row < ROWS; row++) {
            SparseRow sparse = rows.sparse.get(row);
            problem.x[row] = new Feature[sparse.size()];
            for (int i = 0; i < sparse.size(); i++) {
                problem.x[row][i] = new FeatureNode(sparse.column(i) + 1, sparse.value(i));
            }
            problem.y[row] = rows.labels[row] == 0 ? 1 : -1;
        }
        problem.bias = -1;
        Model model = Linear.train(problem, new Parameter(SolverType.L2R_LR, looseness, 1e-8));
        double sign = model.getLabels()[0];

        try (Lanes lanes = new Lanes(1)) {
            SolverSettings settings = new SolverSettings(2 / (looseness * ROWS), 1e-5, 2000);
            FeatureMatrix matrix = FeatureMatrix.ofSparse(rows.sparse, SPARSE);
            LinearHead head = withoutIntercept(matrix, rows.labels, settings, lanes);
            for (int column = 0; column < SPARSE; column++) {
                double ours = head.weights[column][0] - head.weights[column][1];
                assertThat(ours).isCloseTo(sign * model.getFeatureWeights()[column], within(2e-3));
            }
        }
    }

    /** Every row is given twice, once mirrored (features and label both flipped), so the best intercept is 0. */
    private static LinearHead withoutIntercept(
            FeatureMatrix matrix, int[] labels, SolverSettings settings, Lanes lanes) {
        List<SparseRow> sparse = new ArrayList<>();
        int[] both = new int[labels.length * 2];
        for (int row = 0; row < labels.length; row++) {
            int from = matrix.rowStarts[row];
            int to = matrix.rowStarts[row + 1];
            int[] columns = Arrays.copyOfRange(matrix.columnOfEntry, from, to);
            float[] values = Arrays.copyOfRange(matrix.valueOfEntry, from, to);
            float[] mirrored = values.clone();
            for (int i = 0; i < mirrored.length; i++) {
                mirrored[i] = -mirrored[i];
            }
            sparse.add(SparseRow.of(columns, values));
            sparse.add(SparseRow.of(columns, mirrored));
            both[2 * row] = labels[row];
            both[2 * row + 1] = 1 - labels[row];
        }
        LogisticRegression.Fit fit =
                LogisticRegression.fit(FeatureMatrix.ofSparse(sparse, matrix.sparseColumns), both, 2, settings, lanes);
        assertThat(fit.report().converged()).isTrue();
        return fit.head();
    }

    @Test
    void the_gradient_is_zero_at_the_fit_by_finite_differences() {
        Made rows = Made.random(4, 3);
        float[] weights = rows.weights();
        SolverSettings settings = new SolverSettings(1e-2, 1e-5, 2000);
        try (Lanes lanes = new Lanes(2)) {
            LogisticRegression.Fit fit =
                    LogisticRegression.fit(rows.matrix(), rows.labels, weights, 4, settings, null, lanes);
            assertThat(fit.report().converged()).isTrue();
            double[][] at = inDouble(fit.head().weights);
            double least = objective(rows, weights, at, settings.penalty());
            assertThat(fit.report().objective()).isCloseTo(least, within(1e-5));
            double fromZero = 0;
            double left = 0;
            double[][] zero = new double[at.length][4];
            for (int column = 0; column < at.length; column++) {
                for (int label = 0; label < 4; label++) {
                    fromZero += Math.pow(slope(rows, weights, zero, column, label, settings.penalty()), 2);
                    left += Math.pow(slope(rows, weights, at, column, label, settings.penalty()), 2);
                }
            }
            assertThat(Math.sqrt(left / fromZero)).isLessThan(1e-4);
        }
    }

    @Test
    void any_number_of_threads_gives_the_same_bits() {
        Made rows = Made.random(5, 4);
        float[][] alone = fitOn(1, rows);
        assertThat(fitOn(2, rows)).isDeepEqualTo(alone);
        assertThat(fitOn(7, rows)).isDeepEqualTo(alone);
    }

    @Test
    void a_warm_start_ends_at_the_same_objective_in_fewer_steps() {
        Made rows = Made.random(3, 5);
        try (Lanes lanes = new Lanes(1)) {
            SolverSettings near = new SolverSettings(1.2e-3, 1e-5, 1000);
            SolverSettings settings = new SolverSettings(1e-3, 1e-5, 1000);
            LinearHead before = LogisticRegression.fit(rows.matrix(), rows.labels, 3, near, lanes)
                    .head();
            FitReport cold = LogisticRegression.fit(rows.matrix(), rows.labels, 3, settings, lanes)
                    .report();
            FitReport warm = LogisticRegression.fit(rows.matrix(), rows.labels, ones(ROWS), 3, settings, before, lanes)
                    .report();
            assertThat(warm.objective()).isCloseTo(cold.objective(), within(1e-6));
            assertThat(warm.steps()).isLessThan(cold.steps());
        }
    }

    @Test
    void a_row_of_weight_two_counts_like_two_rows() {
        Made rows = Made.random(3, 6);
        List<SparseRow> sparse = new ArrayList<>(rows.sparse);
        List<float[]> dense = new ArrayList<>(rows.dense);
        sparse.add(sparse.getFirst());
        dense.add(dense.getFirst());
        int[] labels = Arrays.copyOf(rows.labels, ROWS + 1);
        labels[ROWS] = labels[0];
        float[] weights = ones(ROWS);
        weights[0] = 2;
        SolverSettings settings = new SolverSettings(1e-2, 1e-5, 1000);
        try (Lanes lanes = new Lanes(1)) {
            LinearHead twice = LogisticRegression.fit(
                            FeatureMatrix.of(sparse, SPARSE, dense), labels, 3, settings, lanes)
                    .head();
            LinearHead weighted = LogisticRegression.fit(rows.matrix(), rows.labels, weights, 3, settings, null, lanes)
                    .head();
            float[] a = twice.scores(rows.sparse.get(9), rows.dense.get(9));
            float[] b = weighted.scores(rows.sparse.get(9), rows.dense.get(9));
            for (int label = 0; label < 3; label++) {
                assertThat(a[label]).isCloseTo(b[label], within(1e-3f));
            }
        }
    }

    @Test
    void a_label_out_of_range_is_refused() {
        FeatureMatrix matrix = FeatureMatrix.ofDense(List.of(new float[] {1}, new float[] {2}));
        try (Lanes lanes = new Lanes(1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LogisticRegression.fit(matrix, new int[] {0, 2}, 2, SolverSettings.of(1), lanes))
                    .withMessageContaining("label 2");
        }
    }

    private static float[][] fitOn(int threads, Made rows) {
        try (Lanes lanes = new Lanes(threads)) {
            return LogisticRegression.fit(rows.matrix(), rows.labels, 5, SolverSettings.of(1e-3), lanes)
                    .head()
                    .weights;
        }
    }

    private static float[] ones(int length) {
        float[] ones = new float[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[][] inDouble(float[][] weights) {
        double[][] copy = new double[weights.length][weights[0].length];
        for (int column = 0; column < weights.length; column++) {
            for (int label = 0; label < copy[column].length; label++) {
                copy[column][label] = weights[column][label];
            }
        }
        return copy;
    }

    private static double slope(Made rows, float[] weights, double[][] at, int column, int label, double penalty) {
        double width = 1e-5;
        double here = at[column][label];
        at[column][label] = here + width;
        double above = objective(rows, weights, at, penalty);
        at[column][label] = here - width;
        double below = objective(rows, weights, at, penalty);
        at[column][label] = here;
        return (above - below) / (2 * width);
    }

    /** The definition, straight from the formula and in double. */
    private static double objective(Made rows, float[] weights, double[][] at, double penalty) {
        int labels = at[0].length;
        double loss = 0;
        double total = 0;
        for (int row = 0; row < ROWS; row++) {
            double[] scores = at[SPARSE + DENSE].clone();
            for (int label = 0; label < labels; label++) {
                SparseRow sparse = rows.sparse.get(row);
                for (int i = 0; i < sparse.size(); i++) {
                    scores[label] += sparse.value(i) * at[sparse.column(i)][label];
                }
                for (int i = 0; i < DENSE; i++) {
                    scores[label] += rows.dense.get(row)[i] * at[SPARSE + i][label];
                }
            }
            double sum = Arrays.stream(scores).map(Math::exp).sum();
            loss += weights[row] * (Math.log(sum) - scores[rows.labels[row]]);
            total += weights[row];
        }
        double squares = 0;
        for (int column = 0; column < SPARSE + DENSE; column++) {
            for (int label = 0; label < labels; label++) {
                squares += at[column][label] * at[column][label];
            }
        }
        return loss / total + penalty / 2 * squares;
    }

    /** Random rows whose label depends on their features, with noise. */
    private static final class Made {
        final List<SparseRow> sparse;
        final List<float[]> dense;
        final int[] labels;

        Made(List<SparseRow> sparse, List<float[]> dense, int[] labels) {
            this.sparse = sparse;
            this.dense = dense;
            this.labels = labels;
        }

        static Made random(int labels, long seed) {
            Random random = new Random(seed);
            double[][] truth = new double[SPARSE + DENSE][labels];
            for (double[] column : truth) {
                Arrays.setAll(column, label -> random.nextGaussian());
            }
            List<SparseRow> sparse = new ArrayList<>();
            List<float[]> dense = new ArrayList<>();
            int[] labelOfRow = new int[ROWS];
            for (int row = 0; row < ROWS; row++) {
                double[] scores = new double[labels];
                int[] columns = random.ints(12, 0, SPARSE).distinct().sorted().toArray();
                float[] values = new float[columns.length];
                for (int i = 0; i < columns.length; i++) {
                    values[i] = random.nextFloat();
                    addTo(scores, truth[columns[i]], values[i]);
                }
                float[] block = new float[DENSE];
                for (int i = 0; i < DENSE; i++) {
                    block[i] = (float) random.nextGaussian();
                    addTo(scores, truth[SPARSE + i], block[i]);
                }
                sparse.add(SparseRow.of(columns, values));
                dense.add(block);
                for (int label = 1; label < labels; label++) {
                    labelOfRow[row] = scores[label] > scores[labelOfRow[row]] ? label : labelOfRow[row];
                }
                labelOfRow[row] = random.nextInt(10) == 0 ? random.nextInt(labels) : labelOfRow[row];
            }
            return new Made(sparse, dense, labelOfRow);
        }

        private static void addTo(double[] scores, double[] column, double value) {
            for (int label = 0; label < scores.length; label++) {
                scores[label] += column[label] * value;
            }
        }

        FeatureMatrix matrix() {
            return FeatureMatrix.of(sparse, SPARSE, dense);
        }

        float[] weights() {
            float[] weights = new float[ROWS];
            for (int row = 0; row < ROWS; row++) {
                weights[row] = 0.5f + row % 3;
            }
            return weights;
        }
    }
}
