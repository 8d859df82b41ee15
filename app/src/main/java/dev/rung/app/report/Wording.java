package dev.rung.app.report;

import dev.rung.core.economics.Usd;
import dev.rung.core.evidence.Verdict;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Slice;
import dev.rung.core.task.Task;
import dev.rung.ladder.climb.Candidate;
import dev.rung.ladder.climb.ClimbRecord;
import dev.rung.ladder.climb.Decision;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in words what a task asks for and what a climb came to. */
public final class Wording {
    private static final Pattern VERDICT_AT_END = Pattern.compile(": (PASS|FAIL|NOT ENOUGH EVIDENCE)$");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private Wording() {}

    /** Returns what a task asks for. */
    public static Asked asked(Task task) {
        Bar bar = task.bar();
        Metric metric = Metric.of(task.output()).getFirst();
        double floor = Double.NaN;
        double latency = Double.NaN;
        double quantile = 0.95;
        double cost = Double.NaN;
        for (Requirement part : bar.requirements()) {
            switch (part) {
                case Requirement.AtLeast(Metric wanted, double least) -> floor = wanted == metric ? least : floor;
                case Requirement.LatencyAtMost(double of, var ceiling) -> {
                    latency = ceiling.toNanos() / 1e9;
                    quantile = of;
                }
                case Requirement.CostAtMost(var per1000) ->
                    cost = per1000.amount().doubleValue();
                case Requirement.AtMost other -> {}
                case Requirement.MacroF1AtLeast other -> {}
                case Requirement.JudgeScoreAtLeast other -> {}
                case Requirement.OnSlice other -> {}
            }
        }
        return new Asked(
                task.name().value(),
                task.goal(),
                bar.requirements().stream().map(Wording::part).toList(),
                bar.confidence(),
                metric.key(),
                metric.title(),
                floor,
                latency,
                quantile,
                cost,
                task.data().name().toLowerCase(Locale.ROOT),
                task.volume() == null ? null : task.volume().requestsPerMonth());
    }

    /** Returns a part of a bar, such as {@code accuracy ≥ 0.90}. */
    static String part(Requirement part) {
        return switch (part) {
            case Requirement.AtLeast(Metric metric, double floor) -> metric.title() + " ≥ " + Figures.bound(floor);
            case Requirement.LatencyAtMost(double quantile, var ceiling) ->
                "p" + Figures.tenth(quantile * 100) + " ≤ " + Figures.time(ceiling);
            case Requirement.CostAtMost(var per1000) -> "≤ " + per1000 + " per 1,000";
            case Requirement.AtMost(Metric metric, double ceiling) -> metric.title() + " ≤ " + Figures.bound(ceiling);
            case Requirement.MacroF1AtLeast(double floor) -> "macro-F1 ≥ " + Figures.bound(floor);
            case Requirement.JudgeScoreAtLeast(double floor, int judgedPerLabel, String judge) ->
                "judge score ≥ " + Figures.bound(floor);
            case Requirement.OnSlice(Slice slice, Requirement.Mean mean) -> part(mean) + " on " + slice.title();
        };
    }

    /** Returns what it means to miss a part of a bar, such as {@code accuracy below 0.90}. */
    private static String missed(Requirement part) {
        return switch (part) {
            case Requirement.AtLeast(Metric metric, double floor) -> metric.title() + " below " + Figures.bound(floor);
            case Requirement.LatencyAtMost(double quantile, var ceiling) ->
                "p" + Figures.tenth(quantile * 100) + " above " + Figures.time(ceiling);
            case Requirement.CostAtMost(var per1000) -> "above " + per1000 + " per 1,000";
            case Requirement.AtMost(Metric metric, double ceiling) ->
                metric.title() + " above " + Figures.bound(ceiling);
            case Requirement.MacroF1AtLeast(double floor) -> "macro-F1 below " + Figures.bound(floor);
            case Requirement.JudgeScoreAtLeast(double floor, int judgedPerLabel, String judge) ->
                "judge score below " + Figures.bound(floor);
            case Requirement.OnSlice(Slice slice, Requirement.Mean mean) -> missed(mean) + " on " + slice.title();
        };
    }

