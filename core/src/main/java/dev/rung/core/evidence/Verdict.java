package dev.rung.core.evidence;

import dev.rung.core.task.Requirement;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What the evidence allows to be said of a bar, or of one part of it. */
public sealed interface Verdict {
    /** Returns why, in one plain sentence. */
    String sentence();

    /** Returns the verdict's name for people. */
    default String word() {
        return switch (this) {
            case Pass pass -> "PASS";
            case Fail fail -> "FAIL";
            case NotEnough notEnough -> "NOT ENOUGH EVIDENCE";
        };
    }

    /** It is proved that the bar is met. */
    record Pass(String sentence) implements Verdict {}

    /**
     * It is proved that the bar is missed, or something beside it.
     *
     * @param requirement the one that is missed; null where it is none of the bar's
     */
    record Fail(@Nullable Requirement requirement, String sentence) implements Verdict {}

    /**
     * Neither is proved.
     *
     * @param moreExamples about how many more would prove the bar met if all goes on as so far; empty when no number is expected to
     */
    record NotEnough(String sentence, OptionalLong moreExamples) implements Verdict {}
}
