package dev.rung.wire.openai;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Fields;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Seal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reasoning in a message: {@code reasoning_content} where it is only to be read, and {@code reasoning_details} (as OpenRouter has them) where its vendor wants it
 * back with a seal.
 */
final class ReasoningDetails {
    private ReasoningDetails() {}

    static void read(Fields message, List<Part> parts) {
        String content = message.text("reasoning_content");
        String reasoning = message.text("reasoning");
        List<Fields> details = message.each("reasoning_details");
        if (details.isEmpty()) {
            String text = content == null ? reasoning : content;
            if (text != null && !text.isEmpty()) {
                parts.add(new Part.Reasoning(text, null, message.place("reasoning_content")));
            }
            return;
        }
        String summary = "";
        for (Fields detail : details) {
            String format = detail.text("format");
            String id = detail.text("id");
            String owner = format == null ? "unknown" : format;
            String type = detail.requireText("type");
            detail.pass("index");
            switch (type) {
                case "reasoning.text" -> {
                    String text = detail.text("text");
                    String signature = detail.text("signature");
                    Seal seal = signature == null ? null : new Seal(owner, Seal.Kind.SIGNATURE, id, signature);
                    parts.add(new Part.Reasoning(text == null ? "" : text, seal, detail.place()));
                }
                case "reasoning.summary" -> summary += detail.requireText("summary");
                case "reasoning.encrypted" -> {
                    Seal seal = new Seal(owner, Seal.Kind.ENCRYPTED, id, detail.requireText("data"));
                    parts.add(new Part.Reasoning(summary, seal, detail.place()));
                    summary = "";
                }
                default -> parts.add(new Part.Opaque(Dialect.OPENAI, type, detail.source(), detail.place()));
            }
            detail.finish();
        }
        if (!summary.isEmpty()) {
            parts.add(new Part.Reasoning(summary, null, message.place("reasoning_details")));
        }
    }

    /** Returns the seal of a call, where Google's servers that speak this dialect put it. */
    static @Nullable Seal callSeal(Fields call) {
        Fields extra = call.fields("extra_content");
        Fields google = extra == null ? null : extra.fields("google");
        if (extra == null || google == null) {
            return null;
        }
        String signature = google.text("thought_signature");
        google.finish();
        extra.finish();
        return signature == null ? null : Seal.open(signature, new Seal(Seal.GEMINI, Seal.Kind.CALL, null, signature));
    }

    /** Returns the member {@code extra_content} of a call with this seal. */
    static Json.@Nullable Obj extra(@Nullable Seal seal) {
        if (seal == null) {
            return null;
        }
        String value = seal.format().equals(Seal.GEMINI) ? seal.value() : seal.envelope();
        return Json.object("google", Json.object("thought_signature", Json.of(value)));
    }

    /** Adds the details of one part; {@code before} have been written already. */
    static void write(String text, @Nullable Seal seal, int before, List<Json> details) {
        if (seal == null) {
            details.add(Members.typed("reasoning.text")
                    .put("text", text)
                    .put("index", (long) before + details.size())
                    .build());
            return;
        }
        if (seal.kind() == Seal.Kind.SIGNATURE) {
            details.add(Members.typed("reasoning.text")
                    .put("text", text)
                    .put("signature", seal.value())
                    .put("id", seal.id())
                    .put("format", seal.format())
                    .put("index", (long) before + details.size())
                    .build());
            return;
        }
        if (!text.isEmpty()) {
            details.add(Members.typed("reasoning.summary")
                    .put("summary", text)
                    .put("format", seal.format())
                    .put("index", (long) before + details.size())
                    .build());
        }
        details.add(Members.typed("reasoning.encrypted")
                .put("data", seal.value())
                .put("id", seal.id())
                .put("format", seal.format())
                .put("index", (long) before + details.size())
                .build());
    }
}
