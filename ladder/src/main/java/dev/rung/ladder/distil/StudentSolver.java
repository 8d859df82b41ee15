package dev.rung.ladder.distil;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.economics.Pricing;
import dev.rung.core.json.Json;
import dev.rung.core.model.Encoder;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Usage;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Provenance;
import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solution;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.Output;
import dev.rung.learn.Judgement;
import dev.rung.learn.Student;
import dev.rung.models.embed.CachedEncoder;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A student that answers in process; thread-safe. */
final class StudentSolver implements Solver {
    static final String KIND = "student";
    static final String FILE = "student.bin";
    static final String TAUGHT_BY = "taught_by";

    private final Student student;
    private final List<String> labels;
    private final @Nullable Encoder encoder;
    private final Pricing machine;
    private final Solution solution;
    private final Sha256 hash;

    /**
     * @param encoder shared and not closed here; null for a student that reads no vectors
     * @param taughtBy where labels come from that no person gave; null where there are none
     */
    StudentSolver(
            Student student,
            List<String> labels,
            @Nullable Encoder encoder,
            Sha256 artifact,
            Pricing machine,
            Json.@Nullable Obj taughtBy) {
        this.student = student;
        this.labels = List.copyOf(labels);
        this.encoder = uncached(encoder);
        this.machine = machine;
        SequencedMap<String, Sha256> files = new LinkedHashMap<>();
        files.put(FILE, artifact);
        Json.Obj recipe = Json.object(
                "shape",
                Json.of(student.shape().name()),
                "labels",
                Json.strings(labels),
                "encoder",
                Json.of(encoder == null ? "" : encoder.card().fingerprint()));
        if (taughtBy != null) {
            recipe = recipe.with(TAUGHT_BY, taughtBy);
        }
        this.solution = new Solution(Rung.DISTIL, student.shape().title(), KIND, recipe, files);
        this.hash = solution.hash();
    }

    /** Answers are timed, and a vector found in a cache would make them look faster than they are. */
    private static @Nullable Encoder uncached(@Nullable Encoder encoder) {
        return encoder instanceof CachedEncoder cached ? cached.uncached() : encoder;
    }

    @Override
    public Solution solution() {
        return solution;
    }

    @Override
    public Answer answer(String input) {
        long start = System.nanoTime();
        float[] vector = encoder == null ? null : encoder.features(input);
        Judgement judgement = student.judge(input, vector);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        List<ModelId> models =
                encoder == null ? List.of() : List.of(encoder.card().id());
        return new Answer(
                new Output.Label(labels.get(judgement.label())),
                judgement.confidence(),
                Usage.NONE,
                machine.price(null, time, LocalDate.now(ZoneOffset.UTC)),
                time,
                new Provenance(hash, Rung.DISTIL, "student", models));
    }

    /** Returns {@code student}'s solver after checking that the labels are those it was trained on. */
    static StudentSolver checked(
            Student student,
            List<String> labels,
            @Nullable Encoder encoder,
            Sha256 artifact,
            Pricing machine,
            Json.@Nullable Obj taughtBy) {
        if (student.labels() != labels.size()) {
            throw new RungException.Corrupt(
                    "the student knows " + student.labels() + " labels, its recipe names " + labels.size());
        }
        return new StudentSolver(student, labels, encoder, artifact, machine, taughtBy);
    }

    @Override
    public void close() {}
}
