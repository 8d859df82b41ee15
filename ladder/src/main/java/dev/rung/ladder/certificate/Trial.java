package dev.rung.ladder.certificate;

import dev.rung.core.Sha256;
import dev.rung.core.data.Split;
import dev.rung.core.evidence.Draw;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.rung.Rung;
import dev.rung.ladder.climb.Candidate;
import dev.rung.ladder.climb.Incumbent;
import org.jspecify.annotations.Nullable;

/**
 * A candidate tried on the rows of one split.
 *
 * @param solution the hash of the candidate's solution
 * @param against how the candidate compares with an incumbent; null where it was compared with none
 * @param draw what the trial drew from the error budget: its {@link Evidence#alpha()}; null for a trial that certifies nothing
 */
public record Trial(
        Rung rung,
        String name,
        Sha256 solution,
        Split on,
        Evidence evidence,
        @Nullable Draw draw,
        Incumbent.@Nullable Against against) {
    /** A trial that is compared with nothing. */
    public Trial(Rung rung, String name, Sha256 solution, Split on, Evidence evidence, @Nullable Draw draw) {
        this(rung, name, solution, on, evidence, draw, null);
    }

    /** Returns the trial of a candidate on the sealed rows, whose outcomes are {@code evidence}. */
    public static Trial certifying(Candidate.Tried tried, Evidence evidence) {
        return new Trial(
                tried.rung(),
                tried.name(),
                tried.solution().hash(),
                Split.SEALED,
                evidence,
                tried.draw(),
                tried.kept().against());
    }

    public Trial {
        if ((on == Split.SEALED) != (draw != null)) {
            throw new IllegalArgumentException(
                    name + ": a trial on sealed rows draws from the error budget, and no other one does");
        }
        if (draw != null && draw.alpha() != evidence.alpha()) {
            throw new IllegalArgumentException(name + " drew " + draw.alpha() + " and tests at " + evidence.alpha());
        }
    }
}
