package dev.rung.core.evidence.paired;

import java.util.OptionalLong;

/** What pairs allow to be said of a candidate against an incumbent. */
public sealed interface PairedVerdict {
    /** Returns why, in one plain sentence. */
    String sentence();

    /** Returns the verdict's name for people. */
    default String word() {
        return switch (this) {
            case NotWorse notWorse -> "NOT WORSE";
            case Worse worse -> "WORSE";
            case NotEnough notEnough -> "NOT ENOUGH EVIDENCE";
        };
    }

    /** It is proved that the candidate is worse by less than the margin, if at all. */
    record NotWorse(String sentence) implements PairedVerdict {}

    /** It is proved that the candidate is worse by more than the margin. */
    record Worse(String sentence) implements PairedVerdict {}

    /**
     * Neither is proved.
     *
     * @param morePairs about how many more would prove NOT WORSE if all goes on as so far; empty when no number is expected to
     */
    record NotEnough(String sentence, OptionalLong morePairs) implements PairedVerdict {}
}
