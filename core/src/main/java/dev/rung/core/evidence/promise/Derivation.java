package dev.rung.core.evidence.promise;

import dev.rung.core.evidence.Estimate;
import dev.rung.core.evidence.promise.RiskCoverage.Point;
import dev.rung.core.json.Json;
import dev.rung.core.statistics.Binomial;
import dev.rung.core.task.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a threshold follows from calibration rows, so that P(let through and harmful) ≤ {@link Promise#harm} with probability at least
 * {@link Promise#confidence} over the draw of the rows.
 *
 * <p>The method is Learn then Test (Angelopoulos, Bates, Candès, Jordan, Lei 2021, "Learn then Test: Calibrating predictive algorithms to achieve risk control") with
 * fixed-sequence testing: thresholds are tested from the strictest down, each at the full level by the exact binomial test ({@link HarmTest}), and the first
 * one that is not proved ends the sequence. Harm is a share of all rows, so every test has the same number of rows, and a strict threshold is easy to prove.
 *
 * <p>The sequence is <em>every</em> threshold, so no grid is chosen and none can be chosen to suit the data; between two confidences that occur the counts, and so
 * the tests, are the same. It is valid because what a threshold lets through contains what any stricter one does. Let u be the supremum of the thresholds whose harm
 * exceeds the promise; the harm at u is at least the promise. Whoever ends at such a threshold has let through all that u does, and so has proved a number of
 * harmful rows that is at least the number at u: probability at most 1 − confidence. Any grid, fixed beforehand or not, is a part of this sequence, so it would be no
 * more valid and never let more through.
 *
 * @param curve of rows that nothing was set on before, neither the solver nor its confidence
 */
public record Derivation(Promise promise, RiskCoverage curve) {
    /** Nobody labels more. */
    private static final int MOST_ROWS = 10_000_000;

    /**
     * The test of one threshold.
     *
     * @param pValue the probability of at most that many harmful rows, were the harm as large as the promise allows
     */
    public record Test(Point point, double pValue) {}

    /** Returns the tests that were made, in order; only the last one may be one that does not prove the promise kept. */
    public List<Test> tests() {
        HarmTest test = new HarmTest(promise, curve.rows());
        List<Test> tests = new ArrayList<>();
        for (Point point : curve.points()) {
            tests.add(new Test(point, test.pValue(point.harmful())));
            if (!test.keeps(point.harmful())) {
                break;
            }
        }
        return tests;
    }

    /** Returns the loosest threshold that keeps the promise; empty where none that lets anything through is proved to. */
    public OptionalDouble threshold() {
        Point chosen = chosen();
        return chosen == null ? OptionalDouble.empty() : OptionalDouble.of(chosen.threshold());
    }

    /** Returns what that threshold lets through, or null where there is none. */
    public @Nullable Point chosen() {
        int most = new HarmTest(promise, curve.rows()).mostHarmful();
        Point chosen = null;
        for (Point point : curve.points()) {
            chosen = point.harmful() <= most ? point : chosen;
        }
        return chosen;
    }

    /** Tells whether the promise is kept with every row let through, so that no threshold is needed. */
    public boolean acceptsAll() {
        Point chosen = chosen();
        return chosen != null && chosen.accepted() == curve.rows();
    }

    /** Returns the share of questions let through. */
    public Estimate coverage() {
        Point chosen = proved();
        return rate("coverage", chosen.accepted(), curve.rows());
    }

    /** Returns the share of all questions that are let through and harmful. */
    public Estimate harm() {
        Point chosen = proved();
        return rate("harm", chosen.harmful(), curve.rows());
    }

    /** Returns the share of answers let through that do no harm; it is shown, and nothing is promised of it. */
    public Estimate acceptedAccuracy() {
        Point chosen = proved();
        return rate("accepted_accuracy", chosen.accepted() - chosen.harmful(), chosen.accepted());
    }

    private Point proved() {
        Point chosen = chosen();
        if (chosen == null) {
            throw new IllegalStateException("no threshold is proved to keep " + promise);
        }
        return chosen;
    }

    // As if the threshold had been fixed beforehand.
    private Estimate rate(String key, int hits, int of) {
        double error = (1 - promise.confidence()) / 2;
        double rate = (double) hits / of;
        return new Estimate(
                key,
                rate,
                Math.min(rate, Binomial.lowerBound(hits, of, error)),
                Math.max(rate, Binomial.upperBound(hits, of, error)),
                of,
                promise.confidence());
    }

    /**
     * Returns how many rows it would take to prove a threshold that lets something through, if harm went on at the rate seen at the strictest ones; empty where no
     * number would, because even those exceed the promise or no row states a confidence.
     */
    public OptionalInt rowsNeeded() {
        if (curve.points().isEmpty()) {
            return OptionalInt.empty();
        }
        double rate = (double) curve.points().getFirst().harmful() / curve.rows();
        if (rate >= promise.harm()) {
            return OptionalInt.empty();
        }
        int few = 0;
        int enough = 1;
        while (!provedWith(enough, rate)) {
            if (enough > MOST_ROWS) {
                return OptionalInt.empty();
            }
            few = enough;
            enough *= 2;
        }
        while (enough - few > 1) {
            int middle = (few + enough) >>> 1;
            if (provedWith(middle, rate)) {
                enough = middle;
            } else {
                few = middle;
            }
        }
        return OptionalInt.of(enough);
    }

    private boolean provedWith(int number, double rate) {
        return new HarmTest(promise, number).keeps((int) Math.ceil(rate * number - 1e-9));
    }

    /** Returns the derivation as JSON, each test that was made with its p-value; {@link #fromJson} reads it back. */
    public Json.Obj toJson() {
        List<Test> tests = tests();
        List<Json> points = new ArrayList<>();
        for (int i = 0; i < curve.points().size(); i++) {
            Point point = curve.points().get(i);
            Json.Obj json = Json.object(
                    "threshold", Json.of(point.threshold()),
                    "accepted", Json.of(point.accepted()),
                    "harmful", Json.of(point.harmful()));
            points.add(i < tests.size() ? json.with("p", Json.of(tests.get(i).pValue())) : json);
        }
        return promise.toJson().with("rows", Json.of(curve.rows())).with("thresholds", Json.array(points));
    }

    public static Derivation fromJson(Json.Obj json) {
        List<Point> points = new ArrayList<>();
        for (Json one : json.array("thresholds")) {
            Json.Obj point = (Json.Obj) one;
            points.add(new Point(
                    point.number("threshold").doubleValue(),
                    point.number("accepted").intValueExact(),
                    point.number("harmful").intValueExact()));
        }
        return new Derivation(
                Promise.fromJson(json), new RiskCoverage(json.number("rows").intValueExact(), points));
    }
}
