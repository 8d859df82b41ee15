package dev.rung.app.report;

import dev.rung.core.economics.Usd;
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
 * @param labels what would settle it, where that is known
 * @param missing what the nearest candidate lacks, a sentence a requirement
 * @param remedies what would change the outcome
 */
public record Conclusion(
        Outcome outcome,
        String sentence,
        int candidate,
        @Nullable String release,
        @Nullable String certificate,
        @Nullable Labels labels,
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

    /**
     * Sealed examples that are missing.
     *
     * @param cost of labelling them, where the task says what one label costs
     */
    public record Labels(long more, @Nullable Usd cost) {
        static Labels of(long more, @Nullable Usd each) {
            return new Labels(more, each == null ? null : each.times(more));
        }

        /** Returns, for example, "about 120 more sealed examples (about $60 of labels)". */
        String words() {
            return "about " + Figures.count(more, "more sealed example")
                    + (cost == null ? "" : " (about " + Figures.sum(cost) + " of labels)");
        }

        private Json toJson() {
            Json.Obj json = Json.object("more_examples", Json.of(more));
            return cost == null ? json : json.with("cost_usd", Json.of(cost.amount()));
        }

        private static Labels fromJson(Json.Obj json) {
            return new Labels(
                    json.number("more_examples").longValueExact(),
                    json.get("cost_usd") == null ? null : new Usd(json.number("cost_usd")));
        }
    }

    Json.Obj writeTo(Json.Obj json) {
        return json.with("verdict", Json.of(outcome.key()))
                .with("sentence", Json.of(sentence))
                .with("candidate", Json.of(candidate))
                .with("release", Json.ofNullable(release))
                .with("certificate", Json.ofNullable(certificate))
                .with("labels", labels == null ? Json.Nil.NULL : labels.toJson())
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
                json.get("labels") instanceof Json.Obj labels ? Labels.fromJson(labels) : null,
                Fields.texts(json, "missing"),
                Fields.texts(json, "remedies"));
    }
}
