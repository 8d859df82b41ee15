package dev.rung.wire.responses;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Seal;
import dev.rung.wire.form.TokenScore;
import dev.rung.wire.openai.Scores;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the items of a reply's output, one for each part. */
final class OutputItems {
    private OutputItems() {}

    static Json.Obj text(String id, String text, List<Json> annotations, List<TokenScore> scores) {
        return message(id, "completed", List.of(outputText(text, annotations, scores)));
    }

    static Json.Obj outputText(String text, List<Json> annotations, List<TokenScore> scores) {
        return Members.typed("output_text")
                .put("text", text)
                .put("annotations", annotations)
                .put("logprobs", Scores.write(scores))
                .build();
    }

    static Json.Obj refused(String text) {
        return Members.typed("refusal").put("refusal", text).build();
    }

    static Json.Obj message(String id, String status, List<Json> content) {
        return Members.typed("message")
                .put("id", "msg_" + id)
                .put("status", status)
                .put("role", "assistant")
                .put("content", content)
                .build();
    }

    static Json.Obj call(String id, String status, Part.ToolCall call, String arguments) {
        return Members.typed("function_call")
                .put("id", "fc_" + id)
                .put("status", status)
                .put("call_id", call.id())
                .put("name", call.name())
                .put("arguments", arguments)
                .build();
    }

    static Json.Obj reasoning(String id, String text, @Nullable Seal seal) {
        String encrypted = seal == null ? null : carried(seal);
        String own = seal != null && seal.format().equals(Seal.OPENAI) && seal.id() != null ? seal.id() : "rs_" + id;
        return ItemWriter.reasoning(text, encrypted, own).build();
    }

    /** Returns what stands for the seal in an item of ours. */
    private static String carried(Seal seal) {
        return seal.format().equals(Seal.OPENAI) && seal.kind() == Seal.Kind.ENCRYPTED ? seal.value() : seal.envelope();
    }
}
