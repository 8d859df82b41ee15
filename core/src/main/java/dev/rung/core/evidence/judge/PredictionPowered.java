package dev.rung.core.evidence.judge;

import dev.rung.core.json.Json;
import dev.rung.core.statistics.IncompleteBeta;
import dev.rung.core.statistics.Interval;
import java.util.List;

/**
 * The mean that people's scores would have, from few of them and many of a judge's: prediction-powered inference with a tuned weight (Angelopoulos, Duchi and
 * Zrnic 2023, "PPI++: Efficient prediction-powered inference").
 *
 * <p>The judge's mean over answers that only it has scored is corrected by what it gets wrong where people have scored as well: {@code weight · mean(judge, others)
 * + mean(human − weight · judge)}. Whatever the judge does, the correction takes its bias away; the weight that makes the variance least is estimated, and lies
 * near 0 for a judge that tells nothing, which leaves people's scores alone.
 *
 * <p>The interval is the large-sample one, with sample variances and Student's t for the few labelled answers, where those show enough of everything: {@link #ENOUGH}
 * scores on either side of the middle, and as many disagreements. Elsewhere it is the {@link RectifiedTest} inverted, which holds at any size and is wider.
 *
 * @param weight given to the judge, from 0 to 1
 * @param labelled answers that both have scored
 * @param others answers that only the judge has scored
 * @param exact whether the interval holds at any sample size
 */
public record PredictionPowered(
        double estimate, double low, double high, double weight, int labelled, int others, boolean exact) {
    /** How often each of acceptance, rejection and disagreement must be seen before a large-sample interval is trusted. */
    static final int ENOUGH = 10;

    /**
     * Estimates.
     *
     * @param labelled at least one
     * @param others the judge's scores of other answers, drawn like the labelled ones
     */
    public static PredictionPowered of(List<Paired> labelled, double[] others, double confidence) {
        if (labelled.isEmpty()) {
            throw new IllegalArgumentException("no answer is labelled");
        }
        double weight = weight(labelled, others);
        double estimate = estimate(labelled, others, weight);
        boolean largeSample = enough(labelled);
        Interval interval = largeSample
                ? largeSample(labelled, others, weight, estimate, confidence)
                : RectifiedTest.interval(labelled, others, confidence);
        return new PredictionPowered(
                estimate,
                Math.min(estimate, interval.low()),
                Math.max(estimate, interval.high()),
                weight,
                labelled.size(),
                others.length,
                !largeSample);
    }

    /** Returns the weight with the least variance, between 0 and 1: Cov(human, judge) / ((1 + n/N) Var(judge)). */
    static double weight(List<Paired> labelled, double[] others) {
        int n = labelled.size();
        if (others.length == 0 || n < 2) {
            return 0;
        }
        double human = labelled.stream().mapToDouble(Paired::human).sum() / n;
        double judge = labelled.stream().mapToDouble(Paired::judge).sum() / n;
        double covariance = 0;
        double all = 0;
        for (Paired pair : labelled) {
            covariance += (pair.human() - human) * (pair.judge() - judge) / n;
            all += pair.judge();
        }
        for (double score : others) {
            all += score;
        }
        double mean = all / (n + others.length);
        double variance = 0;
        for (Paired pair : labelled) {
            variance += (pair.judge() - mean) * (pair.judge() - mean);
        }
        for (double score : others) {
            variance += (score - mean) * (score - mean);
        }
        variance /= n + others.length - 1;
        return variance == 0 ? 0 : Math.clamp(covariance / ((1 + (double) n / others.length) * variance), 0, 1);
    }

    static double estimate(List<Paired> labelled, double[] others, double weight) {
        double sum = 0;
        for (Paired pair : labelled) {
            sum += pair.human() - weight * pair.judge();
        }
        double judged = 0;
        for (double score : others) {
            judged += score;
        }
        return sum / labelled.size() + (weight == 0 ? 0 : weight * judged / others.length);
    }

    private static boolean enough(List<Paired> labelled) {
        int high = 0;
        int apart = 0;
        for (Paired pair : labelled) {
            high += pair.human() >= 0.5 ? 1 : 0;
            apart += Math.abs(pair.human() - pair.judge()) >= 0.05 ? 1 : 0;
        }
        return high >= ENOUGH && labelled.size() - high >= ENOUGH && apart >= ENOUGH;
    }

    private static Interval largeSample(
            List<Paired> labelled, double[] others, double weight, double estimate, double confidence) {
        int n = labelled.size();
        double[] rest = new double[n];
        for (int i = 0; i < n; i++) {
            rest[i] = labelled.get(i).human() - weight * labelled.get(i).judge();
        }
        double variance = variance(rest) / n;
        if (weight > 0) {
            variance += weight * weight * variance(others) / others.length;
        }
        double reach = studentQuantile((1 - confidence) / 2, n - 1) * StrictMath.sqrt(variance);
        return new Interval(Math.max(0, estimate - reach), Math.min(1, estimate + reach));
    }

    static double variance(double[] values) {
        if (values.length < 2) {
            return 0;
        }
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / (values.length - 1);
    }

    private static double studentQuantile(double error, int freedom) {
        double beta = IncompleteBeta.inverse(2 * error, 0.5 * freedom, 0.5);
        return Math.sqrt(freedom * (1 - beta) / beta);
    }

    /**
     * Returns how many labels alone one label beside a judge is worth in the long run: 1 / (1 − r² N / (n + N)), r the correlation of people's and the judge's scores.
     *
     * @param othersEach answers that only the judge scores, for each labelled one
     */
    public static double worth(List<Paired> labelled, double othersEach) {
        double[] human = labelled.stream().mapToDouble(Paired::human).toArray();
        double[] judge = labelled.stream().mapToDouble(Paired::judge).toArray();
        double[] difference = new double[human.length];
        for (int i = 0; i < human.length; i++) {
            difference[i] = human[i] - judge[i];
        }
        double a = variance(human);
        double b = variance(judge);
        if (a == 0 || b == 0) {
            return 1;
        }
        double covariance = (a + b - variance(difference)) / 2;
        double squared = covariance <= 0 ? 0 : covariance * covariance / (a * b);
        return 1 / (1 - Math.min(squared, 0.9999) * othersEach / (1 + othersEach));
    }

    /** Returns the estimate as JSON. */
    public Json.Obj toJson() {
        return Json.object(
                        "estimate", Json.of(estimate),
                        "low", Json.of(low),
                        "high", Json.of(high),
                        "judge_weight", Json.of(weight))
                .with("labelled", Json.of(labelled))
                .with("judged_only", Json.of(others))
                .with("any_sample_size", Json.of(exact));
    }
}
