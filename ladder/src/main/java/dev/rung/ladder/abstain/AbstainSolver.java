package dev.rung.ladder.abstain;

import dev.rung.core.Sha256;
import dev.rung.core.evidence.promise.Derivation;
import dev.rung.core.json.Json;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Provenance;
import dev.rung.core.rung.Solution;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.Output;
import dev.rung.ladder.certificate.PromiseFile;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** A student that answers where its confidence reaches a threshold that keeps a promise, and says that it does not know otherwise; thread-safe. */
final class AbstainSolver implements Solver {
    static final String KIND = "abstaining";
    static final String STUDENT = "student";

    private final Solver student;
    private final double threshold;
    private final Output.Abstention silence;
    private final boolean ownsStudent;
    private final Solution solution;
    private final Sha256 hash;

    /**
     * @param derivation of the threshold, which must have one
     * @param rows what the student answered to the rows that the threshold was derived from, as an artifact
     * @param says what is said in an answer's place
     * @param ownsStudent whether closing this closes the student
     */
    AbstainSolver(Solver student, Derivation derivation, Sha256 rows, String says, boolean ownsStudent) {
        this.student = student;
        this.threshold = derivation.threshold().orElseThrow();
        this.silence = new Output.Abstention(says);
        this.ownsStudent = ownsStudent;
        Solution inner = student.solution();
        SequencedMap<String, Sha256> files = new LinkedHashMap<>();
        files.put(PromiseFile.NAME, rows);
        inner.artifacts().forEach((name, content) -> files.put(STUDENT + "/" + name, content));
        Json.Obj recipe = Json.object(
                PromiseFile.RECIPE_KEY, derivation.toJson(), PromiseFile.SAYS, Json.of(says), STUDENT, inner.toJson());
        this.solution = new Solution(inner.rung(), name(inner), KIND, recipe, files);
        this.hash = solution.hash();
    }

    static String name(Solution student) {
        return student.name() + ", abstaining";
    }

    @Override
    public Solution solution() {
        return solution;
    }

    @Override
    public Answer answer(String input) {
        return answer(input, 0);
    }

    @Override
    public Answer answer(String input, int ask) {
        Answer given = student.answer(input, ask);
        Output output = given.confidence() >= threshold ? given.output() : silence;
        Provenance from = given.provenance();
        return new Answer(
                output,
                given.confidence(),
                given.usage(),
                given.price(),
                given.time(),
                new Provenance(hash, from.rung(), from.answeredBy(), from.models()));
    }

    @Override
    public void close() {
        if (ownsStudent) {
            student.close();
        }
    }
}
