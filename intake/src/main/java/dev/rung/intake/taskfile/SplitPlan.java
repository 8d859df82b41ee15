package dev.rung.intake.taskfile;

import dev.rung.core.data.Split;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How examples are split where files do not say.
 *
 * @param shares of all four splits; they add up to 1
 * @param salt of the hash that assigns clusters to splits
 */
public record SplitPlan(Map<Split, Double> shares, String salt) {
    public SplitPlan {
        shares = Collections.unmodifiableMap(new EnumMap<>(shares));
    }

    public double share(Split split) {
        return shares.getOrDefault(split, 0.0);
    }
}
