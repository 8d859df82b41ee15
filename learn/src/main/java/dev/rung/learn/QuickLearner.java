package dev.rung.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An n-gram classifier fitted with settings that work without a search: for audits and learning curves.
 *
 * <p>Immutable and thread-safe.
 */
public final class QuickLearner {
    /** Inverse of penalty × rows. On clean labels accuracy is flat from here up to 100; wrong labels want less. */
    private static final double LOOSENESS = 10;

    private static final double TOLERANCE = 1e-2;
    private static final int MOST_STEPS = 60;

    private final NgramFeatures features;
    private final LinearHead head;

    private QuickLearner(NgramFeatures features, LinearHead head) {
        this.features = features;
        this.head = head;
    }

    /** Learns from texts with labels 0 to {@code labels} − 1. */
    public static QuickLearner fit(List<String> texts, int[] labelOfText, int labels, Lanes lanes) {
        return fitEach(texts, labelOfText, labels, new double[] {LOOSENESS}, lanes)
                .getFirst();
    }

    /** Learns once for each of {@code looseness}, ascending, each fit starting where the one before ended. */
    static List<QuickLearner> fitEach(
            List<String> texts, int[] labelOfText, int labels, double[] looseness, Lanes lanes) {
        NgramFeatures features = NgramFeatures.fit(texts, NgramSettings.QUICK);
        FeatureMatrix matrix = FeatureMatrix.ofSparse(features.rows(texts, lanes), features.columns());
        float[] weights = new float[texts.size()];
        Arrays.fill(weights, 1);
        List<QuickLearner> learners = new ArrayList<>();
        @Nullable LinearHead head = null;
        for (double loose : looseness) {
            SolverSettings settings = new SolverSettings(1 / (loose * texts.size()), TOLERANCE, MOST_STEPS);
            head = LogisticRegression.fit(matrix, labelOfText, weights, labels, settings, head, lanes)
                    .head();
            learners.add(new QuickLearner(features, head));
        }
        return learners;
    }

    /** Returns the scores (logits) of each text. */
    public ScoreTable scores(List<String> texts, Lanes lanes) {
        return head.scores(FeatureMatrix.ofSparse(features.rows(texts, lanes), features.columns()), lanes);
    }
}
