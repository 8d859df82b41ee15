package dev.rung.app.cli;

import dev.rung.app.report.Asked;
import dev.rung.app.report.ClimbSummary;
import dev.rung.app.report.Conclusion;
import dev.rung.app.report.Figures;
import dev.rung.app.report.LadderLine;
import dev.rung.core.economics.Usd;
import dev.rung.core.evidence.Estimate;
import dev.rung.core.task.Metric;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/** Shows what a climb came to, as a table and a verdict. */
final class ClimbTable {
    private static final int INDENT = 2;
    private static final int REASON = 44;
    private static final int WORD = 19;

    private final ClimbSummary climb;
    private final Paint paint;
    private final int width;

    ClimbTable(ClimbSummary climb, Paint paint, int width) {
        this.climb = climb;
        this.paint = paint;
        this.width = width;
    }

    /** Returns the task and its bar, a line for each candidate, and the decision. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        Asked asked = climb.asked();
        String bar = "bar: " + String.join(" · ", asked.bar()) + " · at " + Math.round(asked.confidence() * 100)
                + " % confidence · data: " + asked.data();
        lines.add(paint.bold(asked.task()));
        Words.wrap(bar, width).forEach(line -> lines.add(paint.dim(line)));
        if (!tried().isEmpty()) {
            lines.add("");
            lines.addAll(ladder());
        }
        List<String> notTried = notTried();
        if (!notTried.isEmpty()) {
            lines.add("");
            lines.addAll(notTried);
        }
        lines.add("");
        lines.addAll(decision());
        return lines;
    }

    // Three widths: reasons beside the verdicts, reasons below the lines, and figures below the names.
    private List<String> ladder() {
        Table beside = table(true);
        if (beside.before() + REASON <= width) {
            return beside.lines(width, paint);
        }
        Table below = table(false);
        return below.before() + WORD <= width ? below.lines(width, paint) : stacked();
    }

    private List<LadderLine.Tried> tried() {
        return climb.tried();
    }

    private Table table(boolean reasonsBeside) {
        Asked asked = climb.asked();
        String interval = " [" + Math.round(100 * asked.confidence()) + " % CI]";
        Table table = new Table()
                .left("rung")
                .left("candidate")
                .right("rows")
                .left(asked.metricTitle() + interval)
                .right(asked.latencyName())
                .right("$/1,000")
                .left("verdict");
        for (LadderLine.Tried line : tried()) {
            table.row(
                    Table.Cell.of(line.rung().key()),
                    Table.Cell.of(line.name()),
                    Table.Cell.of(Figures.count(line.answered())),
                    Table.Cell.of(quality(line)),
                    Table.Cell.of(latency(line)),
                    Table.Cell.of(cost(line)),
                    new Table.Cell(
                            line.standing().word() + (reasonsBeside ? "  " + line.brief() : ""),
                            colour(line.standing())));
            if (!reasonsBeside) {
                table.row(Table.Cell.of(""), Table.Cell.spanning(line.brief(), paint::dim));
            }
        }
        return table;
    }

    private List<String> stacked() {
        List<String> lines = new ArrayList<>();
        for (LadderLine.Tried line : tried()) {
            String word = line.standing().word();
            String head = line.rung().key() + "  " + line.name();
            if (head.length() + 2 + word.length() <= width) {
                lines.add(line.rung().key() + "  " + paint.bold(line.name()) + "  "
                        + colour(line.standing()).apply(word));
            } else {
                Words.wrap(head, width).forEach(part -> lines.add(paint.bold(part)));
                lines.add(" ".repeat(INDENT) + colour(line.standing()).apply(word));
            }
            String figures = climb.asked().metricTitle() + " " + quality(line) + " on "
                    + Figures.count(line.answered(), "row") + " · "
                    + climb.asked().latencyName() + " "
                    + latency(line) + " · $" + cost(line) + " per 1,000";
            for (String text : List.of(figures, line.brief())) {
                Words.wrap(text, width - INDENT).forEach(part -> lines.add(" ".repeat(INDENT) + paint.dim(part)));
            }
        }
        return lines;
    }

    /** Returns the candidates that were not tried, those with one reason together. */
    private List<String> notTried() {
        SequencedMap<String, List<String>> byReason = new LinkedHashMap<>();
        for (LadderLine line : climb.ladder()) {
            if (line instanceof LadderLine.NotTried(var rung, var name, var reason, var price)) {
                String named = rung.key() + ": " + name + (price.isEmpty() ? "" : " (" + price + ")");
                byReason.computeIfAbsent(reason, fresh -> new ArrayList<>()).add(named);
            }
        }
        List<String> lines = new ArrayList<>();
        byReason.forEach((reason, names) -> {
            String hanging = " ".repeat(INDENT);
            Words.wrap("not tried, " + reason, width).forEach(line -> lines.add(paint.dim(line)));
            for (String name : names) {
                Words.wrap(name, width - INDENT).forEach(line -> lines.add(paint.dim(hanging + line)));
            }
        });
        return lines;
    }

    private String quality(LadderLine.Tried line) {
        Estimate quality = line.metric(climb.asked().metric());
        return quality == null || !quality.known()
                ? "–"
                : Figures.share(quality.estimate()) + " " + Figures.interval(quality.low(), quality.high())
                        + answered(line);
    }

    // The quality of a solver that may be silent is that of its answers.
    private static String answered(LadderLine.Tried line) {
        Estimate coverage = line.metric(Metric.COVERAGE.key());
        return coverage == null || !(coverage.estimate() < 1) ? "" : ", answers " + Figures.share(coverage.estimate());
    }

    private static String latency(LadderLine.Tried line) {
        return line.latency().known() ? time(line.latency().estimate()) : "–";
    }

    private static String cost(LadderLine.Tried line) {
        return line.cost().known() ? dollars(line.cost().estimate()) : "unknown";
    }

    private UnaryOperator<String> colour(LadderLine.Standing standing) {
        return switch (standing) {
            case PASS -> paint::good;
            case FAIL -> paint::bad;
            case OPEN -> paint::open;
        };
    }

    private List<String> decision() {
        Conclusion conclusion = climb.conclusion();
        UnaryOperator<String> colour = switch (conclusion.outcome()) {
            case MET -> paint::good;
            case NOT_MET -> paint::bad;
            case NOT_ENOUGH_EVIDENCE -> paint::open;
        };
        List<String> lines = new ArrayList<>();
        for (String line : Words.wrap(conclusion.sentence(), width)) {
            lines.add(colour.apply(line));
        }
        append(lines, "missing:", conclusion.missing());
        append(lines, "what would change it:", conclusion.remedies());
        return lines;
    }

    private void append(List<String> lines, String title, List<String> sentences) {
        if (sentences.isEmpty()) {
            return;
        }
        lines.add(title);
        for (String sentence : sentences) {
            String bullet = "- ";
            for (String line : Words.wrap(sentence, width - 2 * INDENT)) {
                lines.add(" ".repeat(INDENT) + bullet + line);
                bullet = "  ";
            }
        }
    }

    private static String time(double seconds) {
        return Figures.time(Duration.ofNanos(Math.round(seconds * 1e9)));
    }

    private static String dollars(double dollars) {
        return new Usd(BigDecimal.valueOf(dollars)).toString().substring(1);
    }
}
