package dev.rung.intake.audit;

import dev.rung.core.evidence.Estimate;
import dev.rung.core.evidence.forecast.CurvePoint;
import dev.rung.core.evidence.forecast.LearningCurveFit;
import dev.rung.core.evidence.forecast.RowsNeeded;
import dev.rung.core.json.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What more labels would buy the cheap n-gram student; a stronger one errs less at every size, and its curve usually has the same shape.
 *
 * @param now labelled rows at hand
 * @param bar the accuracy wanted, 0 for none
 */
record LabelForecast(List<CurvePoint> points, LearningCurveFit fit, int now, double bar) {
    List<String> sentences() {
        Estimate here = fit.forecast(now);
        Estimate twice = fit.forecast(2L * now);
        List<String> sentences = new ArrayList<>();
        String gain =
                "with %,d labels an n-gram student gets about %.3f right; %,d more would make that %.3f, from %.3f to %.3f with 95 %% confidence"
                        .formatted(now, here.estimate(), now, twice.estimate(), twice.low(), twice.high());
        if (bar <= 0 || here.estimate() >= bar) {
            sentences.add(gain);
            return sentences;
        }
        sentences.add(gain + "; " + toTheBar(fit.rowsToReach(bar)));
        return sentences;
    }

    private String toTheBar(RowsNeeded needed) {
        String bar = "the bar of " + plain(needed.accuracy());
        double low = Math.max(0, needed.low() - now);
        if (!needed.expected()) {
            return "more labels alone are not expected to bring it to " + bar
                    + (Double.isInfinite(low) ? "" : " (at the very least " + count(low) + " more)");
        }
        String more = count(Math.max(1, needed.estimate() - now));
        String high = Double.isInfinite(needed.high())
                ? "no number at all (%.0f %% of the fitted curves never get there)".formatted(100 * needed.never())
                : count(needed.high() - now);
        return bar + " would take it about " + more + " more, from " + count(low) + " to " + high;
    }

    // Two digits: more would pretend to a precision that no forecast has.
    private static String count(double rows) {
        BigDecimal rounded = new BigDecimal(Math.ceil(rows)).round(new MathContext(2, RoundingMode.HALF_UP));
        return "%,d".formatted(rounded.toBigInteger());
    }

    private static String plain(double accuracy) {
        return "%.3f".formatted(accuracy);
    }

    Json.Obj toJson() {
        TreeMap<Integer, int[]> sizes = new TreeMap<>();
        for (CurvePoint point : points) {
            int[] sum = sizes.computeIfAbsent(point.rows(), fresh -> new int[2]);
            sum[0] += point.right();
            sum[1] += point.answered();
        }
        List<Json> measured = new ArrayList<>();
        sizes.forEach((rows, sum) ->
                measured.add(Json.object("rows", Json.of(rows), "accuracy", Json.of((double) sum[0] / sum[1]))));
        Json.Obj json = Json.object(
                        "measured", Json.array(measured),
                        "floor", Json.of(fit.curve().floor()),
                        "scale", Json.of(fit.curve().scale()),
                        "decay", Json.of(fit.curve().decay()))
                .with("forecasts", Json.array(List.of(at(now), at(2L * now), at(4L * now))));
        return bar <= 0 ? json : json.with("rowsToBar", needed(fit.rowsToReach(bar)));
    }

    private Json at(long rows) {
        return Json.object("rows", Json.of(rows))
                .with("accuracy", fit.forecast(rows).toJson());
    }

    private static Json needed(RowsNeeded rows) {
        return Json.object(
                        "accuracy", Json.of(rows.accuracy()),
                        "estimate", Json.of(rows.estimate()),
                        "low", Json.of(rows.low()),
                        "high", Json.of(rows.high()))
                .with("never", Json.of(rows.never()))
                .with("confidence", Json.of(rows.confidence()));
    }
}
