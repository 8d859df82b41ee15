package dev.rung.core.evidence.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.evidence.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LearningCurveFitTest {
    private static final int WORLDS = 400;
    private static final int HELD_OUT = 2_000;
    private static final int RUNS = 4;
    private static final double[] SHARES = {0.1, 0.2, 0.3, 0.4, 0.5};

    /** A learner whose expected error is known, with luck in what it is trained on and in what it is tested on. */
    private record World(DoubleUnaryOperator error, int rows, double luck, long seed) {
        List<CurvePoint> measure() {
            Gaussian noise = new Gaussian(seed);
            double shift = noise.next() / Math.sqrt(HELD_OUT);
            List<CurvePoint> points = new ArrayList<>();
            for (double share : SHARES) {
                for (int run = 0; run < RUNS; run++) {
                    int size = (int) Math.round(share * rows);
                    double e = error.applyAsDouble(size);
                    double seen = e + Math.sqrt(e * (1 - e)) * (shift + luck * noise.next());
                    int right = (int) Math.round((1 - Math.clamp(seen, 0, 1)) * HELD_OUT);
                    points.add(new CurvePoint(size, right, HELD_OUT));
                }
            }
            return points;
        }

        /** The accuracy of one more run, on all rows, as it would be in the population. */
        double truth() {
            Gaussian noise = new Gaussian(~seed);
            double e = error.applyAsDouble(rows);
            return 1 - Math.clamp(e + luck * noise.next() * Math.sqrt(e * (1 - e)), 0, 1);
        }
    }

    private static World powerLaw(long seed) {
        Gaussian random = new Gaussian(seed);
        int rows = (int) (500 * Math.pow(20, random.uniform()));
        double decay = Math.exp(Math.log(0.5) + 0.5 * random.next());
        double floor = 0.12 * random.uniform();
        double atTenth = floor + 0.05 + 0.4 * random.uniform();
        double scale = (atTenth - floor) * Math.pow(0.1 * rows, decay);
        PowerLaw law = new PowerLaw(floor, scale, decay);
        return new World(law::error, rows, 0.002 + 0.008 * random.uniform(), seed ^ 0xABCDEF);
    }

    // Not a power law: it bends, as curves do whose learner is still finding its feet with few rows.
    private static World bent(long seed) {
        Gaussian random = new Gaussian(seed);
        int rows = (int) (500 * Math.pow(20, random.uniform()));
        double decay = 0.4 + 0.5 * random.uniform();
        double floor = 0.1 * random.uniform();
        double start = 0.1 * rows * random.uniform();
        double atTenth = 0.1 + 0.4 * random.uniform();
        return new World(
                n -> floor + atTenth * Math.pow((n + start) / (0.1 * rows + start), -decay),
                rows,
                0.002 + 0.008 * random.uniform(),
                seed ^ 0xABCDEF);
    }

    private record Coverage(double share, double width) {}

    private static Coverage coverage(LongFunction<World> worlds, double confidence) {
        int covered = 0;
        double width = 0;
        for (int i = 0; i < WORLDS; i++) {
            World world = worlds.apply(1_000 + i);
            Estimate forecast = LearningCurveFit.of(world.measure(), i).forecast(world.rows(), confidence);
            covered += forecast.low() <= world.truth() && world.truth() <= forecast.high() ? 1 : 0;
            width += (forecast.high() - forecast.low()) / WORLDS;
        }
        return new Coverage((double) covered / WORLDS, width);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.8, 0.95})
    void forecasts_of_all_rows_from_half_of_them_hold_at_their_stated_rate(double confidence) {
        Coverage coverage = coverage(LearningCurveFitTest::powerLaw, confidence);
        System.out.printf(
                "power laws: the %.0f %% interval holds in %.3f of %d worlds, mean width %.4f%n",
                100 * confidence, coverage.share(), WORLDS, coverage.width());
        // Four standard errors of a share of 400 worlds.
        double chance = 4 * Math.sqrt(confidence * (1 - confidence) / WORLDS);
        assertThat(coverage.share()).isBetween(confidence - chance, confidence + chance);
        assertThat(coverage.width()).isLessThan(0.04);
    }

    @Test
    void a_curve_that_is_no_power_law_costs_the_interval_little_of_its_rate() {
        Coverage coverage = coverage(LearningCurveFitTest::bent, 0.95);
        System.out.printf("bent curves: the 95 %% interval holds in %.3f of %d worlds%n", coverage.share(), WORLDS);
        assertThat(coverage.share()).isGreaterThan(0.88);
    }

    /** Values by scipy.optimize.least_squares (SciPy 1.17.1, trf with bounds) on the same penalised sum of squares, from fifteen starting points. */
    @ParameterizedTest
    @CsvSource({
        "'100,200,400,800,1600', '1240,1452,1608,1706,1770', 2000, 0.0433227012, 4.513957394, 0.5632700092, 0.9087909643",
        "'100,200,400,800,1600', '1240,1352,1462,1548,1621', 2000, 0.0573466312, 1.428716858, 0.3201843997, 0.8348451607",
        "'1000,2000,3000,4000,5000', '2393,2614,2690,2745,2770', 3080, 0.0323642651, 16.33053819, 0.6451228920, 0.8781511956"
    })
    void the_curve_is_the_one_that_scipy_finds(
            String rows, String right, int answered, double floor, double scale, double decay, double at3200) {
        int[] sizes = Arrays.stream(rows.split(",")).mapToInt(Integer::parseInt).toArray();
        int[] hits = Arrays.stream(right.split(",")).mapToInt(Integer::parseInt).toArray();
        List<CurvePoint> points = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            points.add(new CurvePoint(sizes[i], hits[i], answered));
        }
        PowerLaw curve = LearningCurveFit.of(points, 1).curve();
        assertThat(curve.floor()).isEqualTo(floor, within(1e-4));
        assertThat(curve.decay()).isEqualTo(decay, within(1e-3));
        assertThat(curve.scale()).isEqualTo(scale, within(2e-2 * scale));
        assertThat(1 - curve.error(3_200)).isEqualTo(at3200, within(1e-5));
    }

    @Test
    void rows_to_reach_an_accuracy_agree_with_the_forecast_there_and_may_be_none() {
        LearningCurveFit fit = LearningCurveFit.of(curve(n -> 0.08 + 5 * Math.pow(n, -0.6), 4_000), 1);
        RowsNeeded near = fit.rowsToReach(0.88);
        assertThat(near.expected()).isTrue();
        assertThat(near.never()).isLessThan(0.05);
        // 1,000 rows are what the curve needs: 5 * 1000^-0.6 is 0.079.
        assertThat(near.low()).isLessThan(3_000);
        assertThat(near.high()).isGreaterThan(3_000);
        assertThat(fit.forecast(Math.round(near.estimate())).estimate()).isEqualTo(0.88, within(0.003));

        RowsNeeded beyond = fit.rowsToReach(0.985);
        assertThat(beyond.expected()).isFalse();
        assertThat(beyond.high()).isInfinite();
        assertThat(beyond.never()).isGreaterThan(0.5);
    }

    @Test
    void an_accuracy_that_does_not_rise_is_forecast_to_stay_and_wide_of_nothing() {
        LearningCurveFit fit = LearningCurveFit.of(curve(n -> 0.3, 2_000), 1);
        Estimate later = fit.forecast(100_000);
        assertThat(later.low()).isLessThan(0.7);
        assertThat(later.high()).isGreaterThan(0.69).isLessThan(0.8);
        assertThat(fit.rowsToReach(0.9).expected()).isFalse();
    }

    @Test
    void perfect_scores_and_single_rows_do_not_break_the_fit() {
        List<CurvePoint> perfect =
                List.of(new CurvePoint(1, 0, 10), new CurvePoint(5, 10, 10), new CurvePoint(9, 10, 10));
        Estimate forecast = LearningCurveFit.of(perfect, 1).forecast(20);
        assertThat(forecast.low()).isBetween(0.3, 1.0);
        assertThat(forecast.high()).isEqualTo(1, within(1e-9));
        assertThat(LearningCurveFit.possible(perfect.subList(0, 2))).isFalse();
        assertThatThrownBy(() -> LearningCurveFit.of(perfect.subList(0, 2), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_same_measurements_and_seed_give_the_same_figures_and_a_sample_adds_its_own_luck() {
        List<CurvePoint> points = curve(n -> 0.05 + 3 * Math.pow(n, -0.5), 5_000);
        LearningCurveFit fit = LearningCurveFit.of(points, 7);
        assertThat(LearningCurveFit.of(points, 7).forecast(9_000)).isEqualTo(fit.forecast(9_000));
        Estimate population = fit.forecast(9_000);
        Estimate sample = fit.forecastMeasured(9_000, 200, 0.95);
        assertThat(sample.high() - sample.low()).isGreaterThan(2 * (population.high() - population.low()));
    }

    @Test
    void luck_that_several_held_out_sets_share_is_told_from_the_luck_of_training() {
        // Two sets of unequal difficulty, and training runs that all do the same.
        List<CurvePoint> points = new ArrayList<>();
        for (int rows : new int[] {100, 200, 400}) {
            int wrong = 40_000 / rows;
            points.add(new CurvePoint(rows, 1_000 - wrong, 1_000, 1));
            points.add(new CurvePoint(rows, 1_000 - wrong, 1_000, 2));
        }
        Measured even = Measured.of(points);
        assertThat(even.degrees).isEqualTo(2);
        assertThat(even.heldOut).isEqualTo(2_000);
        assertThat(even.luck).isEqualTo(0, within(1e-12));
        points.add(new CurvePoint(100, 650, 1_000, 1));
        points.add(new CurvePoint(100, 550, 1_000, 2));
        assertThat(Measured.of(points).luck).isGreaterThan(1e-3);
    }

    private static List<CurvePoint> curve(DoubleUnaryOperator error, int rows) {
        return new World(error, rows, 0.003, 42).measure();
    }
}
