package dev.rung.ladder.simulation;

import java.util.List;

/**
 * A plot to be drawn: lines through points, with whiskers.
 *
 * @param name of its file, without an ending
 * @param guide a value of y that is drawn as a line across, or not a number
 */
public record Drawing(String name, String title, String xTitle, String yTitle, double guide, List<Line> lines) {
    public Drawing {
        lines = List.copyOf(lines);
    }

    /** A line with a name. */
    public record Line(String name, List<Point> points) {
        public Line {
            points = List.copyOf(points);
        }
    }

    /** A point; its whisker goes from {@code low} to {@code high}, and there is none where they are equal. */
    public record Point(double x, double y, double low, double high) {
        static Point of(double x, Share share) {
            return new Point(x, share.value(), share.low(), share.high());
        }

        static Point of(double x, double y) {
            return new Point(x, y, y, y);
        }
    }
}
