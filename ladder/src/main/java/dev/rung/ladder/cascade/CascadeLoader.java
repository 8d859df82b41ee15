package dev.rung.ladder.cascade;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.evidence.promise.Derivation;
import dev.rung.core.json.Json;
import dev.rung.core.rung.Solution;
import dev.rung.core.rung.Solver;
import dev.rung.ladder.certificate.PromiseFile;
import dev.rung.ladder.climb.SolverLoader;
import java.nio.file.Path;
import java.util.List;

/** Reads cascades, and their tiers by the loaders of the tiers' own kinds. */
public final class CascadeLoader implements SolverLoader {
    private final List<SolverLoader> tiers;

    public CascadeLoader(List<SolverLoader> tiers) {
        this.tiers = List.copyOf(tiers);
    }

    @Override
    public String kind() {
        return CascadeSolver.KIND;
    }

    @Override
    public Solver load(Solution solution, Path folder) {
        Sha256 rows = solution.artifacts().get(PromiseFile.NAME);
        if (rows == null || !(solution.recipe().get(PromiseFile.RECIPE_KEY) instanceof Json.Obj promise)) {
            throw new RungException.Unavailable(
                    "the release's threshold carries no promise: it was made by an earlier version; climb again");
        }
        Solver student = tier(solution, "student", folder);
        try {
            Solver stronger = tier(solution, "stronger", folder);
            return new CascadeSolver(student, stronger, Derivation.fromJson(promise), rows, true);
        } catch (RungException e) {
            student.close();
            throw e;
        }
    }

    private Solver tier(Solution cascade, String name, Path folder) {
        Solution tier = Solution.fromJson(cascade.recipe().object(name));
        for (SolverLoader loader : tiers) {
            if (loader.kind().equals(tier.kind())) {
                return loader.load(tier, folder.resolve(name));
            }
        }
        throw new RungException.Unavailable("this version cannot load a " + tier.kind() + " solution");
    }
}
