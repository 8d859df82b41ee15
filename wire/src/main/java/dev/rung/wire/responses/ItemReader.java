package dev.rung.wire.responses;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Fields;
import dev.rung.wire.form.Malformed;
import dev.rung.wire.form.Media;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Seal;
import dev.rung.wire.form.Turn;
import dev.rung.wire.form.Unknown;
import dev.rung.wire.openai.Annotations;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads items, of a request's input or of a reply's output. */
final class ItemReader {
    private final List<Unknown> unknown;

    /** The seal of the call that comes next; another vendor's travels in an item of its own. */
    private @Nullable Seal callSeal;

    ItemReader(List<Unknown> unknown) {
        this.unknown = unknown;
    }

    /** Returns the turn, or null for an item that only carries the seal of the next. */
    @Nullable
    Turn turn(Fields item) {
        String type = item.text("type");
        item.pass("id", "status");
        if (type == null || type.equals("message")) {
            return message(item);
        }
        Part part = switch (type) {
            case "function_call" -> call(item);
            case "function_call_output" -> result(item);
            case "reasoning" -> reasoning(item);
            default -> new Part.Opaque(Dialect.RESPONSES, type, item.source(), item.place());
        };
        if (part == null) {
            return null;
        }
        if (!(part instanceof Part.Opaque)) {
            item.finish();
        }
        Turn.Role role = part instanceof Part.ToolResult ? Turn.Role.TOOL : Turn.Role.ASSISTANT;
        return new Turn(role, List.of(part), item.place());
    }

    private Turn message(Fields item) {
        String role = item.requireText("role");
        Turn.Role who = switch (role) {
            case "system" -> Turn.Role.SYSTEM;
            case "developer" -> Turn.Role.DEVELOPER;
            case "user" -> Turn.Role.USER;
            case "assistant" -> Turn.Role.ASSISTANT;
            default -> throw Malformed.found(item.place("role"), Json.of(role), "system, developer, user or assistant");
        };
        Json content = item.take("content");
        if (content == null) {
            throw Malformed.found(item.place("content"), null, "a string or an array");
        }
        item.pass("phase");
        List<Part> parts = content(content, item.place("content"));
        item.finish();
        return new Turn(who, parts, item.place());
    }

    private List<Part> content(Json content, Place place) {
        return switch (content) {
            case Json.Str(String text) -> List.of(new Part.Text(text, place));
            case Json.Arr(List<Json> items) -> {
                List<Part> parts = new ArrayList<>(items.size());
                for (int i = 0; i < items.size(); i++) {
                    parts.add(part(Fields.of(items.get(i), place.item(i), unknown)));
                }
                yield parts;
            }
            default -> throw Malformed.found(place, content, "a string or an array");
        };
    }

    private static Part part(Fields part) {
        String type = part.requireText("type");
        Part read = switch (type) {
            case "input_text" -> new Part.Text(part.requireText("text"), part.place());
            case "output_text" -> {
                part.pass("logprobs");
                yield new Part.Text(
                        part.requireText("text"),
                        Annotations.read(Dialect.RESPONSES, part.items("annotations")),
                        null,
                        part.place());
            }
            case "refusal" -> new Part.Refusal(part.requireText("refusal"), part.place());
            case "input_image" -> image(part);
            case "input_file" -> file(part);
            case "input_audio" -> audio(part);
            default -> new Part.Opaque(Dialect.RESPONSES, type, part.source(), part.place());
        };
        if (!(read instanceof Part.Opaque)) {
            part.finish();
        }
        return read;
    }

    private static Part image(Fields part) {
        String url = part.text("image_url");
        Media media = url == null
                ? new Media.File(Dialect.RESPONSES, part.requireText("file_id"))
                : Media.ofUrl(url, part.place("image_url"));
        return new Part.Attachment(Part.Kind.IMAGE, media, null, part.text("detail"), null, false, null, part.place());
    }

    private static Part file(Fields part) {
        String data = part.text("file_data");
        String url = part.text("file_url");
        Media media = data != null
                ? Media.ofUrl(data, part.place("file_data"))
                : url != null
                        ? new Media.Url(url, null)
                        : new Media.File(Dialect.RESPONSES, part.requireText("file_id"));
        return new Part.Attachment(
                Part.Kind.DOCUMENT, media, part.text("filename"), null, null, false, null, part.place());
    }

    private static Part audio(Fields part) {
        Fields audio = part.fields("input_audio");
        if (audio == null) {
            throw Malformed.found(part.place("input_audio"), null, "an object");
        }
        Media media = new Media.Inline("audio/" + audio.requireText("format"), audio.requireText("data"));
        audio.finish();
        return new Part.Attachment(Part.Kind.AUDIO, media, part.place());
    }

    private Part call(Fields item) {
        String arguments = item.text("arguments");
        Seal seal = callSeal;
        callSeal = null;
        return new Part.ToolCall(
                item.requireText("call_id"),
                item.requireText("name"),
                arguments == null ? "" : arguments,
                seal,
                null,
                item.place());
    }

    private Part result(Fields item) {
        Json output = item.take("output");
        return new Part.ToolResult(
                item.requireText("call_id"),
                null,
                output == null ? List.of() : content(output, item.place("output")),
                false,
                null,
                item.place());
    }

    private @Nullable Part reasoning(Fields item) {
        List<String> texts = new ArrayList<>(1);
        for (String name : List.of("summary", "content")) {
            for (Fields part : item.each(name)) {
                texts.add(part.requireText("text"));
                part.pass("type");
                part.finish();
            }
        }
        Seal seal = seal(item.text("encrypted_content"), text(item.source(), "id"));
        if (seal != null && seal.kind() == Seal.Kind.CALL) {
            callSeal = seal;
            item.finish();
            return null;
        }
        return new Part.Reasoning(String.join("\n\n", texts), seal, item.place());
    }

    static @Nullable Seal seal(@Nullable String encrypted, @Nullable String id) {
        return encrypted == null || encrypted.isEmpty()
                ? null
                : Seal.open(encrypted, new Seal(Seal.OPENAI, Seal.Kind.ENCRYPTED, id, encrypted));
    }

    private static @Nullable String text(Json.Obj object, String name) {
        return object.get(name) instanceof Json.Str(String text) ? text : null;
    }
}
