package dev.rung.wire.responses;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Cache;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Losses;
import dev.rung.wire.form.Media;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Seal;
import dev.rung.wire.form.Turn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the items of a request's input. */
final class ItemWriter {
    static final String CACHES_BY_ITSELF = "has no place: the server caches prompts by itself";

    private final Losses losses;

    ItemWriter(Losses losses) {
        this.losses = losses;
    }

    List<Json> items(List<Turn> turns) {
        List<Json> items = new ArrayList<>(turns.size());
        for (Turn turn : turns) {
            switch (turn.role()) {
                case SYSTEM -> items.add(message("system", turn.parts()));
                case DEVELOPER -> items.add(message("developer", turn.parts()));
                case USER, TOOL -> user(turn.parts(), items);
                case ASSISTANT -> turn.parts().forEach(part -> said(part, items));
            }
        }
        return items;
    }

    private void user(List<Part> parts, List<Json> items) {
        List<Part> words = new ArrayList<>(parts.size());
        for (Part part : parts) {
            if (part instanceof Part.ToolResult result) {
                items.add(result(result));
            } else {
                words.add(part);
            }
        }
        if (!words.isEmpty()) {
            items.add(message("user", words));
        }
    }

    private Json.Obj message(String role, List<Part> parts) {
        return Members.typed("message")
                .put("role", role)
                .put("content", content(parts))
                .build();
    }

    private Json content(List<Part> parts) {
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Text text) {
            cache(text.cache(), text.place());
            return Json.of(text.text());
        }
        List<Json> written = new ArrayList<>(parts.size());
        for (Part part : parts) {
            Json.Obj one = switch (part) {
                case Part.Text text -> {
                    cache(text.cache(), text.place());
                    yield inputText(text.text());
                }
                case Part.Attachment attachment -> attachment(attachment);
                case Part.Refusal refusal -> inputText(refusal.text());
                case Part.ToolCall other -> misplaced(other);
                case Part.ToolResult other -> misplaced(other);
                case Part.Reasoning other -> misplaced(other);
                case Part.Opaque other -> misplaced(other);
            };
            if (one != null) {
                written.add(one);
            }
        }
        return Json.array(written);
    }

    private static Json.Obj inputText(String text) {
        return Members.typed("input_text").put("text", text).build();
    }

    private Json.@Nullable Obj misplaced(Part part) {
        losses.meaning(part.place(), "has no place in this item of " + Dialect.RESPONSES.title());
        return null;
    }

    private Json.@Nullable Obj attachment(Part.Attachment attachment) {
        cache(attachment.cache(), attachment.place());
        if (attachment.cited()) {
            losses.meaning(attachment.place().member("citations"), "has no counterpart");
        }
        if (attachment.context() != null) {
            losses.meaning(attachment.place().member("context"), "has no place");
        }
        Media media = attachment.media();
        return switch (attachment.kind()) {
            case IMAGE -> {
                Members image = Members.typed("input_image")
                        .put("detail", attachment.detail() == null ? "auto" : attachment.detail());
                yield media.url() != null
                        ? image.put("image_url", media.url()).build()
                        : file(media, image, attachment);
            }
            case DOCUMENT -> {
                Members file = Members.typed("input_file").put("filename", attachment.name());
                yield switch (media) {
                    case Media.Inline inline -> {
                        if (attachment.name() == null) {
                            file.put("filename", "document");
                        }
                        yield file.put("file_data", inline.url()).build();
                    }
                    case Media.Url(String url, String type) ->
                        file.remove("filename").put("file_url", url).build();
                    case Media.File theirs -> file(media, file.remove("filename"), attachment);
                    case Media.Plain(String text) -> inputText(text);
                };
            }
            case AUDIO -> {
                if (!(media instanceof Media.Inline(String type, String base64))) {
                    yield misplaced(attachment);
                }
                Members audio = new Members().put("data", base64).put("format", type.substring(type.indexOf('/') + 1));
                yield Members.typed("input_audio")
                        .put("input_audio", audio.build())
                        .build();
            }
            case VIDEO -> misplaced(attachment);
        };
    }

    private Json.@Nullable Obj file(Media media, Members part, Part.Attachment attachment) {
        return media instanceof Media.File(Dialect owner, String id)
                        && (owner == Dialect.OPENAI || owner == Dialect.RESPONSES)
                ? part.put("file_id", id).build()
                : misplaced(attachment);
    }

    private Json.Obj result(Part.ToolResult result) {
        cache(result.cache(), result.place());
        if (result.failed()) {
            losses.hint(result.place().member("is_error"), "has no place: the result's words must say it");
        }
        return Members.typed("function_call_output")
                .put("call_id", result.callId())
                .put("output", result.content().isEmpty() ? Json.of("") : content(result.content()))
                .build();
    }

    private void said(Part part, List<Json> items) {
        switch (part) {
            case Part.Text text -> {
                cache(text.cache(), text.place());
                if (!text.citations().isEmpty()) {
                    losses.hint(text.place().member("citations"), "of another vendor are not taken back");
                }
                items.add(assistant(
                        Members.typed("output_text").put("text", text.text()).put("annotations", List.of())));
            }
            case Part.Refusal refusal ->
                items.add(assistant(Members.typed("refusal").put("refusal", refusal.text())));
            case Part.ToolCall call -> {
                cache(call.cache(), call.place());
                if (call.seal() != null) {
                    losses.hint(call.place(), "carries a seal of another vendor");
                }
                items.add(Members.typed("function_call")
                        .put("call_id", call.id())
                        .put("name", call.name())
                        .put("arguments", call.arguments())
                        .build());
            }
            case Part.Reasoning reasoning -> reasoning(reasoning, items);
            case Part.Opaque opaque ->
                losses.meaning(
                        opaque.place(),
                        "is a " + opaque.kind() + ", which only "
                                + opaque.dialect().title() + " has");
            case Part.Attachment attachment -> misplaced(attachment);
            case Part.ToolResult result -> misplaced(result);
        }
    }

    private static Json.Obj assistant(Members content) {
        return Members.typed("message")
                .put("role", "assistant")
                .put("content", List.of(content.build()))
                .build();
    }

    private void reasoning(Part.Reasoning reasoning, List<Json> items) {
        Seal seal = reasoning.seal();
        if (seal == null || !seal.format().equals(Seal.OPENAI)) {
            losses.hint(reasoning.place(), "is reasoning that OpenAI did not encrypt, and it takes back only its own");
            return;
        }
        items.add(reasoning(reasoning.text(), seal.value(), seal.id()).build());
    }

    static Members reasoning(String text, @Nullable String encrypted, @Nullable String id) {
        List<Json> summary = text.isEmpty()
                ? List.of()
                : List.of(Members.typed("summary_text").put("text", text).build());
        return Members.typed("reasoning").put("id", id).put("summary", summary).put("encrypted_content", encrypted);
    }

    private void cache(@Nullable Cache cache, Place place) {
        if (cache != null) {
            losses.hint(place.member("cache_control"), CACHES_BY_ITSELF);
        }
    }
}
