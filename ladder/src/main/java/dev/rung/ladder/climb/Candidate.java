package dev.rung.ladder.climb;

import dev.rung.core.evidence.Draw;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.evidence.Verdict;
import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solution;
import java.time.Duration;
import java.util.OptionalLong;
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
     * @param unfunded why it saw no sealed row though tune did not reject it, or null where that is not so
     */
    record Tried(
            Solution solution,
            Evidence tune,
            @Nullable Evidence sealed,
            @Nullable Draw draw,
            Effort effort,
            Kept kept,
            @Nullable Unfunded unfunded)
            implements Candidate {
        public Tried {
            if (unfunded != null && (sealed != null || draw != null)) {
                throw new IllegalArgumentException("an unfunded candidate has seen sealed rows");
            }
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
            return unfunded == null ? kept.verdict(deciding().verdict()) : unfunded.verdict();
        }
    }

    /**
     * A candidate that was not tried, which is not the same as failed.
     *
     * @param price what is known beforehand of its price, or empty
     */
    record NotTried(Rung rung, String name, String reason, String price) implements Candidate {}

    /**
     * Too little of the error budget was left to certify a candidate.
     *
     * @param reason in a sentence
     * @param freshRows about how many fresh sealed rows would give it a good chance
     */
    record Unfunded(String reason, int freshRows) {
        Verdict verdict() {
            return new Verdict.NotEnough(reason, OptionalLong.of(freshRows));
        }
    }

    /** What trying a candidate took. */
    record Effort(Duration build, Duration trial, long modelCalls) {}
}
