package dev.rung.intake.taskfile;

import org.jspecify.annotations.Nullable;

/**
 * What a task puts up with, and why, in its team's own words; certificates carry them.
 *
 * @param contamination why sealed rows may say what rows say that candidates learn from; null where they may not
 */
public record Waivers(@Nullable String contamination) {
    static final Waivers NONE = new Waivers(null);
    static final String CONTAMINATION = "contamination";
}
