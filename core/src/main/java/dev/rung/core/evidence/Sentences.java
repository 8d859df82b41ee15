package dev.rung.core.evidence;

import dev.rung.core.economics.Usd;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Requirement;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Says in words what the tests found.
 *
 * @param confidence of a proof that the bar is met
 * @param beta the error of a proof that it is missed
 * @param rows outcomes so far, whether or not they bear on a part
 */
record Sentences(double confidence, double beta, int rows) {
    /** Returns why a part passed. */
    String proof(Part part) {
        return switch (part.requirement()) {
            case Requirement.AtLeast(Metric metric, double floor) ->
                floor == 0
                        ? "a bar of 0 is met by anything" + bar(part)
                        : counted(part) + "; " + metric.title() + " is at least "
                                + rounded(lowerBound(part), floor, RoundingMode.FLOOR) + sure(confidence) + bar(part);
            case Requirement.LatencyAtMost latency -> counted(part) + bar(part);
            case Requirement.CostAtMost cost -> counted(part) + bar(part);
        };
    }

    /** Returns why a part failed. */
    String refutation(Part part) {
        return switch (part.requirement()) {
            case Requirement.AtLeast(Metric metric, double floor) ->
                counted(part) + "; " + metric.title() + " is at most "
                        + rounded(upperBound(part), floor, RoundingMode.CEILING) + sure(1 - beta) + bar(part);
            case Requirement.LatencyAtMost(double quantile, Duration ceiling) ->
                counted(part) + "; the share is at most " + rounded(upperBound(part), quantile, RoundingMode.CEILING)
                        + sure(1 - beta) + bar(part);
            case Requirement.CostAtMost cost -> counted(part) + bar(part);
        };
    }

    /** Returns why a part is open, and what would settle it. */
    String open(Part part) {
        if (part.unknownPrices() > 0) {
            return "the price of " + part.unknownPrices() + " of " + rows
                    + " answers is unknown, and an unknown price can prove no cost" + bar(part);
        }
        if (part.byRow().n() == 0) {
            return (rows == 0 ? "no example yet" : "none of " + rows + " examples") + " shows " + subject(part)
                    + bar(part);
        }
        OptionalLong more = moreRows(part, rows);
        String rest = more.isPresent()
                ? "about " + more.getAsLong() + " more examples would prove it if all goes on like this"
                : part.floor() >= 1
                        ? "no number of examples can prove perfection; ask for a little less"
                        : "this lies at or below the bar, and more examples alone would not lift it";
        return counted(part) + "; " + subject(part) + bar(part).replaceFirst(";", "")
                + " is neither proved nor refuted; " + rest;
    }

    /** Returns how many rows more would prove a part if all goes on like this, scaled up where it applies to a share of the rows only. */
    static OptionalLong moreRows(Part part, int rows) {
        int n = part.byRow().n();
        if (n == 0 || part.unknownPrices() > 0) {
            return OptionalLong.empty();
        }
        long byRow = part.byRow().more();
        long byQuestion = part.byQuestion().more();
        if (byRow < 0 || byQuestion < 0) {
            return OptionalLong.empty();
        }
        double perRow = (double) rows / n;
        double perQuestion = (double) rows / part.byQuestion().n();
        return OptionalLong.of((long) Math.ceil(Math.max(1, Math.max(byRow * perRow, byQuestion * perQuestion))));
    }

    private String counted(Part part) {
        TwoSidedTest test = part.byRow();
        String repeats = part.hasRepeats()
                ? " (" + part.byQuestion().n()
                        + " different questions, %s of them)"
                                .formatted(share(part.byQuestion().mean()))
                : "";
        return switch (part.requirement()) {
            case Requirement.AtLeast(Metric metric, double floor) ->
                metric.binary()
                        ? hits(test) + " of " + test.n() + (metric == Metric.VALID ? " valid" : " right") + repeats
                        : "mean " + share(test.mean()) + " over " + test.n() + " answers" + repeats;
            case Requirement.LatencyAtMost(double quantile, Duration ceiling) ->
                hits(test) + " of " + test.n() + " answers took at most " + time(ceiling);
            case Requirement.CostAtMost cost ->
                part.meanPer1000() + " per 1,000 on average over " + test.n() + " answers";
        };
    }

    private static String subject(Part part) {
        return switch (part.requirement()) {
            case Requirement.AtLeast(Metric metric, double floor) -> metric.title();
            case Requirement.LatencyAtMost latency -> "latency";
            case Requirement.CostAtMost cost -> "cost";
        };
    }

    private static String bar(Part part) {
        return switch (part.requirement()) {
            case Requirement.AtLeast(Metric metric, double floor) -> "; bar " + plain(floor);
            case Requirement.LatencyAtMost(double quantile, Duration ceiling) ->
                "; bar " + Latencies.name(quantile) + " ≤ " + time(ceiling);
            case Requirement.CostAtMost(Usd per1000) -> "; bar " + per1000 + " per 1,000";
        };
    }

    private static double lowerBound(Part part) {
        return Math.min(part.byRow().lowerBound(), part.byQuestion().lowerBound());
    }

    private static double upperBound(Part part) {
        TwoSidedTest row = part.byRow();
        return row.provedBelow() ? row.upperBound() : part.byQuestion().upperBound();
    }

    private static long hits(TwoSidedTest test) {
        return Math.round(test.mean() * test.n());
    }

    private static String sure(double confidence) {
        return " with "
                + BigDecimal.valueOf(confidence)
                        .movePointRight(2)
                        .stripTrailingZeros()
                        .toPlainString() + " % confidence";
    }

    private static String share(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    // Three decimals, or as many as the bar has, rounded so that the words claim no more than the numbers.
    private static String rounded(double value, double like, RoundingMode mode) {
        int decimals = Math.max(3, BigDecimal.valueOf(like).stripTrailingZeros().scale());
        return BigDecimal.valueOf(value).setScale(decimals, mode).toPlainString();
    }

    private static String plain(double floor) {
        BigDecimal value = BigDecimal.valueOf(floor).stripTrailingZeros();
        return value.setScale(Math.max(2, value.scale())).toPlainString();
    }

    private static String time(Duration time) {
        double millis = time.toNanos() / 1e6;
        return millis < 1000
                ? BigDecimal.valueOf(millis).stripTrailingZeros().toPlainString() + " ms"
                : BigDecimal.valueOf(millis / 1000).stripTrailingZeros().toPlainString() + " s";
    }
}
