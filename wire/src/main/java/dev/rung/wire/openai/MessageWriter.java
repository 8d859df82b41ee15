package dev.rung.wire.openai;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Cache;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Losses;
import dev.rung.wire.form.Media;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes messages. */
final class MessageWriter {
    static final String CACHES_BY_ITSELF = "has no place: the server caches prompts by itself";

    private final Losses losses;
    private final Map<String, Place> origins;
    /** The message that is being written, such as {@code messages[0]}. */
    private String at = "";

    /** @param origins is told where the caller wrote what */
    MessageWriter(Losses losses, Map<String, Place> origins) {
        this.losses = losses;
        this.origins = origins;
    }

    private void begin(List<Json> messages, Place origin) {
        at = "messages[" + messages.size() + "]";
        origins.put(at, origin);
    }

    List<Json> messages(List<Turn> turns) {
        List<Json> messages = new ArrayList<>(turns.size());
        for (Turn turn : turns) {
            begin(messages, turn.place());
            switch (turn.role()) {
                case SYSTEM -> messages.add(message("system", turn.parts()));
                case DEVELOPER -> messages.add(message("developer", turn.parts()));
                case ASSISTANT -> messages.add(assistant(turn.parts()));
                case USER, TOOL -> user(turn, messages);
            }
        }
        return messages;
    }

    /** Results of tools are messages of their own, which come right after the calls. */
    private void user(Turn turn, List<Json> messages) {
        List<Part> words = new ArrayList<>(turn.parts().size());
        for (Part part : turn.parts()) {
            if (part instanceof Part.ToolResult result) {
                begin(messages, result.place());
                messages.add(result(result));
            } else {
                words.add(part);
            }
        }
        if (!words.isEmpty()) {
            begin(messages, turn.place());
            messages.add(message("user", words));
        }
    }

    private Json.Obj result(Part.ToolResult result) {
        if (result.failed()) {
            losses.hint(result.place().member("is_error"), "has no place: the result's words must say it");
        }
        cache(result.cache(), result.place());
        for (Part part : result.content()) {
            if (!(part instanceof Part.Text)) {
                losses.meaning(part.place(), "cannot be a tool's result, which is text in " + Dialect.OPENAI.title());
            }
        }
        List<Part> texts =
                result.content().stream().filter(Part.Text.class::isInstance).toList();
        return new Members()
                .put("role", "tool")
                .put("tool_call_id", result.callId())
                .put("content", content(texts))
                .build();
    }

    private Json.Obj message(String role, List<Part> parts) {
        return new Members().put("role", role).put("content", content(parts)).build();
    }

