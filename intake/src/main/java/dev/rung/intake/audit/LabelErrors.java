package dev.rung.intake.audit;

import dev.rung.learn.ScoreTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Labels that are probably wrong, by confident learning (Northcutt, Jiang, Chuang, "Confident Learning", JAIR 2021).
 *
 * <p>A row speaks for the label {@code j} when its out-of-fold probability of {@code j} reaches the mean such probability among the rows labelled {@code j}.
 * A row that speaks for another label than its own, most of all for that one, is suspect.
 *
 * @param suspects the most doubtful first
 */
record LabelErrors(List<Suspect> suspects) {
    /**
     * A row whose label is doubtful.
     *
     * @param margin the probability of the suggestion less that of the label: the larger, the more doubtful
     */
    record Suspect(int row, int suggestion, double margin) {}

    static LabelErrors find(ScoreTable probabilities, int[] labelOfRow) {
        double[] thresholds = thresholds(probabilities, labelOfRow);
        List<Suspect> suspects = new ArrayList<>();
        for (int row = 0; row < labelOfRow.length; row++) {
            int spoken = spokenFor(probabilities.row(row), thresholds);
            int given = labelOfRow[row];
            if (spoken >= 0 && spoken != given) {
                double margin = probabilities.get(row, spoken) - probabilities.get(row, given);
                suspects.add(new Suspect(row, spoken, margin));
            }
        }
        suspects.sort(Comparator.comparingDouble(Suspect::margin).reversed().thenComparingInt(Suspect::row));
        return new LabelErrors(suspects);
    }

    private static double[] thresholds(ScoreTable probabilities, int[] labelOfRow) {
        double[] sums = new double[probabilities.labels()];
        int[] counts = new int[probabilities.labels()];
        for (int row = 0; row < labelOfRow.length; row++) {
            sums[labelOfRow[row]] += probabilities.get(row, labelOfRow[row]);
            counts[labelOfRow[row]]++;
        }
        for (int label = 0; label < sums.length; label++) {
            sums[label] = counts[label] == 0 ? Double.POSITIVE_INFINITY : sums[label] / counts[label];
        }
        return sums;
    }

    private static int spokenFor(float[] probabilities, double[] thresholds) {
        int best = -1;
        for (int label = 0; label < probabilities.length; label++) {
            boolean speaks = probabilities[label] >= thresholds[label];
            if (speaks && (best < 0 || probabilities[label] > probabilities[best])) {
                best = label;
            }
        }
        return best;
    }
}
