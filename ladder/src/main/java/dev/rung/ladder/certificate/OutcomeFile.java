package dev.rung.ladder.certificate;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trial's outcomes as lines of canonical JSON.
 *
 * <p>Each line carries, as {@code chain}, the hash of the chain before it and of itself, so that the first line that was changed, added or lost can be named.
 */
final class OutcomeFile {
    private static final String CHAIN = "chain";

    private OutcomeFile() {}

    static byte[] write(List<Outcome> outcomes) {
        StringBuilder text = new StringBuilder();
        String chain = "";
        for (Outcome outcome : outcomes) {
            Json.Obj json = outcome.toJson();
            chain = next(chain, json);
            text.append(json.with(CHAIN, Json.of(chain)).canonical()).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String next(String chain, Json.Obj outcome) {
        return Sha256.of(chain + outcome.canonical()).hex();
    }

    /**
     * What a file of outcomes holds.
     *
     * @param outcomes up to the first line that is wrong
     * @param fault which line is wrong first, and how; null when none is
     */
    record Content(List<Outcome> outcomes, @Nullable String fault) {}

    static Content read(byte[] bytes) {
        List<Outcome> outcomes = new ArrayList<>();
        String chain = "";
        int start = 0;
        for (int line = 1; start < bytes.length; line++) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            if (end == bytes.length) {
                return new Content(outcomes, "line " + line + " does not end");
            }
            String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
            try {
                Json.Obj outcome = outcome(text);
                chain = next(chain, outcome.without(CHAIN));
                if (!chain.equals(outcome.string(CHAIN))) {
                    return new Content(outcomes, "line " + line + " is not the one that was written");
                }
                outcomes.add(Outcome.fromJson(outcome));
            } catch (RungException | IllegalArgumentException | ArithmeticException e) {
                return new Content(outcomes, "line " + line + " is no outcome: " + e.getMessage());
            }
            start = end + 1;
        }
        return new Content(outcomes, null);
    }

    private static Json.Obj outcome(String text) {
        if (!(JsonText.parse(text) instanceof Json.Obj outcome)
                || !outcome.canonical().equals(text)) {
            throw new IllegalArgumentException("not a JSON object in canonical form");
        }
        return outcome;
    }
}
