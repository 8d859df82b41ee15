package dev.rung.ladder.climb;

import dev.rung.core.evidence.Draw;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.evidence.Verdict;
import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solution;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One line of the ladder: a candidate that was tried, or one that was not. */
public sealed interface Candidate {
    Rung rung();

    String name();

    /**
     * A candidate that answered examples.
     *
     * @param tune what it did on the tune split
     * @param sealed what it did on the sealed split, or null where the tune split was enough to reject it
     * @param draw its share of the error budget, or null where it saw no sealed row
     * @param kept what it kept beside the bar
     */
    record Tried(
            Solution solution,
            Evidence tune,
            @Nullable Evidence sealed,
            @Nullable Draw draw,
            Effort effort,
            Kept kept) implements Candidate {
        /** A candidate of a task that asks for nothing beside the bar. */
        public Tried(Solution solution, Evidence tune, @Nullable Evidence sealed, @Nullable Draw draw, Effort effort) {
            this(solution, tune, sealed, draw, effort, Kept.NOTHING);
        }

        @Override
        public Rung rung() {
            return solution.rung();
        }

        @Override
        public String name() {
            return solution.name();
        }

        /** Returns the evidence that the verdict rests on. */
        public Evidence deciding() {
            return sealed == null ? tune : sealed;
        }

        public Verdict verdict() {
            return kept.verdict(deciding().verdict());
        }
    }

    /**
     * A candidate that was not tried, which is not the same as failed.
     *
     * @param price what is known beforehand of its price, or empty
     */
    record NotTried(Rung rung, String name, String reason, String price) implements Candidate {}

    /** What trying a candidate took. */
    record Effort(Duration build, Duration trial, long modelCalls) {}
}
