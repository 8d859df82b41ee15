package dev.rung.core.evidence.forecast;

import dev.rung.core.evidence.Estimate;
import dev.rung.core.statistics.Interval;
import java.util.Arrays;
import java.util.List;

/**
 * A learning curve fitted with its uncertainty: what accuracy to expect after more rows, and how many rows an accuracy needs.
 *
 * <p>The curve is a {@link PowerLaw}. Its uncertainty is that of {@value #REPLICATES} bootstrap replicates: in each, the measured errors are moved by noise as large as that in them
 * (see {@link Measured}: luck with the held-out rows, shared by all measurements, and luck with the rows trained on), the centre of the prior on the decay is drawn from that prior, and the curve is fitted again. Drawing the centre as well makes the
 * replicates spread like the posterior where the data do not tell decay from floor (randomised maximum a posteriori: Oliver, He and Reynolds 1996; Bardsley et al. 2014,
 * "Randomize-then-optimize"); a bootstrap of the plain fit would stick to the edge, a floor of 0, and be too sure.
 *
 * <p>Forecasts assume that more rows come from where these came from. Immutable and thread-safe; the same measurements and seed give the same figures on every machine.
 */
public final class LearningCurveFit {
    private static final double LEAST_VARIANCE = 1e-9;
    private static final int REPLICATES = 1_000;
    private static final int FEWEST_SIZES = 3;
    private static final double CONFIDENCE = 0.95;

    private final PowerLaw curve;
    private final Replicate[] replicates;
    private final int heldOut;
    private final int largest;

    /** @param luck the noise of one more training run, in standard deviations of it; {@code luckScale} the variance of that noise, by e(1 − e) */
    private record Replicate(PowerLaw curve, double luck, double luckScale, double sample) {
        double error(double rows) {
            double error = curve.error(rows);
            return Math.clamp(error + luck * Math.sqrt(luckScale * error * (1 - error)), 0, 1);
        }
    }

    private LearningCurveFit(PowerLaw curve, Replicate[] replicates, int heldOut, int largest) {
        this.curve = curve;
        this.replicates = replicates;
        this.heldOut = heldOut;
        this.largest = largest;
    }

    /** Tells whether {@code points} have the {@value #FEWEST_SIZES} different numbers of rows that a fit needs. */
    public static boolean possible(List<CurvePoint> points) {
        return points.stream().mapToInt(CurvePoint::rows).distinct().count() >= FEWEST_SIZES;
    }

    /**
     * Fits the curve.
     *
     * @param points at {@value #FEWEST_SIZES} different numbers of rows or more; several training runs at each size tell the luck of training from the luck of testing
     * @throws IllegalArgumentException if there are fewer, see {@link #possible}
     */
    public static LearningCurveFit of(List<CurvePoint> points, long seed) {
        if (!possible(points)) {
            throw new IllegalArgumentException(
                    "a learning curve needs " + FEWEST_SIZES + " different sizes: " + points);
        }
        Measured measured = Measured.of(points);
        double usual = StrictMath.log(CurveFitter.USUAL_DECAY);
        CurveFitter fitter = new CurveFitter(measured.rows);
        PowerLaw curve = fitter.fit(measured.error, weights(measured, measured.luck), usual);
        Gaussian noise = new Gaussian(seed);
        Replicate[] replicates = new Replicate[REPLICATES];
        for (int r = 0; r < REPLICATES; r++) {
            double luck = luck(measured, noise);
            double shift = noise.next();
            double[] moved = new double[measured.error.length];
            for (int i = 0; i < moved.length; i++) {
                double e = smoothed(measured.error[i], measured.heldOut);
                double own = noise.next() * Math.sqrt(luck / measured.runs[i]);
                moved[i] = Math.clamp(
                        measured.error[i] + Math.sqrt(e * (1 - e)) * (own + shift / Math.sqrt(measured.heldOut)), 0, 1);
            }
            double centre = usual + CurveFitter.DECAY_SPREAD * noise.next();
            PowerLaw again = fitter.fit(moved, weights(measured, luck), centre);
            replicates[r] = new Replicate(again, noise.next(), luck, noise.next());
        }
        return new LearningCurveFit(
                curve, replicates, (int) measured.heldOut, (int) measured.rows[measured.rows.length - 1]);
    }

