package dev.rung.app.report;

import dev.rung.core.evidence.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** Draws quality against what it takes: each candidate a number, its intervals as lines, the part of the plane that meets the bar shaded. */
final class TradeOff {
    private static final double WIDTH = 480;
    private static final double HEIGHT = 340;
    private static final double LEFT = 54;
    private static final double RIGHT = WIDTH - 14;
    private static final double TOP = 30;
    private static final double BOTTOM = HEIGHT - 48;
    private static final double LABEL_RADIUS = 9;

    private final Asked asked;
    private final List<LadderLine.Tried> candidates;

    TradeOff(Asked asked, List<LadderLine.Tried> candidates) {
        this.asked = asked;
        this.candidates = candidates;
    }

    /** What quality is drawn against. */
    record Against(
            String title,
            String axis,
            Function<LadderLine.Tried, Estimate> figure,
            double ceiling,
            DoubleFunction<String> label) {}

    /** Returns the figure with its caption. */
    Tag figure(Against against) {
        List<LadderLine.Tried> drawn = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (LadderLine.Tried one : candidates) {
            Estimate quality = one.metric(asked.metric());
            if (quality != null
                    && quality.known()
                    && against.figure().apply(one).known()) {
                drawn.add(one);
            } else {
                left.add(one.number() + " (" + one.name() + ")");
            }
        }
        Tag figure = Tag.of("figure");
        if (drawn.isEmpty()) {
            return figure.add(Tag.of("figcaption")
                    .text(against.title() + ": nothing can be drawn, since no candidate has both figures."));
        }
        figure.add(draw(against, drawn));
        String caption = against.title() + ". Numbers are those of the ladder; lines are "
                + Math.round(100 * confidence(drawn)) + " % intervals"
                + (Double.isNaN(asked.floor()) && Double.isNaN(against.ceiling())
                        ? "."
                        : "; the shaded part meets the bar.");
        if (!left.isEmpty()) {
            caption += " Not drawn, for want of a figure: " + String.join(", ", left) + ".";
        }
        return figure.add(Tag.of("figcaption").text(caption));
    }

    private double confidence(List<LadderLine.Tried> drawn) {
        Estimate quality = drawn.getFirst().metric(asked.metric());
        return quality == null ? asked.confidence() : quality.confidence();
    }

    private Tag draw(Against against, List<LadderLine.Tried> drawn) {
        List<Double> across = new ArrayList<>();
        List<Double> upward = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (LadderLine.Tried one : drawn) {
            Estimate cost = against.figure().apply(one);
            Estimate quality = quality(one);
            across.add(cost.estimate());
            bounds(cost).forEach(across::add);
            upward.add(quality.estimate());
            bounds(quality).forEach(upward::add);
            words.add(one.name() + ": " + asked.metricTitle() + " " + Figures.share(quality.estimate()) + " at "
                    + against.label().apply(cost.estimate()));
        }
        if (!Double.isNaN(against.ceiling())) {
            across.add(against.ceiling());
        }
        if (!Double.isNaN(asked.floor())) {
            upward.add(asked.floor());
        }
        double least = upward.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        Plot plot = new Plot(
                against.title(),
                String.join("; ", words),
                WIDTH,
                HEIGHT,
                Scale.around(across, LEFT, RIGHT),
                new Scale(Math.max(0, Math.floor(least * 10 - 0.5) / 10), 1, false, BOTTOM, TOP));
        bar(plot, against);
        plot.axes(against.axis(), against.label(), asked.metricTitle(), tick -> Figures.tenth(tick * 100) + " %");
        List<double[]> taken = new ArrayList<>();
        for (LadderLine.Tried one : drawn) {
            taken.add(new double[] {
                plot.x(against.figure().apply(one).estimate()),
                plot.y(quality(one).estimate())
            });
        }
        for (LadderLine.Tried one : drawn) {
            mark(plot, one, against, taken);
        }
        return plot.drawing();
    }

    private void bar(Plot plot, Against against) {
        double floor = Double.isNaN(asked.floor()) ? plot.bottom() : plot.y(asked.floor());
        double ceiling = Double.isNaN(against.ceiling()) ? plot.right() : plot.x(against.ceiling());
        if (Double.isNaN(asked.floor()) && Double.isNaN(against.ceiling())) {
            return;
        }
        plot.add(Plot.box("met", plot.left(), plot.top(), ceiling - plot.left(), floor - plot.top()));
        if (!Double.isNaN(asked.floor())) {
            plot.add(Plot.line("bar", plot.left(), floor, plot.right(), floor));
        }
        if (!Double.isNaN(against.ceiling())) {
            plot.add(Plot.line("bar", ceiling, plot.bottom(), ceiling, plot.top()));
        }
    }

    private void mark(Plot plot, LadderLine.Tried one, Against against, List<double[]> taken) {
        Estimate cost = against.figure().apply(one);
        Estimate quality = quality(one);
        double x = plot.x(cost.estimate());
        double y = plot.y(quality.estimate());
        String standing = LadderSection.cssClass(one.standing());
        Tag group = Tag.of("g", "candidate " + standing)
                .add(Tag.of("title")
                        .text(one.number() + " " + one.name() + ": " + Figures.share(quality.estimate()) + " "
                                + Figures.interval(quality.low(), quality.high()) + " at "
                                + against.label().apply(cost.estimate())));
        if (Double.isFinite(quality.low()) && Double.isFinite(quality.high())) {
            group.add(Plot.line("whisker", x, plot.y(quality.low()), x, plot.y(quality.high())));
        }
        if (Double.isFinite(cost.low()) && Double.isFinite(cost.high())) {
            group.add(Plot.line("whisker", plot.x(cost.low()), y, plot.x(cost.high()), y));
        }
        group.add(Plot.dot("point", x, y, 4.5));
        double[] place = freePlace(plot, x, y, taken);
        taken.add(place);
        group.add(Plot.label("number middle", place[0], place[1] + 4.5, Integer.toString(one.number())));
        plot.add(group);
    }

    // The first of eight places around a point that is inside the plot and far from every point and number so far.
    private static double[] freePlace(Plot plot, double x, double y, List<double[]> taken) {
        double[] best = {x + 13, y - 11};
        double bestDistance = -1;
        for (double radius : new double[] {15, 24}) {
            for (int eighth = 0; eighth < 8; eighth++) {
                double angle = Math.PI / 4 * eighth - Math.PI / 4;
                double[] place = {x + radius * Math.cos(angle), y + radius * Math.sin(angle)};
                boolean inside = place[0] > plot.left() + LABEL_RADIUS
                        && place[0] < plot.right() - LABEL_RADIUS
                        && place[1] > plot.top() + LABEL_RADIUS
                        && place[1] < plot.bottom() - LABEL_RADIUS;
                double distance = taken.stream()
                        .mapToDouble(other -> Math.hypot(other[0] - place[0], other[1] - place[1]))
                        .min()
                        .orElse(Double.MAX_VALUE);
                if (inside && distance >= 14.5) {
                    return place;
                }
                if (inside && distance > bestDistance) {
                    best = place;
                    bestDistance = distance;
                }
            }
        }
        return best;
    }

    private Estimate quality(LadderLine.Tried one) {
        Estimate quality = one.metric(asked.metric());
        if (quality == null) {
            throw new IllegalStateException("drawn without a figure: " + one.name());
        }
        return quality;
    }

    private static List<Double> bounds(Estimate estimate) {
        return Double.isFinite(estimate.low()) && Double.isFinite(estimate.high())
                ? List.of(estimate.low(), estimate.high())
                : List.of();
    }
}
