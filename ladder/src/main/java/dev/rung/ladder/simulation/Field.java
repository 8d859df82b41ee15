package dev.rung.ladder.simulation;

import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solver;
import dev.rung.ladder.climb.Combination;
import dev.rung.ladder.climb.Proposal;
import dev.rung.ladder.climb.RungBuilder;
import dev.rung.ladder.climb.Site;
import dev.rung.ladder.trial.Race;
import java.util.ArrayList;
import java.util.List;

/** The candidates that climbs of one kind have to choose from. */
@FunctionalInterface
interface Field {
    /** How many rows the first round of a race has. */
    int FIRST_ROUND = 16;

    /** What is made of solvers that do not hold alone: nothing. */
    Combination NO_COMBINATION = (site, tried) -> List.of();

    /** Returns the rungs of the next climb in a world. */
    List<RungBuilder> next(Luck world, Chance chance);

    /** Returns fields of so many candidates, all of one accuracy. */
    static Field of(int candidates, double accuracy) {
        return (world, chance) -> {
            List<Proposal> proposals = new ArrayList<>();
            for (int i = 0; i < candidates; i++) {
                proposals.add(proposal(new SyntheticSolver(world, Rung.PROMPT, accuracy, chance.next())));
            }
            return List.of(new Proposing(Rung.PROMPT, proposals));
        };
    }

    /** Returns fields of candidates each of which won a race on {@code tune} against others of the same accuracy. */
    static Field selected(int candidates, int entrants, double accuracy) {
        return (world, chance) -> List.of(new Racing(world, candidates, entrants, accuracy, chance.next()));
    }

    /** Returns fields whose candidates drift: each has an accuracy from the bar less {@code reach} to the bar and as much more. */
    static Field drifting(int candidates, double reach) {
        return (world, chance) -> {
            List<Proposal> proposals = new ArrayList<>();
            for (int i = 0; i < candidates; i++) {
                double accuracy = Ground.BAR + reach * (2 * chance.uniform() - 1);
                proposals.add(proposal(new SyntheticSolver(world, Rung.PROMPT, accuracy, chance.next())));
            }
            return List.of(new Proposing(Rung.PROMPT, proposals));
        };
    }

    /** Returns fields of a student and a stronger solver, of which a cascade can be made. */
    static Field tiers(double student, double stronger) {
        return (world, chance) -> List.of(
                new Proposing(
                        Rung.PROMPT,
                        List.of(proposal(new SyntheticSolver(world, Rung.PROMPT, stronger, chance.next())))),
                new Proposing(
                        Rung.DISTIL,
                        List.of(proposal(new SyntheticSolver(world, Rung.DISTIL, student, chance.next())))));
    }

    private static Proposal proposal(Solver solver) {
        return new Proposal.Buildable(solver.solution().name(), () -> solver);
    }

    /** A rung whose proposals are given. */
    record Proposing(Rung rung, List<Proposal> proposals) implements RungBuilder {
        @Override
        public List<Proposal> propose(Site site) {
            return proposals;
        }
    }

    /** A rung whose candidates are the winners of races. */
    record Racing(Luck world, int candidates, int entrants, double accuracy, long seed) implements RungBuilder {
        @Override
        public Rung rung() {
            return Rung.PROMPT;
        }

        @Override
        public List<Proposal> propose(Site site) {
            List<Proposal> proposals = new ArrayList<>();
            for (int i = 0; i < candidates; i++) {
                long race = Chance.mixed(seed, i);
                proposals.add(new Proposal.Buildable("winner " + (i + 1), () -> winner(site, race)));
            }
            return proposals;
        }

        private Solver winner(Site site, long race) {
            List<Solver> field = new ArrayList<>();
            for (int i = 0; i < entrants; i++) {
                field.add(new SyntheticSolver(world, Rung.PROMPT, accuracy, Chance.mixed(race, i)));
            }
            return new Race(site.task(), site.tune(), FIRST_ROUND).winner(field);
        }
    }
}
