package dev.rung.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trains students of every shape from the same lessons; a head that several shapes use is fitted once.
 *
 * <p>Not thread-safe.
 */
public final class Teacher {
    /** Inverse of penalty × rows. Accuracy is flat around these (docs/decisions/0007-students.md). */
    private static final Map<Inputs, Double> LOOSENESS =
            Map.of(Inputs.NGRAMS, 30.0, Inputs.VECTOR, 30.0, Inputs.BOTH, 30.0);

    private static final double TOLERANCE = 3e-3;
    private static final int MOST_STEPS = 300;

    private final Lessons train;
    private final Lessons calibrate;
    private final Lanes lanes;
    private final Map<Inputs, Head> heads = new EnumMap<>(Inputs.class);
    private @Nullable NgramFeatures ngrams;
    private @Nullable DenseScaler scaler;
    private @Nullable LabelDistances distances;
    private List<SparseRow> rows = List.of();
    private List<float[]> scaled = List.of();

    /**
     * @param train to learn from, at least one row
     * @param calibrate to set the temperature and the threshold for out-of-scope on; may be empty
     */
    public Teacher(Lessons train, Lessons calibrate, Lanes lanes) {
        if (train.size() == 0) {
            throw new IllegalArgumentException("there are no rows to learn from");
        }
        this.train = train;
        this.calibrate = calibrate;
        this.lanes = lanes;
    }

    /** Tells whether students that read vectors can be taught. */
    public boolean hasVectors() {
        return !train.vectors().isEmpty();
    }

    /** Returns a trained student. */
    public Student teach(StudentShape shape) {
        if (shape.needsVector() && train.vectors().isEmpty()) {
            throw new IllegalArgumentException("a student of shape " + shape + " needs vectors");
        }
        List<Head> chosen = new ArrayList<>();
        for (Inputs inputs : shape.heads()) {
            chosen.add(head(inputs));
        }
        float[] weights = new float[chosen.size()];
        Arrays.fill(weights, 1f / weights.length);
        NgramFeatures texts = shape.heads().stream().anyMatch(Inputs::ngrams) ? ngrams : null;
        DenseScaler vectors = shape.needsVector() ? scaler : null;
        Student raw = new Student(
                shape,
                train.labels(),
                texts,
                vectors,
                chosen,
                weights,
                Temperature.NEUTRAL,
                train.outOfScope(),
                0,
                null);
        return calibrate.size() == 0 ? raw : calibrated(raw);
    }

    /** Sets temperature and scope on rows that the heads have not learned from. */
    private Student calibrated(Student raw) {
        int outOfScope = train.outOfScope();
        ScoreTable scores = scores(raw, calibrate);
        int[] truth = calibrate.labelOfText();
        int outside =
                (int) Arrays.stream(truth).filter(label -> label == outOfScope).count();
        if (outOfScope < 0 || outside == 0) {
            return with(raw, Temperature.fit(scores, truth), 0, null);
        }
        ScopeThreshold lead =
                ScopeThreshold.choose(ScopeThreshold.leads(scores, outOfScope), scores, truth, outOfScope);
        if (outside >= ScopeGate.LEAST_OUTSIDE) {
            List<float[]> scaledVectors = raw.scaler == null
                    ? List.of()
                    : calibrate.vectors().stream().map(raw::scaled).toList();
            ScopeGate.Fit gate = ScopeGate.fit(
                    scores, scaledVectors, truth, outOfScope, raw.scaler == null ? null : distances(), lanes);
            if (gate.right > lead.right()) {
                return with(raw, Temperature.fit(inside(scores), onlyInside(truth)), 0, gate.gate);
            }
        }
        float shift = (float) -lead.value();
        for (float[] row : scores.scores) {
            row[outOfScope] += shift;
        }
        return with(raw, Temperature.fit(scores, truth), shift, null);
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

    private LabelDistances distances() {
        LabelDistances known = distances;
        if (known == null) {
            known = LabelDistances.fit(scaled, train.labelOfText(), train.labels(), train.outOfScope(), lanes);
            distances = known;
        }
        return known;
    }

    private static Student with(Student raw, Temperature temperature, float shift, @Nullable ScopeGate gate) {
        return new Student(
                raw.shape,
                raw.labels,
                raw.ngrams,
                raw.scaler,
                raw.heads,
                raw.weights,
                temperature,
                raw.outOfScope,
                shift,
                gate);
    }

    private ScoreTable scores(Student student, Lessons lessons) {
        float[][] scores = new float[lessons.size()][];
        lanes.run(
                scores.length,
                i -> scores[i] = student.scores(
                        lessons.texts().get(i),
                        lessons.vectors().isEmpty() ? null : lessons.vectors().get(i)));
        return new ScoreTable(train.labels(), scores);
    }

    private Head head(Inputs inputs) {
        Head known = heads.get(inputs);
        if (known != null) {
            return known;
        }
        int columns = 0;
        if (inputs.ngrams()) {
            NgramFeatures fitted = ngrams == null ? NgramFeatures.fit(train.texts(), NgramSettings.FULL) : ngrams;
            rows = ngrams == null ? fitted.rows(train.texts(), lanes) : rows;
            ngrams = fitted;
            columns = fitted.columns();
        }
        if (inputs.vector() && scaler == null) {
            DenseScaler fitted = DenseScaler.fit(train.vectors());
            scaled = train.vectors().stream().map(fitted::scale).toList();
            scaler = fitted;
        }
        SolverSettings settings =
                new SolverSettings(1 / (LOOSENESS.getOrDefault(inputs, 30.0) * train.size()), TOLERANCE, MOST_STEPS);
        FeatureMatrix matrix = Head.matrix(inputs, rows, columns, scaled);
        Head head = new Head(
                inputs,
                LogisticRegression.fit(matrix, train.labelOfText(), train.labels(), settings, lanes)
                        .head());
        heads.put(inputs, head);
        return head;
    }
}
