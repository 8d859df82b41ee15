package dev.rung.app.report;

import java.util.ArrayList;
import java.util.List;

/** Draws how often answers of a given confidence are right; on the diagonal, confidence can be taken at its word. */
final class ReliabilityPlot {
    private static final double SIDE = 360;
    private static final double LEFT = 46;
    private static final double BOTTOM = SIDE - 48;

    private ReliabilityPlot() {}

    static Tag of(String candidate, Calibration calibration) {
        Scale x = new Scale(0, 1, false, LEFT, SIDE - 14);
        Scale y = new Scale(0, 1, false, BOTTOM, 30);
        List<String> words = new ArrayList<>();
        int most = 1;
        for (Calibration.Bin bin : calibration.bins()) {
            words.add("of " + bin.n() + " answers with confidence about " + Figures.share(bin.confidence()) + ", "
                    + Figures.share(bin.accuracy()) + " are right");
            most = Math.max(most, bin.n());
        }
        Plot plot = new Plot("Reliability of " + candidate, String.join("; ", words), SIDE, SIDE, x, y);
        plot.axes("confidence", Figures::tenth, "share right", Figures::tenth);
        plot.add(Plot.line("diagonal", plot.x(0), plot.y(0), plot.x(1), plot.y(1)));
        for (Calibration.Bin bin : calibration.bins()) {
            double at = plot.x(bin.confidence());
            plot.add(Tag.of("g", "bin")
                    .add(
                            Tag.of("title")
                                    .text(bin.n() + " answers, confidence " + Figures.share(bin.confidence())
                                            + ", right "
                                            + Figures.share(bin.accuracy()) + " "
                                            + Figures.interval(bin.low(), bin.high())),
                            Plot.line("whisker", at, plot.y(bin.low()), at, plot.y(bin.high())),
                            Plot.dot("point", at, plot.y(bin.accuracy()), 3 + 5 * Math.sqrt((double) bin.n() / most))));
        }
        return plot.drawing();
    }
}
