package dev.rung.app.report;

import dev.rung.core.json.Json;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a climb comes to.
 *
 * @param sentence the decision in one sentence
 * @param candidate the number of the candidate that won, or came nearest; 0 where none could be tried
 * @param release made of the winner, if there is one
 * @param certificate where the release's certificate lies
 * @param missing what the nearest candidate lacks, a sentence a requirement
 * @param remedies what would change the outcome
 */
public record Conclusion(
        Outcome outcome,
        String sentence,
        int candidate,
        @Nullable String release,
        @Nullable String certificate,
        List<String> missing,
        List<String> remedies) {
    public Conclusion {
        missing = List.copyOf(missing);
        remedies = List.copyOf(remedies);
    }

    /** The three ways in which a climb ends. */
    public enum Outcome {
        /** A rung provably meets the bar. */
        MET,
        /** All that could be tried provably misses it. */
        NOT_MET,
        /** Neither is proved. */
        NOT_ENOUGH_EVIDENCE;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Json.Obj writeTo(Json.Obj json) {
        return json.with("verdict", Json.of(outcome.key()))
                .with("sentence", Json.of(sentence))
                .with("candidate", Json.of(candidate))
                .with("release", Json.ofNullable(release))
                .with("certificate", Json.ofNullable(certificate))
                .with("missing", Json.strings(missing))
                .with("remedies", Json.strings(remedies));
    }

    static Conclusion fromJson(Json.Obj json) {
        return new Conclusion(
                Outcome.valueOf(json.string("verdict").toUpperCase(Locale.ROOT)),
                json.string("sentence"),
                Fields.integer(json, "candidate"),
                Fields.text(json, "release"),
                Fields.text(json, "certificate"),
                Fields.texts(json, "missing"),
                Fields.texts(json, "remedies"));
    }
}
