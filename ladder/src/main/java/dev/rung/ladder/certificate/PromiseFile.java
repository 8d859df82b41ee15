package dev.rung.ladder.certificate;

import dev.rung.core.economics.Price;
import dev.rung.core.evidence.Outcome;
import java.time.Duration;
import java.util.List;

/** What a threshold with a promise was derived from, as an artifact of the solution that has the threshold. */
public final class PromiseFile {
    /** The name of the artifact. */
    public static final String NAME = "promise.jsonl";
    /** Where a recipe has the derivation. */
    public static final String RECIPE_KEY = "promise";

    /** Where the recipe of a solution that may be silent has what it then says. */
    public static final String SAYS = "says";

    private static final Price UNPRICED = new Price.Unknown("no promise rests on it");

    private PromiseFile() {}

    /** Writes the outcomes without their times and prices, which differ from run to run while the threshold does not. */
    public static byte[] write(List<Outcome> outcomes) {
        return OutcomeFile.write(outcomes.stream()
                .map(outcome -> new Outcome(
                        outcome.example(),
                        outcome.cluster(),
                        outcome.expected(),
                        outcome.output(),
                        outcome.confidence(),
                        outcome.scores(),
                        Duration.ZERO,
                        UNPRICED))
                .toList());
    }
}
