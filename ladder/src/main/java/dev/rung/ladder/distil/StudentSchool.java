package dev.rung.ladder.distil;

import dev.rung.core.Sha256;
import dev.rung.core.data.Example;
import dev.rung.core.model.Encoder;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.OutputContract;
import dev.rung.ladder.climb.Site;
import dev.rung.learn.Lanes;
import dev.rung.learn.Lessons;
import dev.rung.learn.Student;
import dev.rung.learn.StudentFile;
import dev.rung.learn.StudentShape;
import dev.rung.learn.Teacher;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trains the students of one climb, each when its turn comes, and keeps them by what they were trained on.
 *
 * <p>Students learn from {@code train} and what a validated solution labelled, so that what they answer on {@code tune} says what they can do; temperature
 * and out-of-scope threshold are set on {@code calibrate}. Not thread-safe.
 */
final class StudentSchool {
    /** Changes whenever the way students are made does, so that kept ones are not mistaken for new ones. */
    private static final String METHOD = "students-10";

    private final Site site;
    private final List<String> labels;
    private final int outOfScope;
    private final TaughtRows taught;
    private @Nullable Teacher teacher;
    private List<Example> calibratedOn = List.of();

    /** @param taught rows to learn from beside {@code train} */
    StudentSchool(Site site, OutputContract.Labels contract, TaughtRows taught) {
        this.site = site;
        this.taught = taught;
        this.labels = List.copyOf(contract.descriptions().keySet());
        String none = contract.outOfScope();
        this.outOfScope = none == null ? -1 : labels.indexOf(none);
    }

    /** Returns the trained student as a solver. */
    Solver graduate(StudentShape shape) {
        return new TaughtStudent(graduate(shape, site.calibrate()), rows -> graduate(shape, rows));
    }

    private Solver graduate(StudentShape shape, List<Example> calibrate) {
        Sha256 source = source(shape, calibrate);
        Sha256 artifact = site.artifacts().built(source);
        Student student;
        if (artifact == null) {
            student = teacher(shape, calibrate).teach(shape);
            artifact = site.artifacts().keep(StudentFile.write(student));
            site.artifacts().noteBuilt(source, artifact);
        } else {
            student = StudentFile.read(site.artifacts().read(artifact));
        }
        Encoder encoder = shape.needsVector() ? site.encoder() : null;
        return new StudentSolver(student, labels, encoder, artifact, site.machine(), taught.provenance());
    }

    /** Vectors are computed only when the first student that reads them is due. */
    private Teacher teacher(StudentShape shape, List<Example> calibrate) {
        Teacher known = teacher;
        boolean vectors = shape.needsVector();
        if (known != null && calibrate.equals(calibratedOn) && (known.hasVectors() || !vectors)) {
            return known;
        }
        Lessons train = lessons(train(), vectors);
        Lessons unseen = lessons(calibrate, vectors);
        site.progress().at("training students", 0, 0);
        Teacher made = new Teacher(
                train,
                unseen,
                ScopeGoals.of(site.task().bar()),
                new Lanes(Math.min(8, Runtime.getRuntime().availableProcessors())));
        teacher = made;
        calibratedOn = calibrate;
        return made;
    }

    private List<Example> train() {
        List<Example> rows = new ArrayList<>(site.train());
        rows.addAll(taught.rows());
        return rows;
    }

    private Lessons lessons(List<Example> examples, boolean withVectors) {
        List<String> texts = examples.stream().map(Example::input).toList();
        int[] labelOfText = examples.stream()
                .mapToInt(example -> labels.indexOf(example.label().text()))
                .toArray();
        Encoder encoder = withVectors ? site.encoder() : null;
        List<float[]> vectors = encoder == null ? List.of() : vectors(encoder, texts);
        int parts = encoder == null || vectors.isEmpty() ? 1 : vectors.getFirst().length / encoder.dimensions();
        return new Lessons(texts, vectors, parts, labelOfText, labels.size(), outOfScope);
    }

    private List<float[]> vectors(Encoder encoder, List<String> texts) {
        List<float[]> vectors = new ArrayList<>();
        int step = 512;
        for (int from = 0; from < texts.size(); from += step) {
            site.progress().at("embedding examples", from, texts.size());
            vectors.addAll(encoder.features(texts.subList(from, Math.min(texts.size(), from + step))));
        }
        return vectors;
    }

    private Sha256 source(StudentShape shape, List<Example> calibrate) {
        MessageDigest digest = Sha256.newDigest();
        add(digest, METHOD);
        add(digest, shape.name());
        Encoder encoder = shape.needsVector() ? site.encoder() : null;
        add(digest, encoder == null ? "" : encoder.card().fingerprint());
        add(digest, String.join("\u0000", labels) + "\u0000" + outOfScope);
        add(digest, ScopeGoals.of(site.task().bar()).toString());
        for (List<Example> part : List.of(train(), calibrate)) {
            add(digest, "part of " + part.size());
            for (Example example : part) {
                add(digest, example.input());
                add(digest, example.label().text());
            }
        }
        return Sha256.of(digest);
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) ':');
        digest.update(bytes);
    }
}
