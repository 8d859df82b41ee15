package dev.rung.app.report;

import dev.rung.core.evidence.Estimate;
import dev.rung.core.evidence.promise.Derivation;
import dev.rung.core.evidence.promise.RiskCoverage;
import dev.rung.core.json.Json;
import dev.rung.core.statistics.Binomial;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cascade promises, or a student that may be silent, and the curve that its threshold was taken from.
 *
 * @param says what is said below the threshold; null for a cascade, which asks a stronger solver
 * @param harm the largest share of all questions answered wrongly by the solver that has the threshold
 * @param confidence that the share is kept
 * @param threshold the least confidence with which it answers alone
 * @param rows questions that the threshold was derived from
 * @param harmful how many of them are answered alone and wrongly
 * @param coverage the share of questions answered alone
 * @param acceptedAccuracy how many of those answers are right
 * @param curve from the strictest threshold on
 */
record Promised(
        @Nullable String says,
        double harm,
        double confidence,
        double threshold,
        int rows,
        int harmful,
        Estimate coverage,
        Estimate acceptedAccuracy,
        List<Point> curve) {
    /** More would not be seen. */
    private static final int MOST_POINTS = 120;

    Promised {
        curve = List.copyOf(curve);
    }

    /**
     * What one threshold lets through.
     *
     * @param coverage the share of all questions
     * @param harm the share of all questions that is let through and wrong
     * @param low the bound that lies above the true harm with chance 1 − confidence at most, at this threshold by itself
     * @param high the bound that lies below it with that chance
     */
    record Point(double coverage, double harm, double low, double high) {}

    /**
     * Returns what is shown of {@code derivation}, which must have a threshold.
     *
     * @param says what is said below it; null for a cascade
     */
    static Promised of(Derivation derivation, @Nullable String says) {
        RiskCoverage.Point chosen = derivation.chosen();
        if (chosen == null) {
            throw new IllegalArgumentException("no threshold");
        }
        int rows = derivation.curve().rows();
        double error = 1 - derivation.promise().confidence();
        List<RiskCoverage.Point> all = derivation.curve().points();
        int every = (all.size() + MOST_POINTS - 1) / MOST_POINTS;
        List<Point> curve = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            RiskCoverage.Point point = all.get(i);
            if (i % every == 0 || i + 1 == all.size() || point.equals(chosen)) {
                curve.add(new Point(
                        (double) point.accepted() / rows,
                        (double) point.harmful() / rows,
                        Binomial.lowerBound(point.harmful(), rows, error),
                        Binomial.upperBound(point.harmful(), rows, error)));
            }
        }
        return new Promised(
                says,
                derivation.promise().harm(),
                derivation.promise().confidence(),
                chosen.threshold(),
                rows,
                chosen.harmful(),
                derivation.coverage(),
                derivation.acceptedAccuracy(),
                curve);
    }

    Json.Obj toJson() {
        Json.Obj json = figures();
        return says == null ? json : json.with("says", Json.of(says));
    }

    private Json.Obj figures() {
        return Json.object("harm", Json.of(harm), "confidence", Json.of(confidence), "threshold", Json.of(threshold))
                .with("rows", Json.of(rows))
                .with("harmful", Json.of(harmful))
                .with("coverage", coverage.toJson())
                .with("accepted_accuracy", acceptedAccuracy.toJson())
                .with(
                        "curve",
                        Json.array(curve.stream()
                                .map(point -> Json.object(
                                        "coverage", Json.of(point.coverage()),
                                        "harm", Json.of(point.harm()),
                                        "low", Json.of(point.low()),
                                        "high", Json.of(point.high())))
                                .toList()));
    }

    static Promised fromJson(Json.Obj json) {
        return new Promised(
                json.get("says") == null ? null : json.string("says"),
                Fields.number(json, "harm"),
                Fields.number(json, "confidence"),
                Fields.number(json, "threshold"),
                Fields.integer(json, "rows"),
                Fields.integer(json, "harmful"),
                Estimate.fromJson(json.object("coverage")),
                Estimate.fromJson(json.object("accepted_accuracy")),
                Fields.objects(json, "curve").stream()
                        .map(point -> new Point(
                                Fields.number(point, "coverage"),
                                Fields.number(point, "harm"),
                                Fields.number(point, "low"),
                                Fields.number(point, "high")))
                        .toList());
    }
}
