package dev.rung.ladder.simulation;

import dev.rung.core.data.SealedExamples;
import dev.rung.core.data.Split;
import dev.rung.core.data.TaskData;
import dev.rung.core.economics.Pricing;
import dev.rung.core.evidence.Draw;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.rung.Rung;
import dev.rung.ladder.climb.Artifacts;
import dev.rung.ladder.climb.Candidate;
import dev.rung.ladder.climb.Climb;
import dev.rung.ladder.climb.ClimbListener;
import dev.rung.ladder.climb.ClimbRecord;
import dev.rung.ladder.climb.Combination;
import dev.rung.ladder.climb.ErrorShares;
import dev.rung.ladder.climb.Guard;
import dev.rung.ladder.climb.Progress;
import dev.rung.ladder.climb.RungBuilder;
import dev.rung.ladder.climb.Site;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The life of one sealed set: climbs on it, one after the other, that share one error budget. Not thread-safe. */
final class Life {
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final ClimbListener NOBODY = new Nobody();

    private final Ground ground;
    private final Site site;
    private final Memory memory = new Memory();
    private final ErrorShares budget;

    Life(Ground ground) {
        this.ground = ground;
        TaskData data = ground.data();
        Pricing machine = new Pricing.Unpriced("a synthetic world has no machine");
        site = Site.of(
                ground.task(), data, List.of(), List.of(), null, machine, null, Artifacts.FORGOTTEN, Progress.NONE, 0);
        SealedExamples sealed = data.sealed();
        budget = new ErrorShares(
                memory, sealed.hash(), sealed.size(), ground.task().bar());
    }

    /** Climbs once more on the same sealed rows. */
    ClimbRecord climb(List<RungBuilder> builders, Combination combination) {
        return new Climb(
                        site,
                        ground.data(),
                        builders,
                        combination,
                        budget,
                        Guard.NONE,
                        NOBODY,
                        List.of(),
                        () -> 0,
                        CLOCK)
                .run();
    }

    /** Tells whether a candidate of {@code record} could not be certified because the error budget is used up. */
    static boolean usedUp(ClimbRecord record) {
        return record.candidates().stream()
                .anyMatch(candidate -> candidate instanceof Candidate.Tried tried && tried.unfunded() != null);
    }

    /** Returns how many attempts have drawn on the budget. */
    int draws() {
        return memory.draws.size();
    }

    /** Draws kept for as long as the life lasts. */
    private static final class Memory implements ErrorShares.Book {
        private final List<Draw> draws = new ArrayList<>();

        @Override
        public boolean draw(String attempt, String candidate, double share, double total) {
            double left = total;
            for (Draw draw : draws) {
                if (draw.attempt().equals(attempt)) {
                    return true;
                }
                left -= draw.alpha();
            }
            double amount = share * left;
            return amount > 0 && draws.add(new Draw(draws.size() + 1, attempt, amount));
        }

        @Override
        public void settle(String attempt, String verdict) {}

        @Override
        public List<Draw> draws() {
            return List.copyOf(draws);
        }
    }

    private static final class Nobody implements ClimbListener {
        @Override
        public void building(Rung rung, String name) {}

        @Override
        public void answered(Rung rung, String name, Split split, Evidence evidence, int rows) {}

        @Override
        public void finished(Candidate candidate) {}
    }
}
