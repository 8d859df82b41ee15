package dev.rung.app.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows on which parts of the examples the candidate that matters is weak: a line a slice, the worst first. */
final class SlicesSection {
    private static final int MOST = 16;
    private static final double WIDTH = 740;
    private static final double LEFT = 220;
    private static final double RIGHT = WIDTH - 130;
    private static final double STEP = 24;
    private static final double TOP = 34;

    private SlicesSection() {}

    /** Returns the section, or null where no slice can be judged. */
    static @Nullable Tag of(LadderLine.Tried shown) {
        Sliced sliced = shown.sliced();
        if (sliced == null || sliced.rows().isEmpty()) {
            return null;
        }
        String figure = sliced.overall().key().replace('_', ' ');
        int left = sliced.rows().size() - Math.min(MOST, sliced.rows().size());
        return Tag.of("section")
                .set("id", "slices")
                .add(
                        Tag.of("h2").text("On parts of the examples"),
                        Tag.of("p", "lead").text("For " + shown.name() + ": " + sliced.sentence() + "."),
                        Tag.of("figure", "wide")
                                .add(
                                        plot(figure, sliced),
                                        Tag.of("figcaption")
                                                .text("The " + figure + " on each slice of the " + shown.split()
                                                        + " split, the weakest first"
                                                        + (left == 0 ? "" : " (" + left + " more are not drawn)")
                                                        + ". The intervals hold for all slices at once with "
                                                        + Figures.bound(
                                                                sliced.overall().confidence())
                                                        + " confidence; the dotted line is the figure on all examples."
                                                        + (sliced.small() == 0
                                                                ? ""
                                                                : " " + Figures.count(sliced.small(), "slice")
                                                                        + " with fewer than 20 examples "
                                                                        + (sliced.small() == 1 ? "is" : "are")
                                                                        + " not judged."))));
    }

    private static Tag plot(String figure, Sliced sliced) {
        List<Sliced.Row> rows =
                sliced.rows().subList(0, Math.min(MOST, sliced.rows().size()));
        double least =
                rows.stream().mapToDouble(row -> row.estimate().low()).min().orElse(0);
        Scale x = new Scale(Math.max(0, Math.floor(least * 10) / 10), 1, false, LEFT, RIGHT);
        double bottom = TOP + STEP * rows.size();
        Scale y = new Scale(0, rows.size(), false, bottom, TOP);
        Plot plot = new Plot("The " + figure + " by slice", sliced.sentence(), WIDTH, bottom + 52, x, y);
        for (double tick : x.ticks()) {
            plot.add(
                    Plot.line("grid", x.at(tick), bottom, x.at(tick), TOP),
                    Plot.label("tick middle", x.at(tick), bottom + 19, Figures.tenth(tick)));
        }
        double all = x.at(sliced.overall().estimate());
        plot.add(
                Plot.line("diagonal", all, bottom, all, TOP),
                Plot.label(
                        "tick middle",
                        all,
                        TOP - 12,
                        "all " + Figures.share(sliced.overall().estimate())),
                Plot.label("axis-title end", RIGHT, bottom + 40, figure));
        double at = TOP + STEP / 2;
        for (Sliced.Row row : rows) {
            var estimate = row.estimate();
            plot.add(Tag.of("g", row.worse() ? "slice worse" : "slice")
                    .add(
                            Tag.of("title")
                                    .text(row.slice().title() + ": " + Figures.share(estimate.estimate()) + " "
                                            + Figures.interval(estimate.low(), estimate.high())),
                            Plot.label(
                                    "tick end",
                                    LEFT - 12,
                                    at + 4,
                                    Wording.shortened(row.slice().title(), 26)),
                            Plot.line("whisker", x.at(estimate.low()), at, x.at(estimate.high()), at),
                            Plot.dot("point", x.at(estimate.estimate()), at, 4.5),
                            Plot.label(
                                    "tick",
                                    RIGHT + 14,
                                    at + 4,
                                    Figures.share(estimate.estimate()) + " of " + Figures.count(estimate.n()))));
            at += STEP;
        }
        return plot.drawing();
    }
}
