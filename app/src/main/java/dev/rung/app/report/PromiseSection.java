package dev.rung.app.report;

import dev.rung.core.evidence.Estimate;
import dev.rung.core.task.Metric;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** Shows what a cascade promises, or a student that may be silent, and how its threshold follows from that. */
final class PromiseSection {
    private final ClimbSummary climb;

    PromiseSection(ClimbSummary climb) {
        this.climb = climb;
    }

    /** Returns the section, or null where nothing with a threshold was tried. */
    @Nullable
    Tag section() {
        LadderLine.Tried shown = shown();
        Promised promised = shown == null ? null : shown.promised();
        if (shown == null || promised == null) {
            return null;
        }
        return Tag.of("section")
                .set("id", "promise")
                .add(
                        Tag.of("h2")
                                .text(
                                        promised.says() == null
                                                ? "What the cascade promises"
                                                : "When it says that it does not know"),
                        Tag.of("p", "lead").text("For " + shown.name() + ". " + promise(promised)),
                        Tag.of("div", "pair")
                                .add(
                                        Tag.of("figure")
                                                .add(
                                                        RiskCoveragePlot.of(shown.name(), promised),
                                                        Tag.of("figcaption").text(caption(promised))),
                                        whole(shown, promised)));
    }

    // The winner where it has a threshold; else the last one that was tried.
    private LadderLine.@Nullable Tried shown() {
        LadderLine.Tried winner = climb.winner();
        if (winner != null && winner.promised() != null) {
            return winner;
        }
        return climb.tried().stream()
                .filter(tried -> tried.promised() != null)
                .reduce((first, second) -> second)
                .orElse(null);
    }

    private static String promise(Promised promised) {
        if (promised.says() != null) {
            return "Of all questions, at most " + percent(promised.harm()) + " are answered wrongly, with "
                    + percent(promised.confidence()) + " confidence. It therefore answers from a confidence of "
                    + Figures.share(promised.threshold()) + " on, and says “" + promised.says() + "” below that.";
        }
        return "Of all questions, at most " + percent(promised.harm())
                + " are answered by the student alone and wrongly, with " + percent(promised.confidence())
                + " confidence. It therefore answers alone from a confidence of " + Figures.share(promised.threshold())
                + " on, and sends the rest on.";
    }

    private static String caption(Promised promised) {
        return "Harm is the share of all questions that the student answers "
                + (promised.says() == null ? "alone and " : "") + "wrongly, by how many it is let answer, on "
                + Figures.count(promised.rows(), "question")
                + " of the calibrate split that it has learned nothing from. The band holds the true harm at each threshold by itself: either edge errs with "
                + percent(1 - promised.confidence())
                + " probability. Thresholds are tried from the strictest down, and the chosen one (dot) is the last whose upper edge is within the promise (dashed): there "
                + promised.harmful() + " of " + Figures.count(promised.rows()) + " were harmed.";
    }

    private Tag whole(LadderLine.Tried shown, Promised promised) {
        Tag list = Tag.of("dl", "ledger");
        boolean silent = promised.says() != null;
        add(list, silent ? "answered" : "answered alone", promised.coverage(), PromiseSection::percent);
        add(list, "right, of those", promised.acceptedAccuracy(), PromiseSection::percent);
        String whole = silent ? ", " + shown.split() : ", whole";
        if (silent) {
            add(list, "answered" + whole, shown.metric(Metric.COVERAGE.key()), PromiseSection::percent);
            add(list, "answered wrongly" + whole, shown.metric(Metric.HARM.key()), PromiseSection::percent);
        }
        String quality = climb.asked().metricTitle() + (silent ? " of the answers" : "") + whole;
        add(list, quality, shown.metric(climb.asked().metric()), PromiseSection::percent);
        add(list, climb.asked().latencyName() + " latency" + whole, shown.latency(), LadderSection::seconds);
        add(list, "per 1,000" + whole, shown.cost(), LadderSection::dollars);
        return Tag.of("div")
                .add(
                        list,
                        Tag.of("small")
                                .text("Brackets hold the plain interval of each figure by itself: the first two, at "
                                        + percent(promised.confidence())
                                        + ", as if the threshold had been fixed beforehand; the others as measured on the "
                                        + shown.split()
                                        + " split. Only the promise is proved for the threshold chosen."));
    }

    private static void add(Tag list, String name, @Nullable Estimate estimate, DoubleFunction<String> words) {
        if (estimate == null) {
            return;
        }
        String interval = Double.isFinite(estimate.low()) && Double.isFinite(estimate.high())
                ? " [" + words.apply(estimate.low()) + ", " + words.apply(estimate.high()) + "]"
                : "";
        list.add(Tag.of("div")
                .add(
                        Tag.of("dt").text(name),
                        Tag.of("dd").text(estimate.known() ? words.apply(estimate.estimate()) + interval : "unknown")));
    }

    private static String percent(double share) {
        return Figures.tenth(share * 100) + " %";
    }
}
