package dev.rung.wire;

import dev.rung.wire.form.AnswerFormat;
import dev.rung.wire.form.Arguments;
import dev.rung.wire.form.Choice;
import dev.rung.wire.form.Conversation;
import dev.rung.wire.form.Media;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Stop;
import dev.rung.wire.form.Tool;
import dev.rung.wire.form.ToolChoice;
import dev.rung.wire.form.Turn;
import java.util.ArrayList;
import java.util.List;

/** What a conversation or an answer says, as lines, whatever the dialect's way of cutting it into messages. */
final class Essence {
    private Essence() {}

    static List<String> of(Conversation conversation) {
        List<String> lines = new ArrayList<>();
        for (Turn turn : conversation.turns()) {
            String who = turn.instructs() ? "system" : turn.role() == Turn.Role.ASSISTANT ? "assistant" : "user";
            for (Part part : turn.parts()) {
                lines.add(who + ": " + part(part));
            }
        }
        for (Tool tool : conversation.tools()) {
            lines.add(
                    switch (tool) {
                        case Tool.Function f ->
                            "tool " + f.name() + " " + f.description() + " " + f.schema() + " " + f.cache();
                        case Tool.Opaque opaque -> "tool " + opaque.kind();
                    });
        }
        lines.add("choice "
                + switch (conversation.toolChoice()) {
                    case null -> "unsaid";
                    case ToolChoice.Auto auto -> "auto";
                    case ToolChoice.None none -> "none";
                    case ToolChoice.Required required -> "required";
                    case ToolChoice.Named named -> named.name();
                });
        conversation
                .settings()
                .forEach((knob, setting) ->
                        lines.add(knob + "=" + setting.value().canonical()));
        lines.add("format "
                + switch (conversation.format()) {
                    case null -> "text";
                    case AnswerFormat.JsonObject object -> "object";
                    case AnswerFormat.JsonSchema schema -> schema.schema().canonical();
                });
        lines.add("stream " + conversation.stream());
        return lines;
    }

    static List<String> of(Choice choice) {
        List<String> lines = new ArrayList<>();
        for (Part part : choice.parts()) {
            lines.add(part(part));
        }
        lines.add("stop " + stop(choice.stop(), choice));
        return lines;
    }

    /** Dialects differ in whether a refusal is a kind of text, a reason to stop, or both. */
    private static String stop(Stop stop, Choice choice) {
        boolean declined = choice.parts().stream().anyMatch(Part.Refusal.class::isInstance)
                || stop.reason() == Stop.Reason.REFUSAL
                || stop.reason() == Stop.Reason.FILTER;
        return declined ? "declined" : stop.reason().name();
    }

    private static String part(Part part) {
        return switch (part) {
            case Part.Text text -> "says " + text.text() + text.citations();
            case Part.Refusal refusal -> "says " + refusal.text() + "[]";
            case Part.Attachment attachment -> attachment.kind() + " " + media(attachment.media());
            case Part.ToolCall call ->
                "calls " + call.id() + " " + call.name() + " " + Arguments.object(call.arguments()) + " " + call.seal();
            case Part.ToolResult result ->
                "result " + result.callId() + " "
                        + result.content().stream().map(Essence::part).toList();
            case Part.Reasoning reasoning -> "thinks " + reasoning.text() + " " + reasoning.seal();
            case Part.Opaque opaque -> "opaque " + opaque.kind();
        };
    }

    private static String media(Media media) {
        return media instanceof Media.Inline(String type, String base64) ? type + " " + base64 : media.toString();
    }
}
