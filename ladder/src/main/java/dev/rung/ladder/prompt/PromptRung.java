package dev.rung.ladder.prompt;

import dev.rung.core.data.Example;
import dev.rung.core.model.LanguageModel;
import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.OutputContract;
import dev.rung.ladder.climb.Proposal;
import dev.rung.ladder.climb.RungBuilder;
import dev.rung.ladder.climb.Site;
import dev.rung.ladder.trial.Race;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The prompt rung: for each model, zero-shot, then with demonstrations whose number and choice a race on {@code tune} decides. */
public final class PromptRung implements RungBuilder {
    private static final List<Integer> SIZES = List.of(4, 8, 16);
    private static final int DRAWS = 3;
    private static final int FIRST_ROUND = 6;

    private final Clock clock;

    public PromptRung(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Rung rung() {
        return Rung.PROMPT;
    }

    @Override
    public List<Proposal> propose(Site site) {
        List<Proposal> proposals = new ArrayList<>();
        for (LanguageModel model : site.models()) {
            String name = model.card().id().value();
            proposals.add(new Proposal.Buildable(
                    name + ", zero-shot", () -> solver(site, model, name + ", zero-shot", List.of())));
            if (site.train().isEmpty()) {
                proposals.add(new Proposal.LeftOut(name + ", few-shot", "there are no training examples to show"));
            } else {
                proposals.add(new Proposal.Buildable(name + ", few-shot", () -> fewShot(site, model)));
            }
        }
        for (Site.Missing missing : site.modelsLeftOut()) {
            proposals.add(new Proposal.LeftOut(missing.model(), missing.reason()));
        }
        return proposals;
    }

    // First how many, with one draw each; then which, at the size that won.
    private Solver fewShot(Site site, LanguageModel model) {
        Race race = new Race(site.task(), site.tune(), FIRST_ROUND);
        List<Solver> sizes = new ArrayList<>();
        for (int size : SIZES) {
            if (size <= site.train().size()) {
                sizes.add(fewShot(site, model, size, 0));
            }
        }
        if (sizes.isEmpty()) {
            return fewShot(site, model, site.train().size(), 0);
        }
        site.progress().at("choosing how many examples to show", 0, 0);
        Solver bySize = race.winner(sizes);
        int size = PromptRecipe.fromJson(bySize.solution().recipe())
                .demonstrations()
                .size();
        List<Solver> draws = new ArrayList<>(List.of(bySize));
        for (int draw = 1; draw < DRAWS; draw++) {
            draws.add(fewShot(site, model, size, draw));
        }
        site.progress().at("choosing which " + size + " examples to show", 0, 0);
        return race.winner(draws);
    }

    private Solver fewShot(Site site, LanguageModel model, int size, int draw) {
        List<Demonstration> shown = Demonstrations.draw(site.train(), size, site.seed() * 31 + draw);
        return solver(site, model, model.card().id() + ", " + shown.size() + " examples", shown);
    }

    private Solver solver(Site site, LanguageModel model, String name, List<Demonstration> shown) {
        PromptRecipe recipe = new PromptRecipe(
                model.card().id(), model.card().fingerprint(), Instruction.of(site.task()), shown, maxTokens(site));
        return new PromptSolver(name, recipe, site.task().output(), model, clock);
    }

    /** Returns room for twice the longest expected answer, at a cautious two characters a token. */
    public static int maxTokens(Site site) {
        if (site.task().output() instanceof OutputContract.Labels) {
            return 32;
        }
        int longest = 0;
        for (Example example : site.train()) {
            longest = Math.max(longest, example.label().text().length());
        }
        return Math.clamp(longest, 64, 1024);
    }
}
