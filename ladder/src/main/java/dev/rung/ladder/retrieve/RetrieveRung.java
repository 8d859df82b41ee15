package dev.rung.ladder.retrieve;

import dev.rung.core.Sha256;
import dev.rung.core.model.Encoder;
import dev.rung.core.model.LanguageModel;
import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solver;
import dev.rung.ladder.climb.Proposal;
import dev.rung.ladder.climb.RungBuilder;
import dev.rung.ladder.climb.Site;
import dev.rung.ladder.prompt.Demonstration;
import dev.rung.ladder.prompt.Instruction;
import dev.rung.ladder.prompt.PromptRung;
import dev.rung.ladder.trial.Race;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The retrieve rung over labelled examples: for each model, the nearest demonstrations from {@code train}; how many, a race on {@code tune} decides. */
public final class RetrieveRung implements RungBuilder {
    private static final List<Integer> COUNTS = List.of(4, 8);
    private static final int FIRST_ROUND = 6;
    /** Enough for any task, and what an index in memory searches within a few milliseconds. */
    private static final int MOST_EXAMPLES = 50_000;

    private final Clock clock;

    public RetrieveRung(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Rung rung() {
        return Rung.RETRIEVE;
    }

    @Override
    public List<Proposal> propose(Site site) {
        List<Proposal> proposals = new ArrayList<>();
        for (LanguageModel model : site.models()) {
            String name = model.card().id() + ", nearest examples";
            proposals.add(
                    site.train().isEmpty()
                            ? new Proposal.LeftOut(name, "there are no training examples to show")
                            : new Proposal.Buildable(name, () -> build(site, model)));
        }
        return proposals;
    }

    private Solver build(Site site, LanguageModel model) {
        site.progress().at("indexing the training examples", 0, site.train().size());
        List<Demonstration> shown = site.train().stream()
                .limit(MOST_EXAMPLES)
                .map(Demonstration::of)
                .toList();
        Encoder encoder = site.encoder();
        NearestExamples examples = new NearestExamples(shown, encoder);
        Sha256 artifact = site.artifacts().keep(ExampleFile.write(shown));
        double weight = Fusion.choose(examples, site.tune(), site.task().output(), encoder != null);
        List<Solver> entrants = new ArrayList<>();
        for (int count : COUNTS) {
            RetrieveRecipe recipe = new RetrieveRecipe(
                    model.card().id(),
                    model.card().fingerprint(),
                    encoder == null || weight == 0 ? "" : encoder.card().fingerprint(),
                    Instruction.of(site.task()),
                    count,
                    weight,
                    PromptRung.maxTokens(site));
            entrants.add(new RetrieveSolver(recipe, site.task().output(), model, examples, true, artifact, clock));
        }
        site.progress().at("choosing how many nearest examples to show", 0, 0);
        return new Race(site.task(), site.tune(), FIRST_ROUND).winner(entrants);
    }
}
