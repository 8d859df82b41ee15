package dev.rung.learn;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a classifier says of each row when it has learned from the other rows only.
 *
 * <p>The input of confident learning (Northcutt, Jiang, Chuang, "Confident Learning", JAIR 2021).
 */
public final class OutOfFold {
    /** Wrong labels want a stiffer fit than clean ones, so both are tried. */
    private static final double[] LOOSENESS = {1, 10};

    private static final double VECTOR_LOOSENESS = 1;

    private OutOfFold() {}

    /**
     * Returns calibrated probabilities of every label for every row, from n-gram classifiers fitted to the other folds;
     * of a stiff and a loose fit, the one with the lower log loss.
     *
     * @param labelOfText 0 to {@code labels} − 1
     */
    public static ScoreTable probabilities(
            List<String> texts, int[] labelOfText, int labels, Folds folds, Lanes lanes) {
        return probabilities(texts, List.of(), labelOfText, labels, folds, lanes);
    }

    /**
     * Returns calibrated probabilities of every label for every row, as those of n-gram classifiers averaged with those of classifiers of vectors where these are given; of both and the
     * average, what has the lowest log loss.
     *
     * @param vectors of the texts by a frozen encoder; empty where there is none
     * @param labelOfText 0 to {@code labels} − 1
     */
    public static ScoreTable probabilities(
            List<String> texts, List<float[]> vectors, int[] labelOfText, int labels, Folds folds, Lanes lanes) {
        ScoreTable words = ofTexts(texts, labelOfText, labels, folds, lanes);
        if (vectors.isEmpty()) {
            return words;
        }
        ScoreTable meanings = ofVectors(vectors, labelOfText, labels, folds, lanes);
        float[][] mean = new float[texts.size()][labels];
        for (int row = 0; row < mean.length; row++) {
            for (int label = 0; label < labels; label++) {
                mean[row][label] = 0.5f * (words.get(row, label) + meanings.get(row, label));
            }
        }
        return Stream.of(new ScoreTable(labels, mean), words, meanings)
                .min(Comparator.comparingDouble(table -> LogLoss.of(table, labelOfText)))
                .orElseThrow();
    }

    private static ScoreTable ofVectors(
            List<float[]> vectors, int[] labelOfText, int labels, Folds folds, Lanes lanes) {
        float[][] scores = new float[vectors.size()][];
        for (int fold = 0; fold < folds.count(); fold++) {
            int[] kept = folds.kept(fold);
            int[] heldOut = folds.heldOut(fold);
            DenseScaler scaler = DenseScaler.fit(Rows.of(vectors, kept));
            SolverSettings settings = new SolverSettings(1 / (VECTOR_LOOSENESS * kept.length), 1e-2, 60);
            LinearHead head = LogisticRegression.fit(
                            FeatureMatrix.ofDense(scaled(vectors, kept, scaler)),
                            Rows.of(labelOfText, kept),
                            labels,
                            settings,
                            lanes)
                    .head();
            ScoreTable found = head.scores(FeatureMatrix.ofDense(scaled(vectors, heldOut, scaler)), lanes);
            for (int i = 0; i < heldOut.length; i++) {
                scores[heldOut[i]] = found.scores[i];
            }
        }
        return calibrated(new ScoreTable(labels, scores), labelOfText);
    }

    private static List<float[]> scaled(List<float[]> vectors, int[] rows, DenseScaler scaler) {
        return Rows.of(vectors, rows).stream().map(scaler::scale).toList();
    }

    private static ScoreTable ofTexts(List<String> texts, int[] labelOfText, int labels, Folds folds, Lanes lanes) {
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
