package dev.rung.app.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws the chance of a proof by the number of rows, as an SVG file of its own that reads on light and dark paper. */
public final class PowerPlot {
    private static final double WIDTH = 640;
    private static final double HEIGHT = 340;
    private static final double LEFT = 56;
    private static final double GAP = 28;
    private static final String STYLE = """
            svg { --paper: #fbfbf9; --ink: #1c2126; --soft: #59626b; --line: #dfe1dc; --rail: #c9cdc6; --one: #2c5f8a; --early: #17694a; \
            font: 13.5px ui-sans-serif, system-ui, "Segoe UI", Roboto, Arial, sans-serif; font-variant-numeric: tabular-nums; }
            @media (prefers-color-scheme: dark) { svg { --paper: #14171a; --ink: #e5e7e4; --soft: #a3abb2; --line: #2c3237; --rail: #454c53; --one: #86b7e0; --early: #74cfa1; } }
            .sheet { fill: var(--paper); } text { fill: var(--soft); } .heading { fill: var(--ink); font-weight: 650; font-size: 15px; } .axis-title { fill: var(--ink); font-weight: 550; }
            .end { text-anchor: end; } .middle { text-anchor: middle; } .grid { stroke: var(--line); } .axis { stroke: var(--rail); stroke-width: 1.5; }
            .wanted { stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 5 4; }
            .curve { fill: none; stroke-width: 2.2; stroke-linejoin: round; } .one { stroke: var(--one); } .early { stroke: var(--early); } .curve.one { stroke-dasharray: 7 3; }
            .needed { stroke-width: 1.5; stroke-dasharray: 2 3; } .point { stroke: var(--paper); stroke-width: 1.5; } .point.one, text.one { fill: var(--one); stroke-width: 0; } .point.early, text.early { fill: var(--early); stroke-width: 0; }
            """;

    private PowerPlot() {}

    /** A number of rows and the chance of a proof with that many. */
    public record Point(double rows, double power) {}

    /**
     * One question.
     *
     * @param title what is to be proved
     * @param unit what is counted, such as {@code sealed rows}
     * @param wanted the power wanted
     * @param oneLook the chances of the test of a fixed sample
     * @param early the chances of the test that may stop at any row
     * @param oneLookRows where the first reaches what is wanted, 0 if nowhere
     * @param earlyRows where the second does
     */
    public record Panel(
            String title,
            String unit,
            double wanted,
            List<Point> oneLook,
            List<Point> early,
            int oneLookRows,
            int earlyRows) {
        public Panel {
            oneLook = List.copyOf(oneLook);
            early = List.copyOf(early);
        }
    }

    /** Returns a whole SVG document with the panels one below the other. */
    public static String of(List<Panel> panels) {
        double height = panels.size() * (HEIGHT + GAP) + GAP;
        Tag sheet = Tag.of("svg")
                .set("xmlns", "http://www.w3.org/2000/svg")
                .set("viewBox", "0 0 " + Figures.tenth(WIDTH) + " " + Figures.tenth(height))
                .set("width", WIDTH)
                .set("height", height)
                .add(Tag.style(STYLE))
                .add(Plot.box("sheet", 0, 0, WIDTH, height));
        double top = GAP;
        for (Panel panel : panels) {
            sheet.add(Plot.label("heading", 14, top, panel.title()));
            sheet.add(drawing(panel)
                    .set("x", 0)
                    .set("y", top + 6)
                    .set("width", WIDTH)
                    .set("height", HEIGHT));
            top += HEIGHT + GAP;
        }
        StringBuilder text = new StringBuilder();
        sheet.writeTo(text);
        return text.append('\n').toString();
    }

    private static Tag drawing(Panel panel) {
        double most = 1;
        for (List<Point> curve : List.of(panel.oneLook(), panel.early())) {
            for (Point point : curve) {
                most = Math.max(most, point.rows());
            }
        }
        String words = "with one look " + panel.oneLookRows() + " " + panel.unit() + " are needed, with early stopping "
                + panel.earlyRows();
        Plot plot = new Plot(
                panel.title(),
                words,
                WIDTH,
                HEIGHT,
                new Scale(0, most, false, LEFT, WIDTH - 20),
                new Scale(0, 1, false, HEIGHT - 50, 34));
        plot.axes(
                panel.unit(),
                tick -> String.format(Locale.ROOT, "%,.0f", tick),
                "chance of a proof",
                tick -> Figures.tenth(100 * tick) + " %");
        plot.add(Plot.line("wanted", plot.left(), plot.y(panel.wanted()), plot.right(), plot.y(panel.wanted())));
        plot.add(curve("curve one", panel.oneLook(), plot), curve("curve early", panel.early(), plot));
        List<Tag> marks = new ArrayList<>();
        mark(marks, "one", panel.oneLookRows(), panel.wanted(), plot);
        mark(marks, "early", panel.earlyRows(), panel.wanted(), plot);
        plot.add(marks.toArray(Tag[]::new));
        plot.add(
                legend("one", 0, "one look at the end", panel.oneLookRows(), plot),
                legend("early", 1, "early stopping", panel.earlyRows(), plot));
        return plot.drawing();
    }

    private static Tag curve(String cssClass, List<Point> points, Plot plot) {
        StringBuilder places = new StringBuilder();
        for (Point point : points) {
            places.append(places.isEmpty() ? "" : " ")
                    .append(Figures.tenth(plot.x(point.rows())))
                    .append(',')
                    .append(Figures.tenth(plot.y(point.power())));
        }
        return Tag.of("polyline", cssClass).set("points", places.toString());
    }

    private static void mark(List<Tag> marks, String cssClass, int rows, double wanted, Plot plot) {
        if (rows > 0) {
            marks.add(Plot.line("needed " + cssClass, plot.x(rows), plot.y(wanted), plot.x(rows), plot.bottom()));
            marks.add(Plot.dot("point " + cssClass, plot.x(rows), plot.y(wanted), 4.5));
        }
    }

    private static Tag legend(String cssClass, int line, String name, int rows, Plot plot) {
        String needed = rows > 0 ? ": " + Figures.count(rows) : ": more than can be planned for";
        double y = plot.bottom() - 34 + 19 * line;
        return Tag.of("g")
                .add(
                        Plot.line("curve " + cssClass, plot.right() - 214, y - 4.5, plot.right() - 184, y - 4.5),
                        Plot.label(cssClass, plot.right() - 176, y, name + needed));
    }
}
