package dev.rung.wire.responses;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Asked;
import dev.rung.wire.form.Choice;
import dev.rung.wire.form.Citation;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Losses;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Reply;
import dev.rung.wire.form.ReplyId;
import dev.rung.wire.form.Stop;
import dev.rung.wire.form.Written;
import dev.rung.wire.openai.Annotations;
import java.util.ArrayList;
import java.util.List;

/** Writes a whole response. */
final class OutputWriter {
    private OutputWriter() {}

    static Written write(Reply reply, Asked asked) {
        if (reply.dialect() == Dialect.RESPONSES) {
            return new Written(reply.source().with("model", Json.of(asked.model())), List.of());
        }
        Losses losses = new Losses();
        losses.unknown(reply.unknown(), reply.dialect());
        if (reply.choices().size() > 1) {
            losses.meaning(Place.BODY.member("choices").item(1), "is a second answer, and a response is one");
        }
        Choice choice = reply.choices().isEmpty()
                ? new Choice(0, List.of(), Stop.of(Stop.Reason.OTHER, ""), List.of())
                : reply.choices().getFirst();
        String id = ReplyId.of(Dialect.RESPONSES, reply.id());
        List<Json> output = new ArrayList<>(choice.parts().size());
        for (Part part : choice.parts()) {
            part(part, ReplyId.bare(id) + "_" + output.size(), choice, output, losses);
        }
        long created = reply.created() == null ? asked.now() : reply.created();
        Members body = head(id, created, asked.model())
                .put("status", Endings.incomplete(choice.stop()) == null ? "completed" : "incomplete")
                .put("output", output)
                .put("usage", ResponseUsage.write(reply.usage()));
        ended(body, choice.stop());
        return new Written(body.build(), losses.list());
    }

    private static void part(Part part, String id, Choice choice, List<Json> output, Losses losses) {
        switch (part) {
            case Part.Text text -> {
                List<Json> annotations = new ArrayList<>(0);
                for (Citation citation : text.citations()) {
                    Json.Obj annotation = Annotations.flat(citation);
                    if (annotation == null) {
                        losses.hint(text.place().member("citations"), "cites a document of the request");
                    } else {
                        annotations.add(annotation);
                    }
                }
                output.add(OutputItems.text(id, text.text(), annotations, choice.scores()));
            }
            case Part.Refusal refusal ->
                output.add(OutputItems.message(id, "completed", List.of(OutputItems.refused(refusal.text()))));
            case Part.ToolCall call -> {
                if (call.seal() != null) {
                    output.add(OutputItems.reasoning(id, "", call.seal()));
                }
                output.add(OutputItems.call(id, "completed", call, call.arguments()));
            }
            case Part.Reasoning reasoning -> output.add(OutputItems.reasoning(id, reasoning.text(), reasoning.seal()));
            case Part.Opaque opaque ->
                losses.meaning(
                        opaque.place(),
                        "is a " + opaque.kind() + ", which only "
                                + opaque.dialect().title() + " has");
            case Part.Attachment attachment -> losses.meaning(attachment.place(), "is not text");
            case Part.ToolResult result ->
                losses.meaning(result.place(), "is the result of a tool that the vendor ran");
        }
    }

    /** Returns what every response has; what it would repeat of its request has OpenAI's defaults. */
    static Members head(String id, long created, String model) {
        return new Members()
                .put("id", id)
                .put("object", "response")
                .put("created_at", created)
                .put("status", "in_progress")
                .nil("error")
                .nil("incomplete_details")
                .nil("instructions")
                .nil("max_output_tokens")
                .put("metadata", Json.object())
                .put("model", model)
                .put("output", List.of())
                .put("parallel_tool_calls", true)
                .nil("previous_response_id")
                .put("store", false)
                .nil("temperature")
                .put("text", Json.object("format", Json.object("type", Json.of("text"))))
                .put("tool_choice", "auto")
                .put("tools", List.of())
                .nil("top_p")
                .put("truncation", "disabled")
                .nil("usage");
    }

    static void ended(Members body, Stop stop) {
        String reason = Endings.incomplete(stop);
        if (reason != null) {
            body.put("incomplete_details", Json.object("reason", Json.of(reason)));
        }
    }
}
