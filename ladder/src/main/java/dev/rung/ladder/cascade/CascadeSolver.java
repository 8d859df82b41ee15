package dev.rung.ladder.cascade;

import dev.rung.core.Sha256;
import dev.rung.core.evidence.promise.Derivation;
import dev.rung.core.json.Json;
import dev.rung.core.model.ModelId;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Provenance;
import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solution;
import dev.rung.core.rung.Solver;
import dev.rung.ladder.certificate.PromiseFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A student that answers when its confidence reaches a threshold that keeps a promise, and a stronger solver that answers otherwise; thread-safe. */
final class CascadeSolver implements Solver {
    static final String KIND = "cascade";
    static final String STUDENT = "student/";
    static final String STRONGER = "stronger/";

    private final Solver student;
    private final Solver stronger;
    private final double threshold;
    private final boolean ownsTiers;
    private final Solution solution;
    private final Sha256 hash;

    /**
     * @param derivation of the threshold, which must have one
     * @param rows what the student answered to the rows that the threshold was derived from, as an artifact
     * @param ownsTiers whether closing this closes both tiers
     */
    CascadeSolver(Solver student, Solver stronger, Derivation derivation, Sha256 rows, boolean ownsTiers) {
        this.student = student;
        this.stronger = stronger;
        this.threshold = derivation.threshold().orElseThrow();
        this.ownsTiers = ownsTiers;
        Json.Obj recipe = Json.object(
                PromiseFile.RECIPE_KEY,
                derivation.toJson(),
                "student",
                student.solution().toJson(),
                "stronger",
                stronger.solution().toJson());
        SequencedMap<String, Sha256> files = new LinkedHashMap<>();
        files.put(PromiseFile.NAME, rows);
        student.solution().artifacts().forEach((name, content) -> files.put(STUDENT + name, content));
        stronger.solution().artifacts().forEach((name, content) -> files.put(STRONGER + name, content));
        String name = student.solution().name() + " → " + stronger.solution().name();
        this.solution = new Solution(Rung.DISTIL, name, KIND, recipe, files);
        this.hash = solution.hash();
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
        Answer cheap = student.answer(input, ask);
        if (cheap.confidence() >= threshold) {
            return new Answer(
                    cheap.output(),
                    cheap.confidence(),
                    cheap.usage(),
                    cheap.price(),
                    cheap.time(),
                    from(cheap, List.of()));
        }
        // What the student took is paid either way.
        Answer strong = stronger.answer(input, ask);
        return new Answer(
                strong.output(),
                strong.confidence(),
                cheap.usage().plus(strong.usage()),
                cheap.price().plus(strong.price()),
                cheap.time().plus(strong.time()),
                from(strong, cheap.provenance().models()));
    }

    private Provenance from(Answer given, List<ModelId> alsoCalled) {
        List<ModelId> models = new ArrayList<>(alsoCalled);
        models.addAll(given.provenance().models());
        return new Provenance(hash, Rung.DISTIL, given.provenance().answeredBy(), models);
    }

    @Override
    public void close() {
        if (ownsTiers) {
            student.close();
            stronger.close();
        }
    }
}
