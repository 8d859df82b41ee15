package dev.rung.ladder.cascade;

import dev.rung.core.RungException;
import dev.rung.core.rung.Solution;
import dev.rung.core.rung.Solver;
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
        Solver student = tier(solution, "student", folder);
        try {
            Solver stronger = tier(solution, "stronger", folder);
            return new CascadeSolver(
                    student, stronger, solution.recipe().number("threshold").doubleValue(), true);
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
