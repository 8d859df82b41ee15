package dev.rung.intake.audit;

import dev.rung.core.json.Json;
import java.util.List;

/**
 * What a cheap student says of labelled rows: which labels it doubts, how many labels are wrong, and how accuracy grows with more of them.
 *
 * @param findings doubtful labels, if any
 * @param outlook sentences on what would help
 * @param figures as JSON
 * @param notices what was measured on a sample, and with what
 */
record Learnability(List<Finding> findings, List<String> outlook, Json.Obj figures, List<String> notices) {
    /** How many rows a student learns from at most. */
    static final int MOST_ROWS = 20_000;

    static Learnability none() {
        return new Learnability(List.of(), List.of(), Json.object(), List.of());
    }
}
