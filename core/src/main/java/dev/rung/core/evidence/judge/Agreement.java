package dev.rung.core.evidence.judge;

import dev.rung.core.json.Json;
import dev.rung.core.statistics.Binomial;
import dev.rung.core.statistics.Interval;
import java.util.List;

/**
 * How a judge's verdicts compare with people's on the same answers, as a table of counts.
 *
 * @param bothAccept answers that both accept
 * @param onlyJudge answers that only the judge accepts
 * @param onlyHuman answers that only people accept
 * @param bothReject answers that both reject
 */
public record Agreement(int bothAccept, int onlyJudge, int onlyHuman, int bothReject) {
    public Agreement {
        if (bothAccept < 0 || onlyJudge < 0 || onlyHuman < 0 || bothReject < 0) {
            throw new IllegalArgumentException("counts are not negative");
        }
    }

    /**
     * A figure between its bounds; all are not a number where the answers say nothing of it.
     *
     * @param n answers that it rests on
     */
    public record Rate(double estimate, double low, double high, int n) {
        /** Returns the rate as JSON, with null for what is unknown. */
        public Json.Obj toJson() {
            return Json.object(
                    "estimate", Json.of(estimate), "low", Json.of(low), "high", Json.of(high), "n", Json.of(n));
        }
    }

    /** Counts verdicts; scores must be 0 or 1. */
    public static Agreement of(List<Paired> answers) {
        int[] counts = new int[4];
        for (Paired answer : answers) {
            if (!answer.binary()) {
                throw new IllegalArgumentException("a verdict is 0 or 1: " + answer);
            }
            counts[(answer.human() == 1 ? 0 : 1) + (answer.judge() == 1 ? 0 : 2)]++;
        }
        return new Agreement(counts[0], counts[1], counts[2], counts[3]);
    }

    public int n() {
        return bothAccept + onlyJudge + onlyHuman + bothReject;
    }

    /** Returns the share of answers on which both say the same, with the exact interval. */
    public Rate agreement(double confidence) {
        return rate(bothAccept + bothReject, n(), confidence);
    }

    /** Returns the share of the answers acceptable to people that the judge accepts. */
    public Rate sensitivity(double confidence) {
        return rate(bothAccept, bothAccept + onlyHuman, confidence);
    }

    /** Returns the share of the answers unacceptable to people that the judge rejects. */
    public Rate specificity(double confidence) {
        return rate(bothReject, bothReject + onlyJudge, confidence);
    }

    /** Returns Cohen's kappa: agreement beyond what the two would reach by chance, as a part of what could be reached beyond it. */
    public Rate kappa(double confidence) {
        Interval interval = Kappa.interval(this, confidence);
        return new Rate(Kappa.of(this), interval.low(), interval.high(), n());
    }

    private static Rate rate(int hits, int n, double confidence) {
        if (n == 0) {
            return new Rate(Double.NaN, Double.NaN, Double.NaN, 0);
        }
        double error = (1 - confidence) / 2;
        return new Rate((double) hits / n, Binomial.lowerBound(hits, n, error), Binomial.upperBound(hits, n, error), n);
    }

    /** Returns the counts and the figures at {@code confidence} as JSON; {@link #fromJson} reads the counts back. */
    public Json.Obj toJson(double confidence) {
        return Json.object(
                        "both_accept", Json.of(bothAccept),
                        "only_judge_accepts", Json.of(onlyJudge),
                        "only_people_accept", Json.of(onlyHuman),
                        "both_reject", Json.of(bothReject))
                .with("agreement", agreement(confidence).toJson())
                .with("sensitivity", sensitivity(confidence).toJson())
                .with("specificity", specificity(confidence).toJson())
                .with("kappa", kappa(confidence).toJson())
                .with("confidence", Json.of(confidence));
    }

    /** Reads what {@link #toJson} wrote. */
    public static Agreement fromJson(Json.Obj json) {
        return new Agreement(
                json.number("both_accept").intValueExact(),
                json.number("only_judge_accepts").intValueExact(),
                json.number("only_people_accept").intValueExact(),
                json.number("both_reject").intValueExact());
    }
}
