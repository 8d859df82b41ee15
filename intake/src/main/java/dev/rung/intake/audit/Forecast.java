package dev.rung.intake.audit;

import dev.rung.core.json.Json;
import dev.rung.learn.LearningCurve;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What more labels would buy: the power law {@code error(n) = floor + scale · n^-decay} through a measured learning curve (Hestness et al. 2017), fitted by least
 * squares over a grid of decays and floors.
 *
 * <p>A forecast for the cheap n-gram student; a stronger student has less error at every size, and usually the same shape.
 *
 * @param points rows learned from, and accuracy
 * @param floor the error that no number of labels removes, as far as the curve tells
 */
record Forecast(List<LearningCurve.Point> points, double floor, double scale, double decay) {
    private static final double SMALLEST_DECAY = 0.05;
    private static final double LARGEST_DECAY = 1.5;

    /** Returns the fit, or null where the curve has too few points or does not rise. */
    static @Nullable Forecast fit(LearningCurve curve) {
        List<LearningCurve.Point> points = curve.points();
        if (points.size() < 3
                || points.getLast().accuracy() <= points.getFirst().accuracy()) {
            return null;
        }
        double lowest = 1 - points.getLast().accuracy();
        Forecast best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double decay = SMALLEST_DECAY; decay <= LARGEST_DECAY; decay += 0.05) {
            for (int step = 0; step < 20; step++) {
                double floor = lowest * step / 20;
                Forecast candidate = new Forecast(points, floor, scale(points, floor, decay), decay);
                double loss = candidate.loss();
                if (loss < least) {
                    least = loss;
                    best = candidate;
                }
            }
        }
        return best;
    }

    private static double scale(List<LearningCurve.Point> points, double floor, double decay) {
        double top = 0;
        double bottom = 0;
        for (LearningCurve.Point point : points) {
            double basis = Math.pow(point.rows(), -decay);
            top += basis * (1 - point.accuracy() - floor);
            bottom += basis * basis;
        }
        return Math.max(0, top / bottom);
    }

    private double loss() {
        double sum = 0;
        for (LearningCurve.Point point : points) {
            double miss = accuracy(point.rows()) - point.accuracy();
            sum += miss * miss;
        }
        return sum;
    }

    /** Returns the accuracy expected with {@code rows} training rows. */
    double accuracy(long rows) {
        return 1 - floor - scale * Math.pow((double) rows, -decay);
    }

    Json.Obj toJson() {
        List<Json> measured = new ArrayList<>();
        for (LearningCurve.Point point : points) {
            measured.add(Json.object("rows", Json.of(point.rows()), "accuracy", Json.of(point.accuracy())));
        }
        long now = points.getLast().rows();
        return Json.object(
                        "measured", Json.array(measured),
                        "floor", Json.of(floor),
                        "scale", Json.of(scale),
                        "decay", Json.of(decay))
                .with("atTwice", Json.of(accuracy(2 * now)))
                .with("atFourTimes", Json.of(accuracy(4 * now)));
    }
}
