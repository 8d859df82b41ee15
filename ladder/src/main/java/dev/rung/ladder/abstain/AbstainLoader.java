package dev.rung.ladder.abstain;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.evidence.promise.Derivation;
import dev.rung.core.rung.Solution;
import dev.rung.core.rung.Solver;
import dev.rung.ladder.certificate.PromiseFile;
import dev.rung.ladder.climb.SolverLoader;
import java.nio.file.Path;
import java.util.List;

/** Reads students that may be silent, and what answers in them by the loaders of its own kind. */
public final class AbstainLoader implements SolverLoader {
    private final List<SolverLoader> students;

    public AbstainLoader(List<SolverLoader> students) {
        this.students = List.copyOf(students);
    }

    @Override
    public String kind() {
        return AbstainSolver.KIND;
    }

    @Override
    public Solver load(Solution solution, Path folder) {
        Sha256 rows = solution.artifacts().get(PromiseFile.NAME);
        if (rows == null) {
            throw new RungException.Corrupt("the release has no " + PromiseFile.NAME
                    + ", from which its threshold was derived; climb again to make it anew");
        }
        Derivation derivation = Derivation.fromJson(solution.recipe().object(PromiseFile.RECIPE_KEY));
        Solution student = Solution.fromJson(solution.recipe().object(AbstainSolver.STUDENT));
        for (SolverLoader loader : students) {
            if (loader.kind().equals(student.kind())) {
                return new AbstainSolver(
                        loader.load(student, folder.resolve(AbstainSolver.STUDENT)),
                        derivation,
                        rows,
                        solution.recipe().string(PromiseFile.SAYS),
                        true);
            }
        }
        throw new RungException.Unavailable("this version cannot load a " + student.kind() + " solution");
    }
}
