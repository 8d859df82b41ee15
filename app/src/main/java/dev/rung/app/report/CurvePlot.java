package dev.rung.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws accuracy by the number of training examples, measured and forecast. */
final class CurvePlot {
    private static final double WIDTH = 480;
    private static final double HEIGHT = 300;
    private static final double LEFT = 54;

    private CurvePlot() {}

    /** Returns the drawing of at least two points. */
    static Tag of(List<DataSummary.CurvePoint> curve, String metric, double floor) {
        List<Double> rows = new ArrayList<>();
        List<String> words = new ArrayList<>();
        double least = Double.isNaN(floor) ? 1 : floor;
        for (DataSummary.CurvePoint point : curve) {
            rows.add((double) point.rows());
            words.add(point.rows() + " examples: " + Figures.share(point.accuracy())
                    + (point.forecast() ? " (forecast)" : ""));
            least = Math.min(least, Double.isNaN(point.low()) ? point.accuracy() : point.low());
        }
        Plot plot = new Plot(
                "Learning curve",
                String.join("; ", words),
                WIDTH,
                HEIGHT,
                Scale.around(rows, LEFT, WIDTH - 14),
                new Scale(Math.max(0, Math.floor(least * 10 - 0.5) / 10), 1, false, HEIGHT - 48, 30));
        if (!Double.isNaN(floor)) {
            plot.add(Plot.box("met", plot.left(), plot.top(), plot.right() - plot.left(), plot.y(floor) - plot.top()));
            plot.add(Plot.line("bar", plot.left(), plot.y(floor), plot.right(), plot.y(floor)));
        }
        plot.axes(
                "training examples",
                tick -> String.format(Locale.ROOT, "%,.0f", tick),
                metric,
                tick -> Figures.tenth(tick * 100) + " %");
        DataSummary.CurvePoint before = null;
        for (DataSummary.CurvePoint point : curve) {
            double x = plot.x(point.rows());
            double y = plot.y(point.accuracy());
            if (before != null) {
                plot.add(Plot.line(
                        point.forecast() ? "curve forecast" : "curve",
                        plot.x(before.rows()),
                        plot.y(before.accuracy()),
                        x,
                        y));
            }
            Tag group = Tag.of("g", point.forecast() ? "knot forecast" : "knot")
                    .add(Tag.of("title")
                            .text(point.rows() + " examples: " + Figures.share(point.accuracy())
                                    + (point.forecast() ? ", forecast" : "")));
            if (Double.isFinite(point.low()) && Double.isFinite(point.high())) {
                group.add(Plot.line("whisker", x, plot.y(point.low()), x, plot.y(point.high())));
            }
            plot.add(group.add(Plot.dot("point", x, y, 4)));
            before = point;
        }
        return plot.drawing();
    }
}