    /** Returns a verdict's name. */
    public static LadderLine.Standing standing(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Pass pass -> LadderLine.Standing.PASS;
            case Verdict.Fail fail -> LadderLine.Standing.FAIL;
            case Verdict.NotEnough open -> LadderLine.Standing.OPEN;
        };
    }

    /** Returns the reason for a candidate's verdict in a few words; a climb ends with the first candidate that holds. */
    public static String brief(Candidate.Tried tried) {
        Candidate.Unfunded unfunded = tried.unfunded();
        if (unfunded != null) {
            return "error budget used up; about " + Figures.count(unfunded.freshRows(), "fresh sealed row") + " needed";
        }
        String beside = tried.kept().brief();
        if (beside != null) {
            return beside;
        }
        return switch (tried.verdict()) {
            case Verdict.Pass pass -> "lowest rung that holds";
            case Verdict.Fail(@Nullable Requirement requirement, String sentence) ->
                (requirement == null ? "missed" : missed(requirement))
                        + (tried.deciding().outcomes().size() < tried.deciding().available() ? ", stopped early" : "");
            case Verdict.NotEnough(String sentence, OptionalLong more) ->
                more.isPresent()
                        ? "about " + Figures.count(more.getAsLong(), "more example") + " would settle it"
                        : "more examples alone would not settle it";
        };
    }

    /** Returns a verdict's sentence without the verdict's name at its end. */
    static String reason(Verdict verdict) {
        return VERDICT_AT_END.matcher(verdict.sentence()).replaceFirst("");
    }

    /** @param labelCost what one more label costs, where the task says so */
    static Conclusion conclusion(
            ClimbRecord climb, @Nullable String release, @Nullable String certificate, @Nullable Usd labelCost) {
        return switch (climb.decision()) {
            case Decision.Met(Candidate.Tried winner) ->
                new Conclusion(
                        Conclusion.Outcome.MET,
                        "No more than the " + winner.rung().key() + " rung is needed: " + winner.name()
                                + " provably meets the bar.",
                        number(climb, winner),
                        release,
                        certificate,
                        null,
                        List.of(),
                        List.of());
            case Decision.NotMet(Candidate.Tried best, var missing, var remedies) ->
                new Conclusion(
                        Conclusion.Outcome.NOT_MET,
                        best == null
                                ? "The bar is not met: no candidate could be tried."
                                : "The bar is not met by anything that could be tried; " + best.name() + " on the "
                                        + best.rung().key() + " rung came nearest.",
                        number(climb, best),
                        null,
                        null,
                        null,
                        missing.stream()
                                .map(sentence ->
                                        VERDICT_AT_END.matcher(sentence).replaceFirst(""))
                                .toList(),
                        remedies);
            case Decision.Open(Candidate.Tried nearest, OptionalLong more, var remedies) -> {
                Conclusion.Labels labels = more.isPresent() ? Conclusion.Labels.of(more.getAsLong(), labelCost) : null;
                yield new Conclusion(
                        Conclusion.Outcome.NOT_ENOUGH_EVIDENCE,
                        "There is not enough evidence: " + nearest.name() + " may meet the bar or miss it"
                                + (labels == null ? "." : ", and " + labels.words() + " would settle it."),
                        number(climb, nearest),
                        null,
                        null,
                        labels,
                        List.of(reason(nearest.verdict())),
                        remedies);
            }
        };
    }

    private static int number(ClimbRecord climb, Candidate.@Nullable Tried of) {
        int number = 0;
        for (Candidate candidate : climb.candidates()) {
            if (candidate instanceof Candidate.Tried tried) {
                number++;
                if (tried.equals(of)) {
                    return number;
                }
            }
        }
        return 0;
    }

    /** Returns {@code text} on one line, cut off where it is longer than {@code most} characters. */
    static String shortened(String text, int most) {
        String line = SPACE.matcher(text).replaceAll(" ").strip();
        return line.codePointCount(0, line.length()) <= most
                ? line
                : line.substring(0, line.offsetByCodePoints(0, most - 1)) + "…";
    }
}
