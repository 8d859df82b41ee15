package dev.rung.ladder.climb;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a climb comes to. */
public sealed interface Decision {
    /** The lowest rung that provably meets the bar. */
    record Met(Candidate.Tried winner) implements Decision {}

    /**
     * Everything that could be tried provably misses the bar.
     *
     * @param best the candidate that came nearest, or null where none could be tried
     * @param missing what it lacks, a sentence a requirement
     * @param remedies what would change the outcome
     */
    record NotMet(Candidate.@Nullable Tried best, List<String> missing, List<String> remedies) implements Decision {}

    /**
     * No candidate provably meets the bar, and at least one does not provably miss it.
     *
     * @param nearest the candidate that more examples would settle
     * @param moreExamples how many more sealed examples are expected to settle it; empty when no number can be said
     */
    record Open(Candidate.Tried nearest, OptionalLong moreExamples, List<String> remedies) implements Decision {}
}
