package dev.rung.ladder.certificate;

import dev.rung.core.Sha256;
import dev.rung.core.data.Split;
import dev.rung.core.evidence.Draw;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.rung.Rung;
import org.jspecify.annotations.Nullable;

/**
 * A candidate tried on the rows of one split.
 *
 * @param solution the hash of the candidate's solution
 * @param draw what the trial drew from the error budget: its {@link Evidence#alpha()}; null for a trial that certifies nothing
 */
public record Trial(
        Rung rung,
        String name,
        Sha256 solution,
        Split on,
        Evidence evidence,
        @Nullable Draw draw) {
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
