package dev.rung.app.report;

import java.util.function.DoubleFunction;

/** A drawing with two axes; coordinates are those of its view box. Not thread-safe. */
final class Plot {
    private static final double TICK_GAP = 8;

    private final Tag drawing;
    private final Scale x;
    private final Scale y;
    private final double width;
    private final double height;

    /**
     * @param title what is drawn, for those who cannot see it
     * @param description what it shows, for those who cannot see it
     * @param y starts at the bottom
     */
    Plot(String title, String description, double width, double height, Scale x, Scale y) {
        this.x = x;
        this.y = y;
        this.width = width;
        this.height = height;
        drawing = Tag.of("svg", "plot")
                .set("viewBox", "0 0 " + Figures.tenth(width) + " " + Figures.tenth(height))
                .set("role", "img")
                .set("aria-label", title + ". " + description)
                .add(Tag.of("title").text(title), Tag.of("desc").text(description));
    }

    Plot axes(String xTitle, DoubleFunction<String> xLabel, String yTitle, DoubleFunction<String> yLabel) {
        for (double tick : y.ticks()) {
            drawing.add(line("grid", x.start(), y.at(tick), x.end(), y.at(tick)));
            drawing.add(label("tick end", x.start() - TICK_GAP, y.at(tick) + 4, yLabel.apply(tick)));
        }
        for (double tick : x.ticks()) {
            drawing.add(line("grid", x.at(tick), y.start(), x.at(tick), y.end()));
            drawing.add(label("tick middle", x.at(tick), y.start() + TICK_GAP + 11, xLabel.apply(tick)));
        }
        drawing.add(line("axis", x.start(), y.start(), x.end(), y.start()));
        drawing.add(label("axis-title end", x.end(), height - 6, xTitle));
        drawing.add(label("axis-title", 2, 14, yTitle));
        return this;
    }

    Plot add(Tag... marks) {
        drawing.add(marks);
        return this;
    }

    double x(double value) {
        return x.at(value);
    }

    double y(double value) {
        return y.at(value);
    }

    double left() {
        return x.start();
    }

    double right() {
        return x.end();
    }

    double bottom() {
        return y.start();
    }

    double top() {
        return y.end();
    }

    double width() {
        return width;
    }

    Tag drawing() {
        return drawing;
    }

    static Tag line(String cssClass, double x1, double y1, double x2, double y2) {
        return Tag.of("line", cssClass)
                .set("x1", x1)
                .set("y1", y1)
                .set("x2", x2)
                .set("y2", y2);
    }

    static Tag label(String cssClass, double x, double y, String text) {
        return Tag.of("text", cssClass).set("x", x).set("y", y).text(text);
    }

    static Tag dot(String cssClass, double x, double y, double radius) {
        return Tag.of("circle", cssClass).set("cx", x).set("cy", y).set("r", radius);
    }

    static Tag box(String cssClass, double x, double y, double width, double height) {
        return Tag.of("rect", cssClass)
                .set("x", x)
                .set("y", y)
                .set("width", Math.max(0, width))
                .set("height", Math.max(0, height));
    }
}
