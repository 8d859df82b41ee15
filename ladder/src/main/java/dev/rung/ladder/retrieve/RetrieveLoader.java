package dev.rung.ladder.retrieve;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.model.Encoder;
import dev.rung.core.rung.Solution;
import dev.rung.core.rung.Solver;
import dev.rung.ladder.climb.SolverLoader;
import dev.rung.ladder.prompt.ContractJson;
import dev.rung.ladder.prompt.ModelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;

/** Reads retrieve solutions; their examples are indexed again in memory. */
public final class RetrieveLoader implements SolverLoader {
    private final ModelSource models;
    private final Supplier<Encoder> encoder;
    private final Clock clock;

    /** @param encoder the shared encoder, opened on first use */
    public RetrieveLoader(ModelSource models, Supplier<Encoder> encoder, Clock clock) {
        this.models = models;
        this.encoder = encoder;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return RetrieveSolver.KIND;
    }

    @Override
    public Solver load(Solution solution, Path folder) {
        RetrieveRecipe recipe = RetrieveRecipe.fromJson(solution.recipe());
        byte[] content;
        try {
            content = Files.readAllBytes(folder.resolve(RetrieveSolver.EXAMPLES));
        } catch (IOException e) {
            throw new RungException.Corrupt("cannot read " + folder.resolve(RetrieveSolver.EXAMPLES), e);
        }
        Encoder meaning = recipe.encoder().isEmpty() ? null : encoder.get();
        if (meaning != null && !meaning.card().fingerprint().equals(recipe.encoder())) {
            throw new RungException.Unavailable("the solution was certified with another version of "
                    + meaning.card().id() + "; climb again to certify this one");
        }
        return new RetrieveSolver(
                recipe,
                ContractJson.read(solution.recipe().object("contract")),
                models.open(recipe.model(), recipe.fingerprint()),
                new NearestExamples(ExampleFile.read(content), meaning),
                true,
                Sha256.of(content),
                clock);
    }
}
