package dev.rung.intake.audit;

import dev.rung.core.evidence.forecast.CurvePoint;
import dev.rung.core.evidence.forecast.LearningCurveFit;
import dev.rung.core.json.Json;
import dev.rung.core.model.Encoder;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Task;
import dev.rung.learn.Folds;
import dev.rung.learn.Lanes;
import dev.rung.learn.LearningCurve;
import dev.rung.learn.OutOfFold;
import dev.rung.learn.ScoreTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Teaches cheap students parts of the labelled rows, and says what they make of the rest. Not thread-safe. */
final class Learner {
    private static final int FEWEST_ROWS = 40;
    /** With more rows than this, vectors would take minutes where none are saved; n-grams alone have to do. */
    private static final int MOST_VECTORS = 4_000;

    private static final int FOLDS = 5;
    private static final int BATCH = 256;
    private static final double[] FRACTIONS = {0.2, 0.35, 0.55, 0.8, 1};

    private final Task task;
    private final AuditedRows rows;
    private final int threads;
    private final long seed;
    private final @Nullable Encoder encoder;
    private final Consumer<String> progress;

    Learner(Task task, AuditedRows rows, int threads, long seed, @Nullable Encoder encoder, Consumer<String> progress) {
        this.task = task;
        this.rows = rows;
        this.threads = threads;
        this.seed = seed;
        this.encoder = encoder;
        this.progress = progress;
    }

    Learnability learn() {
        Sample sample = Sample.of(rows, Learnability.MOST_ROWS, seed);
        if (sample.size() < FEWEST_ROWS || sample.labelCount() < 2) {
            return Learnability.none();
        }
        List<String> texts = new ArrayList<>(sample.size());
        for (int row : sample.rows()) {
            texts.add(rows.all().input(row));
        }
        List<float[]> vectors = vectors(texts);
        try (Lanes lanes = new Lanes(threads)) {
            Folds folds = Folds.ofGroups(sample.labels(), sample.clusters(), FOLDS, seed);
            progress.accept("looking for doubtful labels");
            ScoreTable probabilities =
                    OutOfFold.probabilities(texts, vectors, sample.labels(), sample.labelCount(), folds, lanes);
            LabelErrors errors = LabelErrors.find(probabilities, sample.labels());
            NoiseCeiling ceiling = NoiseCeiling.of(probabilities, sample.labels(), sample.clusters());
            progress.accept("measuring the learning curve");
            List<CurvePoint> points =
                    LearningCurve.measure(texts, sample.labels(), sample.labelCount(), FRACTIONS, folds, seed, lanes);
            return say(sample, errors, ceiling, points, !vectors.isEmpty());
        }
    }

    private List<float[]> vectors(List<String> texts) {
        List<float[]> vectors = new ArrayList<>();
        if (encoder == null || texts.size() > MOST_VECTORS) {
            return vectors;
        }
        for (int start = 0; start < texts.size(); start += BATCH) {
            progress.accept("encoding texts: %,d of %,d".formatted(start, texts.size()));
            vectors.addAll(encoder.embed(texts.subList(start, Math.min(start + BATCH, texts.size()))));
        }
        return vectors;
    }

    private Learnability say(
            Sample sample, LabelErrors errors, NoiseCeiling ceiling, List<CurvePoint> points, boolean encoded) {
        double bar = bar();
        List<String> outlook = new ArrayList<>();
        outlook.add(ceiling.sentence(bar));
        Json.Obj figures = ceiling.toJson();
        if (LearningCurveFit.possible(points)) {
            LabelForecast forecast = new LabelForecast(points, LearningCurveFit.of(points, seed), sample.size(), bar);
            outlook.addAll(forecast.sentences());
            figures = figures.with("learningCurve", forecast.toJson());
        }
        List<String> notices = new ArrayList<>();
        if (sample.isPart()) {
            notices.add(
                    ("label errors, the ceiling and the learning curve were measured on %,d rows drawn uniformly at random (seed %d) from %,d;"
                                    + " doubtful labels among the others are not listed")
                            .formatted(sample.size(), seed, sample.of()));
        }
        notices.add(
                encoded
                        ? "labels were judged by n-grams and the encoder's vectors together"
                        : "labels were judged by n-grams alone");
        return new Learnability(
                suspects(sample, errors, Math.round(sample.size() * (1 - ceiling.best()))), outlook, figures, notices);
    }

    private List<Finding> suspects(Sample sample, LabelErrors errors, long wrong) {
        String[] names = new String[sample.labelCount()];
        for (int i = 0; i < sample.size(); i++) {
            int label = sample.labels()[i];
            names[label] = names[label] == null ? rows.all().answerText(sample.rows()[i]) : names[label];
        }
        Flags flags = new Flags(rows);
        for (LabelErrors.Suspect suspect : errors.suspects()) {
            flags.add(sample.rows()[suspect.row()], names[suspect.suggestion()]);
        }
        List<Finding> findings = new ArrayList<>();
        flags.into(
                findings,
                "label-errors",
                Severity.WARNING,
                "labels that are not what a student would say that learned from the other rows: %,d; about " + wrong
                        + " of them look wrong, and the list begins with the most doubtful"
                        + (flags.touchSealed() ? ", and some of them are sealed" : ""));
        return findings;
    }

    private double bar() {
        double floor = 0;
        for (Requirement requirement : task.bar().requirements()) {
            if (requirement instanceof Requirement.AtLeast(var metric, double least) && metric == Metric.ACCURACY) {
                floor = least;
            }
        }
        return floor;
    }
}
