package dev.rung.wire.gemini;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Choice;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Fields;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Reply;
import dev.rung.wire.form.Stop;
import dev.rung.wire.form.TokenScore;
import dev.rung.wire.form.Unknown;
import dev.rung.wire.form.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a whole reply. */
final class CandidatesReader {
    private CandidatesReader() {}

    static Reply read(Json.Obj body) {
        List<Unknown> unknown = new ArrayList<>(0);
        Fields fields = new Fields(body, Place.BODY, unknown);
        String id = fields.text("responseId");
        List<Choice> choices = new ArrayList<>(1);
        for (Fields candidate : fields.each("candidates")) {
            choices.add(candidate(candidate, id == null ? "" : id));
        }
        Stop blocked = blocked(fields.object("promptFeedback"));
        if (choices.isEmpty() && blocked != null) {
            choices.add(new Choice(0, List.of(), blocked, List.of()));
        }
        Json.Obj usage = fields.object("usageMetadata");
        String model = fields.text("modelVersion");
        fields.pass("createTime", "modelStatus");
        fields.finish();
        return new Reply(
                Dialect.GEMINI,
                id == null ? "" : id,
                model == null ? "" : model,
                null,
                choices,
                usage == null ? Usage.UNKNOWN : UsageMetadata.read(usage),
                unknown,
                body);
    }

    /** Returns why the prompt was refused, or null when it was not. */
    static @Nullable Stop blocked(Json.@Nullable Obj feedback) {
        return feedback != null && feedback.get("blockReason") instanceof Json.Str(String reason)
                ? Stop.of(Stop.Reason.FILTER, reason)
                : null;
    }

    private static Choice candidate(Fields candidate, String replyId) {
        List<Part> parts = new ArrayList<>();
        Fields content = candidate.fields("content");
        PartReader reader = new PartReader(replyId);
        if (content != null) {
            for (Fields part : content.each("parts")) {
                reader.read(part, parts);
            }
            content.pass("role");
            content.finish();
        }
        Long index = candidate.whole("index");
        String reason = candidate.text("finishReason");
        boolean called = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
        List<TokenScore> scores = Scores.read(candidate.object("logprobsResult"));
        Json.Obj grounding = candidate.object("groundingMetadata");
        // Ratings and counts that no other dialect has, and that say nothing of the answer's words.
        candidate.pass("safetyRatings", "avgLogprobs", "tokenCount", "finishMessage");
        candidate.finish();
        return new Choice(
                index == null ? 0 : index.intValue(),
                cited(said(parts), grounding),
                FinishReasons.read(reason == null ? "" : reason, called),
                scores);
    }

    private static List<Part> said(List<Part> parts) {
        return parts.stream()
                .filter(part -> !(part instanceof Part.Text text && text.text().isEmpty()))
                .toList();
    }

    private static List<Part> cited(List<Part> parts, Json.@Nullable Obj grounding) {
        if (grounding == null) {
            return parts;
        }
        List<Part> cited = new ArrayList<>(parts);
        for (int i = 0; i < cited.size(); i++) {
            if (cited.get(i) instanceof Part.Text text) {
                cited.set(i, new Part.Text(text.text(), Grounding.read(grounding, text.text()), null, text.place()));
                break;
            }
        }
        return cited;
    }
}