    /** One text is written as a string, which every server takes. */
    private Json content(List<Part> parts) {
        if (parts.isEmpty()) {
            return Json.of("");
        }
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Text text) {
            cache(text.cache(), text.place());
            origins.put(at + ".content", text.place());
            return Json.of(text.text());
        }
        List<Json> written = new ArrayList<>(parts.size());
        for (Part part : parts) {
            Json.Obj one = part(part);
            if (one != null) {
                origins.put(at + ".content[" + written.size() + "]", part.place());
                written.add(one);
            }
        }
        return Json.array(written);
    }

    private Json.@Nullable Obj part(Part part) {
        return switch (part) {
            case Part.Text text -> {
                cache(text.cache(), text.place());
                yield Members.typed("text").put("text", text.text()).build();
            }
            case Part.Attachment attachment -> attachment(attachment);
            case Part.Refusal refusal ->
                Members.typed("refusal").put("refusal", refusal.text()).build();
            case Part.ToolCall call -> misplaced(call);
            case Part.ToolResult result -> misplaced(result);
            case Part.Reasoning reasoning -> misplaced(reasoning);
            case Part.Opaque opaque -> misplaced(opaque);
        };
    }

    private Json.@Nullable Obj misplaced(Part part) {
        losses.meaning(part.place(), "has no place in this message of " + Dialect.OPENAI.title());
        return null;
    }

    private Json.@Nullable Obj attachment(Part.Attachment attachment) {
        cache(attachment.cache(), attachment.place());
        return switch (attachment.kind()) {
            case IMAGE -> image(attachment);
            case DOCUMENT -> document(attachment);
            case AUDIO -> audio(attachment);
            case VIDEO -> misplaced(attachment);
        };
    }

    private Json.@Nullable Obj image(Part.Attachment image) {
        String url = image.media().url();
        if (url == null) {
            return misplaced(image);
        }
        return Members.typed("image_url")
                .put(
                        "image_url",
                        new Members()
                                .put("url", url)
                                .put("detail", image.detail())
                                .build())
                .build();
    }

    private Json.@Nullable Obj document(Part.Attachment document) {
        if (document.cited()) {
            losses.meaning(document.place().member("citations"), "has no counterpart: answers here cite no documents");
        }
        if (document.context() != null) {
            losses.meaning(document.place().member("context"), "has no place");
        }
        Members file = new Members();
        switch (document.media()) {
            case Media.Inline inline ->
                file.put("filename", document.name() == null ? "document" : document.name())
                        .put("file_data", inline.url());
            case Media.File(Dialect owner, String id)
            when owner == Dialect.OPENAI || owner == Dialect.RESPONSES -> file.put("file_id", id);
            case Media.Plain(String text) -> {
                if (document.name() != null) {
                    losses.hint(document.place().member("title"), "has no place beside a text");
                }
                return Members.typed("text").put("text", text).build();
            }
            case Media.Url url -> {
                return misplaced(document);
            }
            case Media.File theirs -> {
                return misplaced(document);
            }
        }
        return Members.typed("file").put("file", file.build()).build();
    }

    private Json.@Nullable Obj audio(Part.Attachment audio) {
        if (!(audio.media() instanceof Media.Inline(String type, String base64))) {
            return misplaced(audio);
        }
        return Members.typed("input_audio")
                .put(
                        "input_audio",
                        new Members()
                                .put("data", base64)
                                .put("format", type.substring(type.indexOf('/') + 1))
                                .build())
                .build();
    }

    private Json.Obj assistant(List<Part> parts) {
        Members message = new Members().put("role", "assistant");
        List<Part> words = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.Text || part instanceof Part.Attachment) {
                words.add(part);
            }
            if (part instanceof Part.Text text && !text.citations().isEmpty()) {
                losses.hint(text.place().member("citations"), "is not taken back by " + Dialect.OPENAI.title());
            }
        }
        if (words.isEmpty()) {
            message.nil("content");
        } else {
            message.put("content", content(words));
        }
        spoken(message, parts, losses);
        return message.build();
    }

    /** Writes what an assistant said beside words: refusal, reasoning and calls. */
    static void spoken(Members message, List<Part> parts, Losses losses) {
        List<Json> calls = new ArrayList<>(0);
        List<Json> details = new ArrayList<>(0);
        StringBuilder reasoning = new StringBuilder(0);
        StringBuilder refusal = new StringBuilder(0);
        boolean sealed = false;
        for (Part part : parts) {
            switch (part) {
                case Part.ToolCall call -> {
                    if (call.cache() != null) {
                        losses.hint(call.place().member("cache_control"), CACHES_BY_ITSELF);
                    }
                    calls.add(call(call));
                }
                case Part.Reasoning thought -> {
                    reasoning.append(thought.text());
                    sealed |= thought.seal() != null;
                    ReasoningDetails.write(thought.text(), thought.seal(), 0, details);
                }
                case Part.Refusal declined -> refusal.append(declined.text());
                case Part.Opaque opaque ->
                    losses.meaning(
                            opaque.place(),
                            "is a " + opaque.kind() + ", which only "
                                    + opaque.dialect().title() + " has");
                case Part.ToolResult result ->
                    losses.meaning(result.place(), "is the result of a tool that the vendor ran");
                case Part.Text text -> {}
                case Part.Attachment attachment -> {}
            }
        }
        if (!reasoning.isEmpty()) {
            message.put("reasoning_content", reasoning.toString());
        }
        if (sealed) {
            message.put("reasoning_details", details);
        }
        if (!refusal.isEmpty()) {
            message.put("refusal", refusal.toString());
        }
        message.putUnlessEmpty("tool_calls", calls);
    }

    private static Json.Obj call(Part.ToolCall call) {
        return new Members()
                .put("id", call.id())
                .put("type", "function")
                .put(
                        "function",
                        new Members()
                                .put("name", call.name())
                                .put("arguments", call.arguments())
                                .build())
                .put("extra_content", ReasoningDetails.extra(call.seal()))
                .build();
    }

    private void cache(@Nullable Cache cache, Place place) {
        if (cache != null) {
            losses.hint(place.member("cache_control"), CACHES_BY_ITSELF);
        }
    }
}
