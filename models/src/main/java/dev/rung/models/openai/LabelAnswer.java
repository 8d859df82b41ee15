package dev.rung.models.openai;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the label in a model's answer, strictly: the answer is a label or it is none. */
final class LabelAnswer {
    private LabelAnswer() {}

    /** Returns the schema of {@code {"label": …}}, which only the labels satisfy. */
    static Json.Obj schema(List<String> labels) {
        Json.Obj label = Json.object("type", Json.of("string"), "enum", Json.strings(labels));
        return Json.object(
                "type", Json.of("object"),
                "properties", Json.object("label", label),
                "required", Json.strings(List.of("label")),
                "additionalProperties", Json.of(false));
    }

    /** Returns the label in {@code {"label": …}}. */
    static Optional<String> inJson(String text, List<String> labels) {
        try {
            return JsonText.parse(text) instanceof Json.Obj object
                            && object.get("label") instanceof Json.Str(String label)
                            && labels.contains(label)
                    ? Optional.of(label)
                    : Optional.empty();
        } catch (RungException.WrongInput e) {
            return Optional.empty();
        }
    }

    /** Returns the label that {@code text} is, but for case, quotes, emphasis and a full stop around it. */
    static Optional<String> verbatim(String text, List<String> labels) {
        String answer = text.strip();
        if (labels.contains(answer)) {
            return Optional.of(answer);
        }
        String bare = bare(answer);
        List<String> alike =
                labels.stream().filter(label -> bare(label).equals(bare)).toList();
        return alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty();
    }

    private static String bare(String text) {
        return text.strip().replaceAll("^[\"'`*]+|[\"'`*.]+$", "").strip().toLowerCase(Locale.ROOT);
    }
}
