package dev.rung.app.report;

import dev.rung.ladder.simulation.Drawing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws the lines of an experiment on the evidence, as a file that stands on its own. */
final class EvidencePlot {
    private static final double WIDTH = 640;
    private static final double HEIGHT = 340;
    private static final double LEFT = 56;
    private static final double LEGEND = 170;
    private static final double LEGEND_STEP = 20;
    private static final List<String> COLOURS =
            List.of("#2f6fbb", "#c05a1c", "#2d8a4e", "#8a4bab", "#b8860b", "#4a4a4a", "#c2387b", "#2a9d9d");
    private static final String STYLE =
            "text{font:12.5px system-ui,sans-serif;fill:#444}.axis-title{fill:#111;font-weight:600}"
                    + ".end{text-anchor:end}.middle{text-anchor:middle}.grid{stroke:#e4e4e4}.axis{stroke:#888;stroke-width:1.5}"
                    + ".bar{stroke:#111;stroke-dasharray:5 4;stroke-width:1.2}.paper{fill:#fff}";

    private EvidencePlot() {}

    /** Returns the text of an SVG file. */
    static String svg(Drawing drawing) {
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        if (!Double.isNaN(drawing.guide())) {
            ys.add(drawing.guide());
        }
        List<String> words = new ArrayList<>();
        for (Drawing.Line line : drawing.lines()) {
            for (Drawing.Point point : line.points()) {
                xs.add(point.x());
                ys.add(point.low());
                ys.add(point.high());
                words.add(line.name() + " at " + number(point.x()) + ": " + Figures.share(point.y()));
            }
        }
        double right = WIDTH - LEGEND;
        Plot plot = new Plot(
                drawing.title(), String.join("; ", words), WIDTH, HEIGHT, Scale.around(xs, LEFT, right), linear(ys));
        plot.add(Tag.style(STYLE), Plot.box("paper", 0, 0, WIDTH, HEIGHT));
        plot.axes(drawing.xTitle(), EvidencePlot::number, drawing.yTitle(), EvidencePlot::number);
        if (!Double.isNaN(drawing.guide())) {
            plot.add(Plot.line("bar", plot.left(), plot.y(drawing.guide()), plot.right(), plot.y(drawing.guide())));
        }
        for (int i = 0; i < drawing.lines().size(); i++) {
            add(plot, drawing.lines().get(i), COLOURS.get(i % COLOURS.size()), 40 + LEGEND_STEP * i);
        }
        StringBuilder svg = new StringBuilder();
        plot.drawing().set("xmlns", "http://www.w3.org/2000/svg").writeTo(svg);
        return svg.append('\n').toString();
    }

    private static Scale linear(List<Double> values) {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        double room = most > least ? 0.08 * (most - least) : 0.05;
        return new Scale(least >= 0 ? Math.max(0, least - room) : least - room, most + room, false, HEIGHT - 48, 30);
    }

    private static void add(Plot plot, Drawing.Line line, String colour, double legend) {
        Drawing.Point before = null;
        for (Drawing.Point point : line.points()) {
            double x = plot.x(point.x());
            double y = plot.y(point.y());
            if (before != null) {
                plot.add(Plot.line("curve", plot.x(before.x()), plot.y(before.y()), x, y)
                        .set("stroke", colour)
                        .set("stroke-width", "2"));
            }
            if (point.low() < point.high()) {
                plot.add(Plot.line("whisker", x, plot.y(point.low()), x, plot.y(point.high()))
                        .set("stroke", colour)
                        .set("stroke-width", "1.5")
                        .set("opacity", "0.6"));
            }
            plot.add(Plot.dot("point", x, y, 3).set("fill", colour));
            before = point;
        }
        double start = WIDTH - LEGEND + 14;
        plot.add(
                Plot.line("curve", start, legend - 4, start + 16, legend - 4)
                        .set("stroke", colour)
                        .set("stroke-width", "2"),
                Plot.label("legend", start + 22, legend, line.name()));
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        String brief = text.replaceAll("\\.?0+$", "");
        return value >= 1_000 ? String.format(Locale.ROOT, "%,.0f", value) : brief.isEmpty() ? "0" : brief;
    }
}
