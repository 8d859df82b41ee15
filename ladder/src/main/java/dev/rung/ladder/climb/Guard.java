package dev.rung.ladder.climb;

import dev.rung.core.data.RegressionSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate must keep beside the bar.
 *
 * @param regressions rows that were mended once; none of them may stand in the sealed set
 * @param incumbent what it may not be worse than; null where the task asks for no comparison, or nothing is in force yet
 */
public record Guard(
        List<RegressionSet> regressions, @Nullable Incumbent incumbent) {
    /** Nothing. */
    public static final Guard NONE = new Guard(List.of(), null);

    public Guard {
        regressions = List.copyOf(regressions);
    }

    /** Returns what makes an attempt another claim on the same rows than the bar alone. */
    String claim() {
        return incumbent == null ? "" : "\nnot worse than " + incumbent.solution() + " by " + incumbent.margin();
    }
}
