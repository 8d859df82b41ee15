package dev.rung.intake.taskfile;

import dev.rung.core.rung.ReleaseId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a task asks of a release beside its bar, and what it waives in writing.
 *
 * @param incumbent what releases are compared with; null for the one that is in force
 * @param margin how much worse than the incumbent a release may not be; null where nothing is compared
 * @param regressionWaivers by the name of a regression set, why a release need not keep it
 */
public record ReleaseRules(
        @Nullable ReleaseId incumbent, @Nullable Double margin, SequencedMap<String, String> regressionWaivers) {
    /** Nothing is asked or waived. */
    public static final ReleaseRules NONE = new ReleaseRules(null, null, new LinkedHashMap<>());

    public ReleaseRules {
        regressionWaivers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(regressionWaivers));
    }
}
