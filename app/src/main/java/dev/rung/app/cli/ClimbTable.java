package dev.rung.app.cli;

import dev.rung.app.report.Asked;
import dev.rung.app.report.ClimbSummary;
import dev.rung.app.report.Conclusion;
import dev.rung.app.report.Figures;
import dev.rung.app.report.LadderLine;
import dev.rung.core.economics.Usd;
import dev.rung.core.evidence.Estimate;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Shows what a climb came to, as a table and a verdict. */
final class ClimbTable {
    private static final int INDENT = 2;

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
        String bar = String.join(" · ", asked.bar()) + " · at " + Math.round(asked.confidence() * 100)
                + " % confidence · data: " + asked.data();
        lines.add(paint.bold(asked.task()) + "   " + paint.dim("bar: ") + bar);
        lines.add("");
        table().lines(width, paint).forEach(lines::add);
        lines.add("");
        lines.addAll(decision());
        return lines;
    }

    private Table table() {
        Asked asked = climb.asked();
        String interval = " [" + Math.round(100 * asked.confidence()) + " % CI]";
        Table table = new Table()
                .left("rung")
                .left("candidate")
                .right("tried")
                .left(asked.metricTitle() + interval)
                .right(asked.latencyName())
                .right("$/1,000")
                .left("verdict");
        for (LadderLine line : climb.ladder()) {
            switch (line) {
                case LadderLine.Tried tried -> table.row(cells(tried));
                case LadderLine.NotTried(var rung, var name, var reason, var price) -> {
                    String after = price.isEmpty() ? "" : " (" + price + ")";
                    table.row(
                            dim(rung.key()),
                            dim(name),
                            Table.Cell.spanning("not tried: " + reason + after, paint::dim));
                }
            }
        }
        return table;
    }

    private Table.Cell dim(String text) {
        return new Table.Cell(text, paint::dim);
    }

    private Table.Cell[] cells(LadderLine.Tried line) {
        Estimate quality = line.metric(climb.asked().metric());
        String figure = quality == null || !quality.known()
                ? "–"
                : Figures.share(quality.estimate()) + " " + Figures.interval(quality.low(), quality.high());
        return new Table.Cell[] {
            Table.Cell.of(line.rung().key()),
            Table.Cell.of(line.name()),
            Table.Cell.of(Figures.count(line.answered())),
            Table.Cell.of(figure),
            Table.Cell.of(line.latency().known() ? time(line.latency().estimate()) : "–"),
            Table.Cell.of(line.cost().known() ? dollars(line.cost().estimate()) : "unknown"),
            new Table.Cell(line.standing().word() + "  " + line.brief(), colour(line.standing()))
        };
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
