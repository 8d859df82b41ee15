package dev.rung.core.evidence;

import dev.rung.core.economics.Usd;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Slice;
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
    private static final String BY_RESAMPLING = " by resampling";

    /** Returns why a part passed. */
    String proof(Part part) {
        return switch (part) {
            case MeanPart mean -> proof(mean) + bar(part);
            case MacroF1Part macro ->
                counted(macro) + "; it is at least "
                        + rounded(macro.lowerBound(), macro.floor(), RoundingMode.FLOOR) + sure(confidence)
                        + BY_RESAMPLING + bar(part);
            case JudgedPart judged ->
                judged.floor() == 0
                        ? "a bar of 0 is met by anything" + bar(part)
                        : counted(judged) + "; people would accept at least "
                                + rounded(judged.lowerBound(), judged.floor(), RoundingMode.FLOOR) + sure(confidence)
                                + bar(part);
        };
    }

    private String proof(MeanPart part) {
        if (part.nothingAsked()) {
            return "a bar of " + (part.mean() instanceof Requirement.AtMost ? 1 : 0) + " is met by anything";
        }
        return switch (part.mean()) {
            case Requirement.AtLeast(Metric metric, double floor) ->
                counted(part) + "; " + subject(part) + " is at least "
                        + rounded(lowerBound(part), floor, RoundingMode.FLOOR) + sure(confidence);
            case Requirement.AtMost(Metric metric, double ceiling) ->
                counted(part) + "; " + subject(part) + " is at most "
                        + rounded(1 - lowerBound(part), ceiling, RoundingMode.CEILING) + sure(confidence);
            case Requirement.LatencyAtMost latency -> counted(part);
            case Requirement.CostAtMost cost -> counted(part);
        };
    }

    /** Returns why a part failed. */
    String refutation(Part part) {
        return switch (part) {
            case MeanPart mean -> refutation(mean) + bar(part);
            case MacroF1Part macro ->
                counted(macro) + "; it is at most "
                        + rounded(macro.upperBound(), macro.floor(), RoundingMode.CEILING) + sure(1 - beta)
                        + BY_RESAMPLING + bar(part);
            case JudgedPart judged ->
                counted(judged) + "; people would accept at most "
                        + rounded(judged.upperBound(), judged.floor(), RoundingMode.CEILING) + sure(1 - beta)
                        + bar(part);
        };
    }

    private String refutation(MeanPart part) {
        return switch (part.mean()) {
            case Requirement.AtLeast(Metric metric, double floor) ->
                counted(part) + "; " + subject(part) + " is at most "
                        + rounded(upperBound(part), floor, RoundingMode.CEILING) + sure(1 - beta);
            case Requirement.AtMost(Metric metric, double ceiling) ->
                counted(part) + "; " + subject(part) + " is at least "
                        + rounded(1 - upperBound(part), ceiling, RoundingMode.FLOOR) + sure(1 - beta);
            case Requirement.LatencyAtMost(double quantile, Duration ceiling) ->
                counted(part) + "; the share is at most " + rounded(upperBound(part), quantile, RoundingMode.CEILING)
                        + sure(1 - beta);
            case Requirement.CostAtMost cost -> counted(part);
        };
    }

    /** Returns why a part is open, and what would settle it. */
    String open(Part part) {
        if (part instanceof MeanPart mean && mean.unknownPrices() > 0) {
            return "the price of " + mean.unknownPrices() + " of " + rows
                    + " answers is unknown, and an unknown price can prove no cost" + bar(part);
        }
        if (part.n() == 0) {
            return (rows == 0 ? "no example yet" : "none of " + rows + " examples") + " shows " + subject(part)
                    + bar(part);
        }
        if (part instanceof JudgedPart judged && judged.answers().unlabelled() > 0) {
            return labelsMissing(judged) + bar(part);
        }
        OptionalLong more = part.moreRows(rows);
        String rest = more.isPresent()
                ? "about " + more.getAsLong() + " more examples would prove it if all goes on like this"
                : part instanceof MeanPart mean && mean.floor() >= 1
                        ? "no number of examples can prove perfection; ask for a little less"
                        : "this lies at or below the bar, and more examples alone would not lift it";
        return counted(part) + "; " + subject(part) + bar(part).replaceFirst(";", "")
                + " is neither proved nor refuted; " + rest;
    }

    private static String labelsMissing(JudgedPart part) {
        OptionalLong more = part.moreLabels();
        String rest = more.isPresent()
                ? "about " + more.getAsLong() + " more of their verdicts would prove it if all goes on like this"
                : part.answers().labels() == 0
                        ? "nothing is known of what they would say"
                        : "what they say so far lies at or below the bar";
        return counted(part) + "; " + part.answers().unlabelled() + " answers wait for people's verdict, and " + rest;
    }

    private static String counted(Part part) {
        return switch (part) {
            case MeanPart mean -> counted(mean);
            case MacroF1Part macro -> "macro-F1 " + share(macro.figure().value()) + " over " + macro.n() + " answers";
            case JudgedPart judged ->
                "the judge accepts " + share(judged.answers().judgeMean()) + " of "
                        + judged.n() + " answers, of which people judged "
                        + judged.answers().labels();
        };
    }

    private static String counted(MeanPart part) {
        TwoSidedTest test = part.byRow();
        String repeats = part.hasRepeats()
                ? " (" + part.byQuestion().n()
                        + " different questions, %s of them)"
                                .formatted(share(part.byQuestion().mean()))
                : "";
        return switch (part.mean()) {
            case Requirement.AtLeast(Metric metric, double floor) ->
                metric == Metric.COVERAGE
                        ? "it answers " + hits(test) + " of " + test.n() + repeats
                        : metric.binary()
                                ? hits(test) + " of " + test.n() + (part.silent() > 0 ? " answered are" : "")
                                        + (metric == Metric.VALID ? " valid" : " right") + repeats
                                : "mean " + share(test.mean()) + " over " + test.n() + " answers" + repeats;
            case Requirement.AtMost(Metric metric, double ceiling) ->
                metric.binary()
                        ? test.n() - hits(test) + " of " + test.n() + (part.silent() > 0 ? " answered" : "") + repeats
                        : "mean " + share(1 - test.mean()) + " over " + test.n() + " answers" + repeats;
            case Requirement.LatencyAtMost(double quantile, Duration ceiling) ->
                hits(test) + " of " + test.n() + " answers took at most " + time(ceiling);
            case Requirement.CostAtMost cost ->
                part.meanPer1000() + " per 1,000 on average over " + test.n() + " answers";
        };
    }

    private static String subject(Part part) {
        int silent = switch (part) {
            case MeanPart mean -> mean.silent();
            case MacroF1Part macro -> macro.silent();
            case JudgedPart judged -> 0;
        };
        return subject(part.requirement()) + (silent > 0 ? " of what it answers" : "");
    }

    private static String subject(Requirement requirement) {
        return switch (requirement) {
            case Requirement.AtLeast(Metric metric, double floor) -> metric.title();
            case Requirement.AtMost(Metric metric, double ceiling) -> metric.title();
            case Requirement.LatencyAtMost latency -> "latency";
            case Requirement.CostAtMost cost -> "cost";
            case Requirement.MacroF1AtLeast macro -> "macro-F1";
            case Requirement.JudgeScoreAtLeast judge -> "judge score";
            case Requirement.OnSlice(Slice slice, Requirement.Mean mean) -> subject(mean) + " on " + slice.title();
        };
    }

    private static String bar(Part part) {
        return "; bar " + bar(part.requirement());
    }

    private static String bar(Requirement requirement) {
        return switch (requirement) {
            case Requirement.AtLeast(Metric metric, double floor) -> plain(floor);
            case Requirement.AtMost(Metric metric, double ceiling) -> "≤ " + plain(ceiling);
            case Requirement.LatencyAtMost(double quantile, Duration ceiling) ->
                Latencies.name(quantile) + " ≤ " + time(ceiling);
            case Requirement.CostAtMost(Usd per1000) -> per1000 + " per 1,000";
            case Requirement.MacroF1AtLeast(double floor) -> plain(floor);
            case Requirement.JudgeScoreAtLeast(double floor, int judgedPerLabel, String judge) -> plain(floor);
            case Requirement.OnSlice(Slice slice, Requirement.Mean mean) -> bar(mean);
        };
    }

    private static double lowerBound(MeanPart part) {
        return Math.min(part.byRow().lowerBound(), part.byQuestion().lowerBound());
    }

    private static double upperBound(MeanPart part) {
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
