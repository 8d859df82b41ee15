package dev.rung.learn;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trains students of every shape from the same lessons; a head that several shapes use is fitted once.
 *
 * <p>Not thread-safe.
 */
public final class Teacher {
    private static final float[] NEIGHBOUR_WEIGHTS = {0, 0.25f, 0.5f, 0.75f, 1};

    private final Lessons train;
    private final ScopeGoal goal;
    private final Lanes lanes;
    private final HeadFits fits;
    private final UnseenRows unseen;

    /**
     * @param train to learn from, at least one row
     * @param calibrate to set the temperature and the threshold for out-of-scope on; may be empty
     * @param goal that the threshold for out-of-scope is to reach
     */
    public Teacher(Lessons train, Lessons calibrate, ScopeGoal goal, Lanes lanes) {
        if (train.size() == 0) {
            throw new IllegalArgumentException("there are no rows to learn from");
        }
        this.train = train;
        this.goal = goal;
        this.lanes = lanes;
        this.fits = new HeadFits(train, HeadFits.FINE, lanes);
        this.unseen = calibrate.size() == 0
                ? UnseenRows.byCrossValidation(train, lanes)
                : UnseenRows.of(fits, calibrate, lanes);
    }

    /** Tells whether students that read vectors can be taught. */
    public boolean hasVectors() {
        return !train.vectors().isEmpty();
    }

    /** Returns a trained student. */
    public Student teach(StudentShape shape) {
        if (shape.needsVector() && !hasVectors()) {
            throw new IllegalArgumentException("a student of shape " + shape + " needs vectors");
        }
        List<Inputs> inputs = shape.heads(train.width(), train.parts());
        float[] weights = new float[inputs.size()];
        Arrays.fill(weights, 1f / weights.length);
        ScoreTable scores = unseen.scores(inputs, weights);
        float weight = shape.asksNeighbours() ? neighbourWeight(scores) : 0;
        if (weight > 0) {
            add(weight, unseen.nearest().votes(), scores);
        }
        Student raw = new Student(
                shape,
                train.labels(),
                inputs.stream().anyMatch(Inputs::ngrams) ? fits.ngrams() : null,
                shape.needsVector() ? fits.scaler() : null,
                inputs.stream().map(fits::head).toList(),
                weights,
                weight > 0 ? fits.neighbours() : null,
                weight,
                Temperature.NEUTRAL,
                train.outOfScope(),
                0,
                null);
        return calibrated(raw, scores);
    }

    /** The weight with the lowest log loss at its best temperature. */
    private float neighbourWeight(ScoreTable scores) {
        ScoreTable votes = unseen.nearest().votes();
        float best = 0;
        double least = Double.MAX_VALUE;
        for (float weight : NEIGHBOUR_WEIGHTS) {
            ScoreTable sums = scores.copy();
            add(weight, votes, sums);
            double loss = LogLoss.of(Temperature.fit(sums, unseen.truth()).probabilities(sums), unseen.truth());
            if (loss < least) {
                least = loss;
                best = weight;
            }
        }
        return best;
    }

    private static void add(float weight, ScoreTable more, ScoreTable to) {
        for (int row = 0; row < to.rows(); row++) {
            LinearMaps.add(weight, more.scores[row], to.scores[row]);
        }
    }

    /** Sets scaling, temperature and scope by the scores of rows that the heads have not learned from. */
    private Student calibrated(Student unscaled, ScoreTable asLearned) {
        int outOfScope = train.outOfScope();
        int[] truth = unseen.truth();
        // Scaling is folded into the heads, which the votes of neighbours are no part of.
        VectorScaling scaling = unscaled.neighbours == null ? VectorScaling.ifBetter(asLearned, truth) : null;
        Student raw = scaling == null ? unscaled : scaled(unscaled, scaling);
        ScoreTable scores = scaling == null ? asLearned : scaling.applied(asLearned);
        int outside =
                (int) Arrays.stream(truth).filter(label -> label == outOfScope).count();
        if (outOfScope < 0 || outside == 0) {
            return with(raw, Temperature.fit(scores, truth), 0, null);
        }
        ScopeThreshold lead =
                ScopeThreshold.choose(ScopeThreshold.leads(scores, outOfScope), scores, truth, outOfScope, goal);
        if (outside >= ScopeGate.LEAST_OUTSIDE) {
            ScopeGate.Fit gate = ScopeGate.fit(
                    scores,
                    evidence(raw),
                    truth,
                    outOfScope,
                    raw.scaler == null ? null : fits.distances(),
                    goal,
                    lanes);
            if (gate.chosen.merit() > lead.merit()) {
                return with(raw, Temperature.fit(inside(scores), onlyInside(truth)), 0, gate.gate);
            }
        }
        return with(raw, Temperature.fit(scores, truth), (float) -lead.value(), null);
    }

    /** What vectors say of being out of scope, beside the scores. */
    private float[][] evidence(Student raw) {
        float[][] evidence = new float[unseen.truth().length][0];
        if (raw.scaler != null) {
            Arrays.setAll(
                    evidence,
                    row -> raw.neighbours == null
                            ? unseen.distances()[row]
                            : ScopeGate.joined(
                                    unseen.distances()[row], unseen.nearest().described()[row]));
        }
        return evidence;
    }

    private ScoreTable inside(ScoreTable scores) {
        float[][] rows = new float[scores.rows()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = scores.row(row);
            rows[row][train.outOfScope()] = -1e4f;
        }
        return new ScoreTable(scores.labels(), rows);
    }

    private int[] onlyInside(int[] truth) {
        return Arrays.stream(truth)
                .map(label -> label == train.outOfScope() ? -1 : label)
                .toArray();
    }

    private static Student with(Student raw, Temperature temperature, float shift, @Nullable ScopeGate gate) {
        return new Student(
                raw.shape,
                raw.labels,
                raw.ngrams,
                raw.scaler,
                raw.heads,
                raw.weights,
                raw.neighbours,
                raw.neighbourWeight,
                temperature,
                raw.outOfScope,
                shift,
                gate);
    }

    private static Student scaled(Student raw, VectorScaling scaling) {
        return new Student(
                raw.shape,
                raw.labels,
                raw.ngrams,
                raw.scaler,
                scaling.folded(raw.heads, raw.weights),
                raw.weights,
                raw.neighbours,
                raw.neighbourWeight,
                raw.temperature,
                raw.outOfScope,
                raw.shift,
                raw.gate);
    }
}
