package dev.rung.wire.openai;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Fields;
import dev.rung.wire.form.Malformed;
import dev.rung.wire.form.Media;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Turn;
import dev.rung.wire.form.Unknown;
import java.util.ArrayList;
import java.util.List;

/** Reads the messages of a request, and that of a reply. */
final class MessageReader {
    private MessageReader() {}

    static Turn read(Fields message, List<Unknown> unknown) {
        String role = message.requireText("role");
        List<Part> parts = new ArrayList<>();
        Turn.Role who = switch (role) {
            case "system" -> Turn.Role.SYSTEM;
            case "developer" -> Turn.Role.DEVELOPER;
            case "user" -> Turn.Role.USER;
            case "assistant" -> Turn.Role.ASSISTANT;
            case "tool" -> Turn.Role.TOOL;
            default ->
                throw Malformed.found(
                        message.place("role"), Json.of(role), "system, developer, user, assistant or tool");
        };
        if (who == Turn.Role.TOOL) {
            List<Part> content = new ArrayList<>();
            content(message, content, unknown);
            parts.add(new Part.ToolResult(
                    message.requireText("tool_call_id"),
                    message.text("name"),
                    content,
                    false,
                    ChatReader.cache(message),
                    message.place()));
        } else if (who == Turn.Role.ASSISTANT) {
            assistant(message, parts, unknown);
        } else {
            content(message, parts, unknown);
        }
        message.finish();
        return new Turn(who, parts, message.place());
    }

    /** Reads what an assistant said: reasoning first, then words, then calls, which is the order in which a model makes them. */
    static void assistant(Fields message, List<Part> parts, List<Unknown> unknown) {
        ReasoningDetails.read(message, parts);
        content(message, parts, unknown);
        String refusal = message.text("refusal");
        if (refusal != null) {
            parts.add(new Part.Refusal(refusal, message.place("refusal")));
        }
        for (Fields call : message.each("tool_calls")) {
            parts.add(call(call));
        }
    }

    private static Part call(Fields call) {
        Fields function = call.fields("function");
        if (function == null) {
            return new Part.Opaque(Dialect.OPENAI, String.valueOf(call.text("type")), call.source(), call.place());
        }
        String arguments = function.text("arguments");
        Part read = new Part.ToolCall(
                call.requireText("id"),
                function.requireText("name"),
                arguments == null ? "" : arguments,
                ReasoningDetails.callSeal(call),
                ChatReader.cache(call),
                call.place());
        function.finish();
        call.pass("type", "index");
        call.finish();
        return read;
    }

    private static void content(Fields message, List<Part> parts, List<Unknown> unknown) {
        Place place = message.place("content");
        switch (message.take("content")) {
            case null -> {}
            case Json.Str(String text) -> parts.add(new Part.Text(text, List.of(), ChatReader.cache(message), place));
            case Json.Arr(List<Json> items) -> {
                for (int i = 0; i < items.size(); i++) {
                    parts.add(part(Fields.of(items.get(i), place.item(i), unknown)));
                }
            }
            case Json other -> throw Malformed.found(place, other, "a string or an array");
        }
    }

    private static Part part(Fields part) {
        String type = part.requireText("type");
        Part read = switch (type) {
            case "text" -> new Part.Text(part.requireText("text"), List.of(), ChatReader.cache(part), part.place());
            case "refusal" -> new Part.Refusal(part.requireText("refusal"), part.place());
            case "image_url" -> image(part, inner(part, "image_url"));
            case "input_audio" -> audio(part, inner(part, "input_audio"));
            case "file" -> file(part, inner(part, "file"));
            default -> null;
        };
        if (read == null) {
            return new Part.Opaque(Dialect.OPENAI, type, part.source(), part.place());
        }
        part.finish();
        return read;
    }

    private static Fields inner(Fields part, String name) {
        Fields inner = part.fields(name);
        if (inner == null) {
            throw Malformed.found(part.place(name), null, "an object");
        }
        return inner;
    }

    private static Part image(Fields part, Fields image) {
        Media media = Media.ofUrl(image.requireText("url"), image.place("url"));
        Part read = new Part.Attachment(
                Part.Kind.IMAGE, media, null, image.text("detail"), null, false, ChatReader.cache(part), part.place());
        image.finish();
        return read;
    }

    private static Part audio(Fields part, Fields audio) {
        Media media = new Media.Inline("audio/" + audio.requireText("format"), audio.requireText("data"));
        audio.finish();
        return new Part.Attachment(
                Part.Kind.AUDIO, media, null, null, null, false, ChatReader.cache(part), part.place());
    }

    private static Part file(Fields part, Fields file) {
        String data = file.text("file_data");
        Media media = data == null
                ? new Media.File(Dialect.OPENAI, file.requireText("file_id"))
                : Media.ofUrl(data, file.place("file_data"));
        Part read = new Part.Attachment(
                Part.Kind.DOCUMENT,
                media,
                file.text("filename"),
                null,
                null,
                false,
                ChatReader.cache(part),
                part.place());
        file.finish();
        return read;
    }
}
