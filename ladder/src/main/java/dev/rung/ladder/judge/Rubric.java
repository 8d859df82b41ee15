package dev.rung.ladder.judge;

import dev.rung.core.Sha256;
import dev.rung.core.json.Json;

/**
 * What a judge goes by.
 *
 * @param goal of the task whose answers are judged
 * @param text when an answer is acceptable, in people's own words
 */
public record Rubric(String goal, String text) {
    public Rubric {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a rubric says when an answer is acceptable");
        }
    }

    /** Returns the hash of all that a judge is told besides the answers, the form of its verdict included: another hash is another judge. */
    public Sha256 hash() {
        return Sha256.of(Json.object(
                        "verdict",
                        Json.of(JudgePrompt.system(this)),
                        "schema",
                        JudgePrompt.VERDICT,
                        "comparison",
                        Json.of(JudgePrompt.comparing(this)),
                        "comparison_schema",
                        JudgePrompt.COMPARISON)
                .canonical());
    }
}
