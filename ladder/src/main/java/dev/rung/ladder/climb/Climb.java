package dev.rung.ladder.climb;

import dev.rung.core.RungException;
import dev.rung.core.data.Split;
import dev.rung.core.data.TaskData;
import dev.rung.core.evidence.Verdict;
import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A climb: candidates from the lowest rung up, until one provably meets the bar. Used once, by one thread.
 *
 * <p>A candidate first answers rows of {@code tune}. Where those alone prove that it misses the bar it is rejected there, which costs no sealed row and no
 * error budget: whatever was chosen on {@code tune} can only look better there than it is. Otherwise it draws a share of the error budget and answers
 * sealed rows until they decide.
 *
 * <p>Everything that a climb decides on is either saved (model calls, students, draws) or computed again alike, so a climb that was killed and is started
 * again goes the same way without paying twice.
 */
public final class Climb {
    private final Site site;
    private final TaskData data;
    private final List<RungBuilder> builders;
    private final Combination combination;
    private final Tribunal tribunal;
    private final ClimbListener listener;
    private final List<String> outlook;
    private final LongSupplier modelCalls;
    private final Clock clock;
    private final List<Candidate> ladder = new ArrayList<>();
    private final List<Combination.Loaded> loaded = new ArrayList<>();

    /**
     * @param builders the rungs that can be built, from the lowest up
     * @param combination what to make of solvers when none of them holds alone
     * @param budget of the sealed examples in {@code data}, with what earlier climbs have spent
     * @param guard what a candidate must keep beside the bar
     * @param outlook what the data say would help if nothing holds, in sentences
     * @param modelCalls how many model calls were asked for so far, answered from the saved ones or not
     */
    public Climb(
            Site site,
            TaskData data,
            List<RungBuilder> builders,
            Combination combination,
            ErrorShares budget,
            Guard guard,
            ClimbListener listener,
            List<String> outlook,
            LongSupplier modelCalls,
            Clock clock) {
        this.site = site;
        this.data = data;
        this.builders = List.copyOf(builders);
        this.combination = combination;
        this.tribunal = new Tribunal(site, data.sealed(), budget, guard, listener);
        this.listener = listener;
        this.outlook = List.copyOf(outlook);
        this.modelCalls = modelCalls;
        this.clock = clock;
    }

    /** Climbs, and returns what happened. */
    public ClimbRecord run() {
        Instant started = clock.instant();
        long start = System.nanoTime();
        try {
            Candidate.@Nullable Tried winner = null;
            for (RungBuilder builder : builders) {
                winner = tryAll(builder.rung(), builder.propose(site), winner);
            }
            if (winner == null) {
                winner = tryAll(Rung.DISTIL, combination.propose(site, loaded), null);
            }
            Decision decision = Decisions.of(winner, ladder, site, outlook);
            return new ClimbRecord(
                    site.task(),
                    data.hash(),
                    data.sealed().hash(),
                    sizes(),
                    data.salt(),
                    site.seed(),
                    started,
                    Duration.ofNanos(System.nanoTime() - start),
                    ladder,
                    tribunal.draws(),
                    tribunal.sealedAccesses(),
                    decision);
        } finally {
            loaded.forEach(one -> one.solver().close());
        }
    }

    private Candidate.@Nullable Tried tryAll(Rung rung, List<Proposal> proposals, Candidate.@Nullable Tried earlier) {
        Candidate.Tried winner = earlier;
        for (Proposal proposal : proposals) {
            Candidate line = switch (proposal) {
                case Proposal.LeftOut(String name, String reason, String price) ->
                    new Candidate.NotTried(rung, name, reason, price);
                case Proposal.Buildable(String name, Proposal.Recipe recipe) ->
                    winner == null
                            ? attempt(rung, name, recipe)
                            : new Candidate.NotTried(rung, name, "not needed: " + winner.name() + " holds", "");
            };
            ladder.add(line);
            listener.finished(line);
            if (line instanceof Candidate.Tried tried && tried.verdict() instanceof Verdict.Pass) {
                winner = tried;
            }
        }
        return winner;
    }

    private Candidate attempt(Rung rung, String name, Proposal.Recipe recipe) {
        listener.building(rung, name);
        long callsBefore = modelCalls.getAsLong();
        long start = System.nanoTime();
        Solver solver;
        try {
            solver = recipe.build();
        } catch (RungException.Unavailable | RungException.Forbidden e) {
            return new Candidate.NotTried(rung, name, String.valueOf(e.getMessage()), "");
        }
        long built = System.nanoTime();
        Tribunal.Hearing hearing = tribunal.hear(solver);
        Candidate.Effort effort = new Candidate.Effort(
                Duration.ofNanos(built - start),
                Duration.ofNanos(System.nanoTime() - built),
                modelCalls.getAsLong() - callsBefore);
        Candidate.Tried tried = new Candidate.Tried(
                solver.solution(),
                hearing.tune(),
                hearing.sealed(),
                hearing.draw(),
                effort,
                hearing.kept(),
                hearing.unfunded());
        loaded.add(new Combination.Loaded(tried, solver));
        return tried;
    }

    private Map<Split, Integer> sizes() {
        Map<Split, Integer> sizes = new EnumMap<>(Split.class);
        sizes.put(Split.TRAIN, data.train().size());
        sizes.put(Split.TUNE, data.tune().size());
        sizes.put(Split.CALIBRATE, data.calibrate().size());
        sizes.put(Split.SEALED, data.sealed().size());
        return sizes;
    }
}
