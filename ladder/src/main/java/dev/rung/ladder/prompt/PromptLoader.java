package dev.rung.ladder.prompt;

import dev.rung.core.rung.Solution;
import dev.rung.core.rung.Solver;
import dev.rung.ladder.climb.SolverLoader;
import java.nio.file.Path;
import java.time.Clock;

/** Reads prompt solutions. */
public final class PromptLoader implements SolverLoader {
    private final ModelSource models;
    private final Clock clock;

    public PromptLoader(ModelSource models, Clock clock) {
        this.models = models;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return PromptSolver.KIND;
    }

    @Override
    public Solver load(Solution solution, Path folder) {
        PromptRecipe recipe = PromptRecipe.fromJson(solution.recipe());
        return new PromptSolver(
                solution.name(),
                recipe,
                ContractJson.read(solution.recipe().object("contract")),
                models.open(recipe.model(), recipe.fingerprint()),
                clock);
    }
}
