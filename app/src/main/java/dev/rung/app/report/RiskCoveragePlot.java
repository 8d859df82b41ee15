package dev.rung.app.report;

import java.util.ArrayList;
import java.util.List;

/** Draws how much harm a cheap solver does by how many questions it is let answer, with what is promised and the threshold that was chosen. */
final class RiskCoveragePlot {
    private static final double WIDTH = 480;
    private static final double HEIGHT = 320;
    private static final double LEFT = 58;
    /** How far above the promise the drawing goes; past that, where the curve ends matters little. */
    private static final double ROOM = 3;

    private RiskCoveragePlot() {}

    static Tag of(String candidate, Promised promised) {
        double top = promised.harm() * ROOM;
        List<String> words = new ArrayList<>();
        Promised.Point chosen = promised.curve().getFirst();
        for (Promised.Point point : promised.curve()) {
            chosen = point.coverage() <= promised.coverage().estimate() + 1e-12 ? point : chosen;
        }
        String alone = promised.says() == null ? " alone" : "";
        words.add("chosen: " + percent(chosen.coverage()) + " of questions answered" + alone + ", "
                + percent(chosen.harm()) + " of all questions answered" + (alone.isEmpty() ? "" : " alone and")
                + " wrongly");
        words.add("promised: at most " + percent(promised.harm()));
        Promised.Point all = promised.curve().getLast();
        words.add("without a threshold: " + percent(all.harm()));
        Plot plot = new Plot(
                "Harm by coverage of " + candidate,
                String.join("; ", words),
                WIDTH,
                HEIGHT,
                new Scale(0, 1, false, LEFT, WIDTH - 26),
                new Scale(0, top, false, HEIGHT - 48, 30));
        plot.add(Plot.box(
                "met",
                plot.left(),
                plot.y(promised.harm()),
                plot.right() - plot.left(),
                plot.bottom() - plot.y(promised.harm())));
        plot.axes("share of questions answered" + alone, RiskCoveragePlot::percent, "harm", RiskCoveragePlot::percent);
        plot.add(band(plot, promised.curve(), top));
        plot.add(staircase(plot, promised.curve(), top));
        plot.add(Plot.line("bar", plot.left(), plot.y(promised.harm()), plot.right(), plot.y(promised.harm())));
        double x = plot.x(chosen.coverage());
        plot.add(Tag.of("g", "knot chosen")
                .add(
                        Tag.of("title").text(words.getFirst()),
                        Plot.line("diagonal", x, plot.bottom(), x, plot.y(Math.min(top, chosen.low()))),
                        Plot.line(
                                "whisker",
                                x,
                                plot.y(Math.min(top, chosen.low())),
                                x,
                                plot.y(Math.min(top, chosen.high()))),
                        Plot.dot("point", x, plot.y(chosen.harm()), 5)));
        return plot.drawing();
    }

    // Harm stays as it is until one harmful answer more is let through, then jumps; the curve's points are the last
    // before each jump.
    private static Tag staircase(Plot plot, List<Promised.Point> curve, double top) {
        StringBuilder path = new StringBuilder();
        double from = 0;
        for (Promised.Point point : curve) {
            if (point.harm() > top) {
                break;
            }
            corner(path, plot.x(from), plot.y(point.harm()));
            corner(path, plot.x(point.coverage()), plot.y(point.harm()));
            from = point.coverage();
        }
        return Tag.of("polyline", "curve").set("points", path.toString()).set("fill", "none");
    }

    private static Tag band(Plot plot, List<Promised.Point> curve, double top) {
        StringBuilder path = new StringBuilder();
        double from = 0;
        for (Promised.Point point : curve) {
            corner(path, plot.x(from), plot.y(Math.min(top, point.high())));
            corner(path, plot.x(point.coverage()), plot.y(Math.min(top, point.high())));
            from = point.coverage();
        }
        for (int i = curve.size() - 1; i >= 0; i--) {
            Promised.Point point = curve.get(i);
            corner(path, plot.x(point.coverage()), plot.y(Math.min(top, point.low())));
            corner(path, plot.x(i == 0 ? 0 : curve.get(i - 1).coverage()), plot.y(Math.min(top, point.low())));
        }
        return Tag.of("polygon", "band").set("points", path.toString());
    }

    private static void corner(StringBuilder path, double x, double y) {
        path.append(path.isEmpty() ? "" : " ")
                .append(Figures.tenth(x))
                .append(',')
                .append(Figures.tenth(y));
    }

    private static String percent(double share) {
        return Figures.tenth(share * 100) + " %";
    }
}
