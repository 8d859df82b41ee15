package dev.rung.learn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The features, heads and distances fitted to one set of lessons, each when it is first asked for.
 *
 * <p>Not thread-safe.
 */
final class HeadFits {
    /** Inverse of penalty × rows. Accuracy is flat around this (docs/decisions/0007-students.md). */
    private static final double LOOSENESS = 30;

    /** Of heads that answer. */
    static final double FINE = 3e-3;
    /** Of heads whose scores only set a temperature, a threshold and a weight; as students they would lose a few answers in a thousand. */
    static final double COARSE = 6e-3;

    private static final int MOST_STEPS = 300;
    private static final float HALF = 0.5f;

    private final Lessons lessons;
    private final double tolerance;
    private final Lanes lanes;
    private final Map<Inputs, Head> heads = new HashMap<>();
    private @Nullable NgramFeatures ngrams;
    private @Nullable DenseScaler scaler;
    private @Nullable LabelDistances distances;
    private @Nullable Neighbours neighbours;
    private List<SparseRow> rows = List.of();
    private List<float[]> scaled = List.of();

    /** @param tolerance how far from its optimum a fit may stop ({@link SolverSettings}) */
    HeadFits(Lessons lessons, double tolerance, Lanes lanes) {
        this.lessons = lessons;
        this.tolerance = tolerance;
        this.lanes = lanes;
    }

    Head head(Inputs inputs) {
        Head known = heads.get(inputs);
        if (known == null) {
            known = fit(inputs);
            heads.put(inputs, known);
        }
        return known;
    }

    NgramFeatures ngrams() {
        NgramFeatures known = ngrams;
        if (known == null) {
            known = NgramFeatures.fit(lessons.texts(), NgramSettings.FULL);
            rows = known.rows(lessons.texts(), lanes);
            ngrams = known;
        }
        return known;
    }

    DenseScaler scaler() {
        DenseScaler known = scaler;
        if (known == null) {
            known = DenseScaler.fit(lessons.vectors(), lessons.parts());
            scaled = lessons.vectors().stream().map(known::scale).toList();
            scaler = known;
        }
        return known;
    }

    LabelDistances distances() {
        LabelDistances known = distances;
        if (known == null) {
            scaler();
            known = LabelDistances.fit(scaled, lessons.labelOfText(), lessons.labels(), lessons.outOfScope(), lanes);
            distances = known;
        }
        return known;
    }

    Neighbours neighbours() {
        Neighbours known = neighbours;
        if (known == null) {
            known = Neighbours.of(lessons);
            neighbours = known;
        }
        return known;
    }

    /** Returns what the head says of other rows. */
    ScoreTable scores(Inputs inputs, Lessons others) {
        Head head = head(inputs);
        float[][] scores = new float[others.size()][];
        lanes.run(
                scores.length,
                row -> scores[row] = head.scores(
                        inputs.ngrams() ? ngrams().row(others.texts().get(row)) : SparseRow.EMPTY,
                        inputs.vector() ? scaler().scale(others.vectors().get(row)) : Head.NO_VECTOR));
        return new ScoreTable(others.labels(), scores);
    }

    /** Returns how far other rows lie from each label's. */
    float[][] distances(Lessons others) {
        LabelDistances from = distances();
        float[][] found = new float[others.size()][];
        lanes.run(
                found.length,
                row -> found[row] =
                        from.describe(scaler().scale(others.vectors().get(row)), others.outOfScope()));
        return found;
    }

    private Head fit(Inputs inputs) {
        int columns = inputs.ngrams() ? ngrams().columns() : 0;
        if (inputs.vector()) {
            scaler();
        }
        SolverSettings settings = new SolverSettings(1 / (LOOSENESS * lessons.size()), tolerance, MOST_STEPS);
        FeatureMatrix matrix = Head.matrix(inputs, rows, columns, scaled);
        LinearHead start = inputs.ngrams() && inputs.vector() ? meanOfParts(columns) : null;
        return new Head(
                inputs,
                LogisticRegression.fit(matrix, lessons.labelOfText(), lessons.labels(), settings, start, lanes)
                        .head());
    }

    /** Returns the head over everything that says what the heads on n-grams and on the vector's parts say on average: nearer to the best one than zero is. */
    private LinearHead meanOfParts(int columns) {
        List<Inputs> vector = StudentShape.ENCODER.heads(lessons.width(), lessons.parts());
        float[][] weights = new float[columns + lessons.width() + 1][lessons.labels()];
        LinearHead ngrams = head(Inputs.NGRAMS).linear();
        for (int column = 0; column < columns; column++) {
            LinearMaps.add(HALF, ngrams.weights[column], weights[column]);
        }
        LinearMaps.add(HALF, ngrams.weights[columns], weights[weights.length - 1]);
        float share = HALF / vector.size();
        for (Inputs part : vector) {
            LinearHead head = head(part).linear();
            int length = part.to() - part.from();
            for (int column = 0; column < length; column++) {
                LinearMaps.add(share, head.weights[column], weights[columns + part.from() + column]);
            }
            LinearMaps.add(share, head.weights[length], weights[weights.length - 1]);
        }
        return new LinearHead(columns, lessons.width(), lessons.labels(), weights);
    }
}
