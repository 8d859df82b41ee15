package dev.rung.intake.audit;

import dev.rung.core.json.Json;
import dev.rung.core.statistics.Groups;
import dev.rung.core.statistics.Interval;
import dev.rung.core.statistics.RateInterval;
import dev.rung.learn.ScoreTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The best accuracy that can be measured on labels some of which are wrong, with its interval.
 *
 * <p>The noise model: which wrong label a row gets, if any, depends on its true label alone, not on how hard the row is (Angluin and Laird 1988), and a label is right more often than it is any one
 * wrong label. Then a solver that is always right agrees with a share of the labels equal to one less their noise, and no solver can be expected to agree with more. And then noise can be
 * read off the rows whose true label is all but certain, the anchors (Liu and Tao 2016; Patrini et al. 2017): of the rows that a student, fitted to other rows, gives a label, the
 * {@value #ANCHORS} of them that it is surest of. Where the given label of an anchor is another, the label is wrong, or the student is, surest as it was; so the noise is, if anything, estimated
 * too high.
 *
 * <p>Counting all confident disagreements, as confident learning does, needs no anchors but a good student: one that is right in three of four rows made eleven percent of clean labels look
 * wrong. That count ranks suspects; it does not estimate the noise. One bound holds whatever the model: a student that was not fitted to these labels agreed with a share of
 * them, so the best reachable accuracy is no less than that.
 *
 * @param best one less the estimated noise
 * @param low at most {@code best}
 * @param high at least {@code best}
 * @param student the share of all labels that the student agrees with
 * @param anchors rows that the estimate rests on
 */
record NoiseCeiling(double best, double low, double high, double student, int anchors) {
    private static final double CONFIDENCE = 0.95;
    private static final double ANCHORS = 0.33;

    private record Anchor(String cluster, boolean wrong) {}

    /** @param clusterOfRow numbers that duplicates share */
    static NoiseCeiling of(ScoreTable probabilities, int[] labelOfRow, int[] clusterOfRow) {
        Map<Integer, List<Integer>> rowsOfBest = new HashMap<>();
        for (int row = 0; row < labelOfRow.length; row++) {
            rowsOfBest
                    .computeIfAbsent(probabilities.best(row), label -> new ArrayList<>())
                    .add(row);
        }
        List<Anchor> anchors = new ArrayList<>();
        rowsOfBest.forEach((label, rows) -> rows.stream()
                .sorted(Comparator.comparingDouble((Integer row) -> -probabilities.get(row, label))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(Math.max(1, Math.round(ANCHORS * rows.size())))
                .forEach(
                        row -> anchors.add(new Anchor(Integer.toString(clusterOfRow[row]), labelOfRow[row] != label))));
        Groups groups = Groups.of(anchors, Anchor::cluster, anchor -> anchor.wrong() ? 1 : 0);
        Interval noise = RateInterval.of(groups, CONFIDENCE);
        double student = probabilities.accuracy(labelOfRow);
        double best = Math.max(student, 1 - groups.mean());
        return new NoiseCeiling(
                best, Math.max(student, 1 - noise.high()), Math.max(best, 1 - noise.low()), student, anchors.size());
    }

    /** Says the ceiling beside the bar; {@code bar} is 0 for none. */
    String sentence(double bar) {
        String ceiling =
                "about %.1f %% of the labels look wrong, so the best accuracy that can be measured on them is about %.3f, from %.3f to %.3f with 95 %% confidence"
                        .formatted(100 * (1 - best), best, low, high);
        if (bar <= 0) {
            return ceiling;
        }
        if (bar > high) {
            return ceiling + "; the bar of %.3f lies above that: mend labels before anything else".formatted(bar);
        }
        return ceiling
                + (bar > low
                        ? "; the bar of %.3f may lie above what these labels allow".formatted(bar)
                        : "; the bar of %.3f lies below that".formatted(bar));
    }

    Json.Obj toJson() {
        return Json.object(
                        "studentAccuracy",
                        Json.of(student),
                        "labelNoise",
                        Json.object("estimate", Json.of(1 - best), "low", Json.of(1 - high), "high", Json.of(1 - low))
                                .with("anchors", Json.of(anchors)),
                        "bestReachableAccuracy",
                        Json.object("estimate", Json.of(best), "low", Json.of(low), "high", Json.of(high)))
                .with(
                        "noiseModel",
                        Json.of(
                                "wrong labels depend on the true label alone; each label is right more often than any one wrong one"));
    }
}
