package dev.rung.core.evidence.promise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How many questions a solver answers by itself, and how many of those answers do harm, at every threshold from the strictest down.
 *
 * <p>Rows that repeat a question are not independent: only the first row of each duplicate cluster counts.
 *
 * @param rows questions in all
 * @param points from the strictest threshold on: for each number of harmful answers, the loosest threshold that lets through no more of them than that; rows of equal
 *     confidence are let through together
 */
public record RiskCoverage(int rows, List<Point> points) {
    public RiskCoverage {
        points = List.copyOf(points);
    }

    /**
     * What a threshold lets through.
     *
     * @param threshold rows of this confidence or more are let through
     * @param accepted how many those are
     * @param harmful how many of them do harm
     */
    public record Point(double threshold, int accepted, int harmful) {}

    /** Returns the curve of {@code rows}, whose order says only which row of a cluster is the first. */
    public static RiskCoverage of(List<CalibrationRow> rows) {
        Set<String> seen = new HashSet<>();
        List<CalibrationRow> first =
                rows.stream().filter(row -> seen.add(row.cluster())).toList();
        List<CalibrationRow> surest = first.stream()
                .filter(row -> !Double.isNaN(row.confidence()))
                .sorted(Comparator.comparingDouble(CalibrationRow::confidence).reversed())
                .toList();
        List<Point> points = new ArrayList<>();
        int harmful = 0;
        for (int i = 0; i < surest.size(); i++) {
            CalibrationRow row = surest.get(i);
            harmful += row.harmful() ? 1 : 0;
            boolean lastOfTie = i + 1 == surest.size() || surest.get(i + 1).confidence() < row.confidence();
            if (lastOfTie) {
                if (!points.isEmpty() && points.getLast().harmful() == harmful) {
                    points.removeLast();
                }
                points.add(new Point(row.confidence(), i + 1, harmful));
            }
        }
        return new RiskCoverage(first.size(), points);
    }
}
