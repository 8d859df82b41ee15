package dev.rung.app.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A map from values to places along an axis, linear or logarithmic.
 *
 * @param low the value at {@code start}
 * @param high the value at {@code end}, above {@code low}; both are positive on a logarithmic scale
 */
record Scale(double low, double high, boolean logarithmic, double start, double end) {
    private static final int MOST_TICKS = 6;
    private static final double SPREAD_FOR_LOG = 8;

    Scale {
        if (!(low < high) || (logarithmic && low <= 0)) {
            throw new IllegalArgumentException("no scale from " + low + " to " + high);
        }
    }

    /** Returns a scale on which all of {@code values}, at least one, have some room: logarithmic where they differ by much. */
    static Scale around(List<Double> values, double start, double end) {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double most = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        if (least > 0 && most / least > SPREAD_FOR_LOG) {
            return new Scale(least / 1.8, most * 1.8, true, start, end);
        }
        double room = most > least ? (most - least) * 0.15 : Math.max(Math.abs(most) * 0.5, 1e-9);
        return new Scale(least >= 0 ? Math.max(0, least - room) : least - room, most + room, false, start, end);
    }

    /** Returns where {@code value} lies; values outside the scale lie at its ends. */
    double at(double value) {
        double inside = Math.clamp(value, low, high);
        double part = logarithmic ? Math.log(inside / low) / Math.log(high / low) : (inside - low) / (high - low);
        return start + part * (end - start);
    }

    /** Returns round values to mark, from the lowest up. */
    List<Double> ticks() {
        return logarithmic ? logarithmicTicks() : linearTicks();
    }

    private List<Double> linearTicks() {
        double raw = (high - low) / MOST_TICKS;
        double magnitude = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = magnitude * 10;
        for (double factor : new double[] {1, 2, 5}) {
            if (magnitude * factor >= raw) {
                step = magnitude * factor;
                break;
            }
        }
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high * (1 + 1e-12); i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private List<Double> logarithmicTicks() {
        double decades = Math.log10(high / low);
        double[] factors =
                decades > 2.5 ? new double[] {1} : decades > 1.2 ? new double[] {1, 3} : new double[] {1, 2, 5};
        List<Double> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
            for (double factor : factors) {
                double tick = factor * Math.pow(10, power);
                if (tick >= low && tick <= high) {
                    ticks.add(tick);
                }
            }
        }
        int every = (ticks.size() + MOST_TICKS - 1) / MOST_TICKS;
        List<Double> few = new ArrayList<>();
        for (int i = 0; i < ticks.size(); i += Math.max(1, every)) {
            few.add(ticks.get(i));
        }
        return few;
    }
}
