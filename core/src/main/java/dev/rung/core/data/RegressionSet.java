package dev.rung.core.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a release once failed and that were mended since: every later release must answer them all.
 *
 * @param waiver why a release need not, in the team's words; null where it must
 */
public record RegressionSet(
        String name, List<Example> rows, @Nullable String waiver) {
    public RegressionSet {
        rows = List.copyOf(rows);
    }
}
