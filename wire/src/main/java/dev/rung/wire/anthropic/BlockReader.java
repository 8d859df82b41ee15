package dev.rung.wire.anthropic;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Cache;
import dev.rung.wire.form.Citation;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Fields;
import dev.rung.wire.form.Malformed;
import dev.rung.wire.form.Media;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Seal;
import dev.rung.wire.form.Unknown;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads content blocks. */
final class BlockReader {
    private final List<Unknown> unknown;

    /** The seal of the call that comes next; another vendor's travels in a block of its own. */
    private @Nullable Seal callSeal;

    BlockReader(List<Unknown> unknown) {
        this.unknown = unknown;
    }

    List<Part> content(Json content, Place place) {
        return switch (content) {
            case Json.Str(String text) -> List.of(new Part.Text(text, place));
            case Json.Arr(List<Json> items) -> {
                List<Part> parts = new ArrayList<>(items.size());
                for (int i = 0; i < items.size(); i++) {
                    Part part = block(Fields.of(items.get(i), place.item(i), unknown));
                    if (part != null) {
                        parts.add(part);
                    }
                }
                yield parts;
            }
            default -> throw Malformed.found(place, content, "a string or an array");
        };
    }

    /** Returns the part, or null for a block that only carries the seal of the next. */
    private @Nullable Part block(Fields block) {
        String type = block.requireText("type");
        Part part = switch (type) {
            case "text" -> text(block);
            case "image" -> image(block);
            case "document" -> document(block);
            case "tool_use" -> call(block);
            case "tool_result" -> result(block);
            case "thinking" -> thinking(block);
            case "redacted_thinking" -> {
                Seal seal = redacted(block.requireText("data"));
                if (seal.kind() == Seal.Kind.CALL) {
                    callSeal = seal;
                    block.finish();
                    yield null;
                }
                yield new Part.Reasoning("", seal, block.place());
            }
            default -> new Part.Opaque(Dialect.ANTHROPIC, type, block.source(), block.place());
        };
        if (!(part instanceof Part.Opaque)) {
            block.finish();
        }
        return part;
    }

    static Seal redacted(String data) {
        return Seal.open(data, new Seal(Seal.ANTHROPIC, Seal.Kind.ENCRYPTED, null, data));
    }

    static @Nullable Seal signed(@Nullable String signature) {
        return signature == null || signature.isEmpty()
                ? null
                : Seal.open(signature, new Seal(Seal.ANTHROPIC, Seal.Kind.SIGNATURE, null, signature));
    }

    private static Part text(Fields block) {
        List<Citation> citations = new ArrayList<>(0);
        for (Json citation : block.items("citations")) {
            if (citation instanceof Json.Obj object) {
                citations.add(Citations.read(object));
            }
        }
        return new Part.Text(block.requireText("text"), citations, cache(block), block.place());
    }

    private Part image(Fields block) {
        return new Part.Attachment(
                Part.Kind.IMAGE, source(block), null, null, null, false, cache(block), block.place());
    }

    private Part document(Fields block) {
        Fields citations = block.fields("citations");
        boolean cited = citations != null && citations.isTrue("enabled");
        if (citations != null) {
            citations.finish();
        }
        if (block.source().get("source") instanceof Json.Obj source
                && source.get("content") != null) { // a document made of blocks
            return new Part.Opaque(Dialect.ANTHROPIC, "document", block.source(), block.place());
        }
        return new Part.Attachment(
                Part.Kind.DOCUMENT,
                source(block),
                block.text("title"),
                null,
                block.text("context"),
                cited,
                cache(block),
                block.place());
    }

    private static Media source(Fields block) {
        Fields source = block.fields("source");
        if (source == null) {
            throw Malformed.found(block.place("source"), null, "an object");
        }
        String type = source.requireText("type");
        String mediaType = source.text("media_type");
        Media media = switch (type) {
            case "base64" ->
                new Media.Inline(
                        mediaType == null ? "application/octet-stream" : mediaType, source.requireText("data"));
            case "url" -> new Media.Url(source.requireText("url"), null);
            case "file" -> new Media.File(Dialect.ANTHROPIC, source.requireText("file_id"));
            case "text" -> new Media.Plain(source.requireText("data"));
            default -> throw Malformed.found(source.place("type"), Json.of(type), "base64, url, file or text");
        };
        source.finish();
        return media;
    }

    private Part call(Fields block) {
        Json.Obj input = block.object("input");
        Seal seal = callSeal;
        callSeal = null;
        return new Part.ToolCall(
                block.requireText("id"),
                block.requireText("name"),
                input == null ? "{}" : input.compact(),
                seal,
                cache(block),
                block.place());
    }

    private Part result(Fields block) {
        Json content = block.take("content");
        return new Part.ToolResult(
                block.requireText("tool_use_id"),
                null,
                content == null ? List.of() : content(content, block.place("content")),
                block.isTrue("is_error"),
                cache(block),
                block.place());
    }

    private static Part thinking(Fields block) {
        return new Part.Reasoning(block.requireText("thinking"), signed(block.text("signature")), block.place());
    }

    static @Nullable Cache cache(Fields block) {
        Fields cache = block.fields("cache_control");
        if (cache == null) {
            return null;
        }
        cache.pass("type");
        Cache read = new Cache(cache.text("ttl"));
        cache.finish();
        return read;
    }
}