    private static double[] weights(Measured measured, double luck) {
        double[] weight = new double[measured.rows.length];
        for (int i = 0; i < weight.length; i++) {
            double e = smoothed(measured.error[i], measured.heldOut);
            // A size at which nothing, or everything, went wrong is not known beyond doubt.
            weight[i] = measured.runs[i] / Math.max(luck * e * (1 - e), LEAST_VARIANCE);
        }
        return weight;
    }

    // An error of 0 or 1 in a sample does not mean that there is no variance.
    private static double smoothed(double error, double rows) {
        return (error * rows + 0.5) / (rows + 1);
    }

    // The variance of training luck is itself estimated, so it is drawn from the scaled inverse chi-squared
    // distribution.
    private static double luck(Measured measured, Gaussian noise) {
        if (measured.degrees == 0) {
            return measured.luck;
        }
        double squares = 0;
        for (int i = 0; i < measured.degrees; i++) {
            double z = noise.next();
            squares += z * z;
        }
        double least =
                1e-3 / measured.heldOut; // runs that agree to the row by chance do not prove that there is no luck
        return Math.max(least, measured.luck * measured.degrees / squares);
    }

    /** Returns the curve that fits best, without its uncertainty. */
    public PowerLaw curve() {
        return curve;
    }

    /** Returns the largest number of rows that was measured. */
    public int largestMeasured() {
        return largest;
    }

    /** Returns the accuracy to expect of a learner that is trained once on {@code rows} rows, with the 95 % prediction interval: luck of that training included. */
    public Estimate forecast(long rows) {
        return forecast(rows, CONFIDENCE);
    }

    /** Returns the accuracy to expect of a learner that is trained once on {@code rows} rows, with its prediction interval. */
    public Estimate forecast(long rows, double confidence) {
        double[] accuracies = new double[replicates.length];
        for (int r = 0; r < accuracies.length; r++) {
            accuracies[r] = 1 - replicates[r].error((double) rows);
        }
        return estimate(accuracies, confidence);
    }

    /** Returns what would be measured on {@code answered} fresh rows after training on {@code rows} rows: {@link #forecast} with the luck of that sample added. */
    public Estimate forecastMeasured(long rows, int answered, double confidence) {
        double[] accuracies = new double[replicates.length];
        for (int r = 0; r < accuracies.length; r++) {
            double error = replicates[r].error((double) rows);
            double sample = replicates[r].sample * Math.sqrt(error * (1 - error) / answered);
            accuracies[r] = 1 - Math.clamp(error + sample, 0, 1);
        }
        return estimate(accuracies, confidence);
    }

    private Estimate estimate(double[] accuracies, double confidence) {
        Arrays.sort(accuracies);
        Interval interval = interval(accuracies, confidence);
        return new Estimate(
                "accuracy", quantile(accuracies, 0.5), interval.low(), interval.high(), heldOut, confidence);
    }

    /** Returns how many rows bring a learner's expected accuracy to {@code accuracy}, with the 95 % interval. */
    public RowsNeeded rowsToReach(double accuracy) {
        double[] rows = new double[replicates.length];
        int never = 0;
        for (int r = 0; r < rows.length; r++) {
            rows[r] = replicates[r].curve.rowsFor(1 - accuracy);
            never += rows[r] == Double.POSITIVE_INFINITY ? 1 : 0;
        }
        Arrays.sort(rows);
        double tail = (1 - CONFIDENCE) / 2;
        return new RowsNeeded(
                accuracy,
                nearest(rows, 0.5),
                nearest(rows, tail),
                nearest(rows, 1 - tail),
                (double) never / rows.length,
                CONFIDENCE);
    }

    private static Interval interval(double[] sorted, double confidence) {
        double tail = (1 - confidence) / 2;
        return new Interval(quantile(sorted, tail), quantile(sorted, 1 - tail));
    }

    private static double quantile(double[] sorted, double p) {
        double place = p * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    // Without interpolation, which infinity does not allow.
    private static double nearest(double[] sorted, double p) {
        return sorted[(int) Math.round(p * (sorted.length - 1))];
    }
}
