package dev.rung.intake.split;

import dev.rung.core.Sha256;
import dev.rung.core.data.Split;
import dev.rung.intake.taskfile.Sources;
import dev.rung.intake.taskfile.SplitPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * Which split a row falls into: the one that its file is named for, or, in files to learn from, the one that a salted hash of its cluster's name says, among
 * the splits that have no file of their own.
 *
 * <p>Immutable and thread-safe.
 */
public final class SplitAssignment {
    private final List<Split> carved = new ArrayList<>();
    private final SplitPlan plan;
    private final double total;

    public SplitAssignment(Sources sources, SplitPlan plan) {
        this.plan = plan;
        for (Split split : Split.values()) {
            if (split == Split.TRAIN || !sources.files().containsKey(split)) {
                carved.add(split);
            }
        }
        this.total = carved.stream().mapToDouble(plan::share).sum();
    }

    /** Returns the split of a row in a file of {@code named} whose cluster is {@code cluster}. */
    public Split of(Split named, String cluster) {
        if (named != Split.TRAIN || carved.size() == 1) {
            return named;
        }
        long bits = Long.parseUnsignedLong(
                Sha256.of(plan.salt() + "\n" + cluster).hex().substring(0, 16), 16);
        double point = (bits >>> 11) * 0x1p-53 * total;
        double reached = 0;
        for (Split split : carved) {
            reached += plan.share(split);
            if (point < reached) {
                return split;
            }
        }
        return Split.TRAIN; // only by rounding, where the point is the total
    }
}
