package dev.rung.learn;

import java.util.List;

/**
 * What a classifier says of each row when it has learned from the other rows only.
 *
 * <p>The input of confident learning (Northcutt, Jiang, Chuang, "Confident Learning", JAIR 2021).
 */
public final class OutOfFold {
    /** Wrong labels want a stiffer fit than clean ones, so both are tried. */
    private static final double[] LOOSENESS = {1, 10};

    private OutOfFold() {}

    /**
     * Returns calibrated probabilities of every label for every row, from n-gram classifiers fitted to the other folds;
     * of a stiff and a loose fit, the one with the lower log loss.
     *
     * @param labelOfText 0 to {@code labels} − 1
     */
    public static ScoreTable probabilities(
            List<String> texts, int[] labelOfText, int labels, Folds folds, Lanes lanes) {
        if (folds.rows() != texts.size() || labelOfText.length != texts.size()) {
            throw new IllegalArgumentException(
                    texts.size() + " texts, " + labelOfText.length + " labels, folds of " + folds.rows() + " rows");
        }
        float[][][] scores = new float[LOOSENESS.length][texts.size()][];
        for (int fold = 0; fold < folds.count(); fold++) {
            int[] kept = folds.kept(fold);
            int[] heldOut = folds.heldOut(fold);
            List<QuickLearner> learners =
                    QuickLearner.fitEach(Rows.of(texts, kept), Rows.of(labelOfText, kept), labels, LOOSENESS, lanes);
            for (int choice = 0; choice < LOOSENESS.length; choice++) {
                ScoreTable found = learners.get(choice).scores(Rows.of(texts, heldOut), lanes);
                for (int i = 0; i < heldOut.length; i++) {
                    scores[choice][heldOut[i]] = found.scores[i];
                }
            }
        }
        ScoreTable stiff = calibrated(new ScoreTable(labels, scores[0]), labelOfText);
        ScoreTable loose = calibrated(new ScoreTable(labels, scores[1]), labelOfText);
        return LogLoss.of(stiff, labelOfText) < LogLoss.of(loose, labelOfText) ? stiff : loose;
    }

    private static ScoreTable calibrated(ScoreTable scores, int[] labelOfText) {
        return Temperature.fit(scores, labelOfText).probabilities(scores);
    }
}
