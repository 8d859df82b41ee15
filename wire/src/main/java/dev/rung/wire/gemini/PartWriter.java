package dev.rung.wire.gemini;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Arguments;
import dev.rung.wire.form.Cache;
import dev.rung.wire.form.Conversation;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Losses;
import dev.rung.wire.form.Media;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Seal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes parts, of a request or of a reply. */
final class PartWriter {
    static final String CACHES_BY_ITSELF = "has no place: the server caches prompts by itself";

    /** What Google documents for calls that another model made: newer models demand a signature. */
    private static final String NOT_OURS = "skip_thought_signature_validator";

    private final Losses losses;

    /** The conversation that a request continues, or null for a reply, in which another vendor's seal may travel. */
    private final @Nullable Conversation conversation;

    private final boolean demandsSignature;

    PartWriter(Losses losses, @Nullable Conversation conversation, boolean demandsSignature) {
        this.losses = losses;
        this.conversation = conversation;
        this.demandsSignature = demandsSignature;
    }

    List<Json> parts(List<Part> parts) {
        List<Json> written = new ArrayList<>(parts.size());
        boolean called = false;
        for (Part part : parts) {
            Json.Obj one = switch (part) {
                case Part.Text text -> text(text);
                case Part.Refusal refusal -> Json.object("text", Json.of(refusal.text()));
                case Part.Attachment attachment -> attachment(attachment);
                case Part.ToolCall call -> call(call, !called);
                case Part.ToolResult result -> result(result);
                case Part.Reasoning reasoning -> reasoning(reasoning);
                case Part.Opaque opaque -> {
                    losses.meaning(
                            opaque.place(),
                            "is a " + opaque.kind() + ", which only "
                                    + opaque.dialect().title() + " has");
                    yield null;
                }
            };
            called |= part instanceof Part.ToolCall;
            if (one != null) {
                written.add(one);
            }
        }
        return written;
    }

    private Json.@Nullable Obj text(Part.Text text) {
        cache(text.cache(), text.place());
        if (!text.citations().isEmpty()) {
            losses.hint(text.place().member("citations"), "have no place in a part");
        }
        return text.text().isEmpty() ? null : Json.object("text", Json.of(text.text()));
    }

    private Json.@Nullable Obj attachment(Part.Attachment attachment) {
        cache(attachment.cache(), attachment.place());
        if (attachment.cited()) {
            losses.meaning(attachment.place().member("citations"), "has no counterpart");
        }
        if (attachment.context() != null) {
            losses.meaning(attachment.place().member("context"), "has no place");
        }
        if (attachment.name() != null) {
            losses.hint(attachment.place().member("filename"), "has no place");
        }
        if (attachment.detail() != null && !attachment.detail().equals("auto")) {
            losses.hint(attachment.place().member("detail"), "has no counterpart");
        }
        return switch (attachment.media()) {
            case Media.Inline(String type, String base64) ->
                Json.object(
                        "inlineData",
                        new Members().put("mimeType", type).put("data", base64).build());
            case Media.Url(String url, String type) ->
                Json.object(
                        "fileData",
                        new Members().put("mimeType", type).put("fileUri", url).build());
            case Media.File(Dialect owner, String id) -> {
                if (owner != Dialect.GEMINI) {
                    losses.meaning(attachment.place(), "was uploaded to another vendor");
                    yield null;
                }
                yield Json.object("fileData", Json.object("fileUri", Json.of(id)));
            }
            case Media.Plain(String text) -> Json.object("text", Json.of(text));
        };
    }

    private Json.Obj call(Part.ToolCall call, boolean first) {
        cache(call.cache(), call.place());
        Members function = new Members()
                .put("id", call.id())
                .put("name", call.name())
                .put("args", Arguments.object(call.arguments()));
        Members part = new Members().put("functionCall", function.build());
        Seal seal = call.seal();
        if (seal != null && (seal.format().equals(Seal.GEMINI) || conversation == null)) {
            part.put("thoughtSignature", carried(seal));
        } else if (conversation != null && demandsSignature && first) {
            part.put("thoughtSignature", NOT_OURS);
        }
        return part.build();
    }

    private Json.@Nullable Obj result(Part.ToolResult result) {
        cache(result.cache(), result.place());
        String name =
                result.name() != null || conversation == null ? result.name() : conversation.called(result.callId());
        if (name == null) {
            losses.meaning(result.place(), "is the result of a call that is not in the conversation");
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (Part part : result.content()) {
            if (part instanceof Part.Text words) {
                text.append(words.text());
            } else {
                losses.meaning(part.place(), "cannot be a tool's result, which is text here");
            }
        }
        return Json.object(
                "functionResponse",
                new Members()
                        .put("id", result.callId())
                        .put("name", name)
                        .put("response", response(text.toString(), result.failed()))
                        .build());
    }

    private static Json.Obj response(String text, boolean failed) {
        if (failed) {
            return Json.object("error", Json.of(text));
        }
        if (text.startsWith("{")) {
            Json.Obj object = Arguments.object(text);
            if (object.get(Arguments.INVALID) == null) {
                return object;
            }
        }
        return Json.object("output", Json.of(text));
    }

    private Json.@Nullable Obj reasoning(Part.Reasoning reasoning) {
        Seal seal = reasoning.seal();
        boolean own = seal != null && seal.format().equals(Seal.GEMINI);
        if (!own && conversation != null) {
            losses.hint(reasoning.place(), "is reasoning without Gemini's signature");
            return null;
        }
        Members part = new Members().put("text", reasoning.text());
        if (!own || !reasoning.text().isEmpty()) {
            part.put("thought", true);
        }
        return part.put("thoughtSignature", seal == null ? null : carried(seal)).build();
    }

    /** Returns what stands for the seal in a part of ours. */
    static String carried(Seal seal) {
        return seal.format().equals(Seal.GEMINI) ? seal.value() : seal.envelope();
    }

    private void cache(@Nullable Cache cache, Place place) {
        if (cache != null) {
            losses.hint(place.member("cache_control"), CACHES_BY_ITSELF);
        }
    }
}
