package dev.rung.wire.gemini;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Fields;
import dev.rung.wire.form.Media;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Seal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of one conversation.
 *
 * <p>Gemini's calls may lack ids, which other dialects need: such a call gets a number, the same in every request that repeats it, and a result without id belongs to the first
 * call of its function that has none yet.
 */
final class PartReader {
    private final Map<String, Deque<String>> unanswered = new HashMap<>();
    private final String prefix;
    private int calls;

    /** Reads the parts of a request. */
    PartReader() {
        this("");
    }

    /** Reads the parts of the reply of this name, whose calls must not have the names of earlier ones. */
    PartReader(String reply) {
        this.prefix = reply.isEmpty() ? "call_" : "call_" + reply + "_";
    }

    void read(Fields part, List<Part> to) {
        String signature = part.text(Names.of(part, "thoughtSignature"));
        String text = part.text("text");
        if (text != null) {
            Seal seal = signature == null || signature.isEmpty() ? null : seal(signature, Seal.Kind.SIGNATURE);
            if (part.isTrue("thought")) {
                to.add(new Part.Reasoning(text, seal, part.place()));
            } else {
                if (!text.isEmpty() || seal == null) {
                    to.add(new Part.Text(text, part.place()));
                }
                if (seal != null) {
                    to.add(new Part.Reasoning("", seal, part.place()));
                }
            }
            part.finish();
            return;
        }
        part.pass("thought");
        Part read = other(part, signature);
        if (!(read instanceof Part.Opaque)) {
            part.finish();
        }
        to.add(read);
    }

    static Seal seal(String signature, Seal.Kind kind) {
        return Seal.open(signature, new Seal(Seal.GEMINI, kind, null, signature));
    }

    private Part other(Fields part, @Nullable String signature) {
        Fields call = part.fields(Names.of(part, "functionCall"));
        if (call != null) {
            return call(call, signature);
        }
        Fields response = part.fields(Names.of(part, "functionResponse"));
        if (response != null) {
            return response(response);
        }
        Fields data = part.fields(Names.of(part, "inlineData"));
        if (data != null) {
            String type = data.requireText(Names.of(data, "mimeType"));
            Media media = new Media.Inline(type, data.requireText("data"));
            String name = data.text(Names.of(data, "displayName"));
            data.finish();
            return new Part.Attachment(kind(type), media, name, null, null, false, null, part.place());
        }
        Fields file = part.fields(Names.of(part, "fileData"));
        if (file != null) {
            String type = file.text(Names.of(file, "mimeType"));
            String uri = file.requireText(Names.of(file, "fileUri"));
            boolean theirs = !uri.startsWith("http") || uri.startsWith("https://generativelanguage.googleapis.com/");
            file.finish();
            return new Part.Attachment(
                    kind(type == null ? "" : type),
                    theirs ? new Media.File(Dialect.GEMINI, uri) : new Media.Url(uri, type),
                    part.place());
        }
        String kind = part.source().members().isEmpty()
                ? "empty part"
                : part.source().members().firstEntry().getKey();
        return new Part.Opaque(Dialect.GEMINI, kind, part.source(), part.place());
    }

    private Part call(Fields call, @Nullable String signature) {
        String name = call.requireText("name");
        String id = call.text("id");
        if (id == null) {
            id = prefix + calls++;
            unanswered.computeIfAbsent(name, n -> new ArrayDeque<>()).add(id);
        }
        Json.Obj arguments = call.object("args");
        call.finish();
        return new Part.ToolCall(
                id,
                name,
                arguments == null ? "{}" : arguments.compact(),
                signature == null || signature.isEmpty() ? null : seal(signature, Seal.Kind.CALL),
                null,
                call.place());
    }

    private Part response(Fields response) {
        String name = response.requireText("name");
        String id = response.text("id");
        if (id == null) {
            Deque<String> open = unanswered.get(name);
            String first = open == null ? null : open.poll();
            id = first == null ? prefix + calls++ : first;
        }
        Json.Obj result = response.object("response");
        response.finish();
        Json.Obj said = result == null ? Json.object() : result;
        boolean failed = said.members().size() == 1 && said.get("error") != null;
        Json plain = failed ? said.get("error") : said.members().size() == 1 ? said.get("output") : null;
        String text = plain instanceof Json.Str(String words) ? words : (plain == null ? said : plain).compact();
        return new Part.ToolResult(
                id, name, List.of(new Part.Text(text, response.place())), failed, null, response.place());
    }

    private static Part.Kind kind(String type) {
        return type.startsWith("image/")
                ? Part.Kind.IMAGE
                : type.startsWith("audio/")
                        ? Part.Kind.AUDIO
                        : type.startsWith("video/") ? Part.Kind.VIDEO : Part.Kind.DOCUMENT;
    }
}
