package dev.rung.wire.anthropic;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Arguments;
import dev.rung.wire.form.Cache;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Losses;
import dev.rung.wire.form.Media;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Seal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes content blocks, of a request or of a reply. */
final class BlockWriter {
    private final Losses losses;

    /** Whether a client keeps the blocks and sends them back, so that another vendor's seal may travel in them. */
    private final boolean reply;

    BlockWriter(Losses losses, boolean reply) {
        this.losses = losses;
        this.reply = reply;
    }

    List<Json> blocks(List<Part> parts) {
        List<Json> blocks = new ArrayList<>(parts.size());
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> text(text, blocks);
                case Part.Refusal refusal -> blocks.add(plain(refusal.text()));
                case Part.Attachment attachment -> attachment(attachment, blocks);
                case Part.ToolCall call -> call(call, blocks);
                case Part.ToolResult result -> result(result, blocks);
                case Part.Reasoning reasoning -> reasoning(reasoning, blocks);
                case Part.Opaque opaque ->
                    losses.meaning(
                            opaque.place(),
                            "is a " + opaque.kind() + ", which only "
                                    + opaque.dialect().title() + " has");
            }
        }
        return blocks;
    }

    static Json.@Nullable Obj cache(@Nullable Cache cache) {
        return cache == null
                ? null
                : Members.typed("ephemeral").put("ttl", cache.ttl()).build();
    }

    private static Json.Obj plain(String text) {
        return Members.typed("text").put("text", text).build();
    }

    /** Anthropic refuses empty texts, which say nothing. */
    private void text(Part.Text text, List<Json> blocks) {
        if (text.text().isEmpty() && text.cache() == null) {
            return;
        }
        Members block = Members.typed("text").put("text", text.text());
        if (!text.citations().isEmpty()) {
            if (reply) {
                block.put(
                        "citations",
                        text.citations().stream()
                                .map(citation -> Citations.write(citation, text.text()))
                                .toList());
            } else {
                losses.hint(text.place().member("citations"), "of another vendor are not taken back");
            }
        }
        blocks.add(block.put("cache_control", cache(text.cache())).build());
    }

    private void attachment(Part.Attachment attachment, List<Json> blocks) {
        Json.Obj source = switch (attachment.kind()) {
            case IMAGE -> source(attachment.media(), "image/");
            case DOCUMENT -> source(attachment.media(), "application/pdf");
            case AUDIO, VIDEO -> null;
        };
        if (source == null) {
            losses.meaning(attachment.place(), "is of a kind that Anthropic does not take");
            return;
        }
        if (attachment.detail() != null && !attachment.detail().equals("auto")) {
            losses.hint(attachment.place().member("detail"), "has no counterpart");
        }
        Members block = Members.typed(attachment.kind() == Part.Kind.IMAGE ? "image" : "document")
                .put("source", source);
        if (attachment.kind() == Part.Kind.DOCUMENT) {
            block.put("title", attachment.name()).put("context", attachment.context());
            if (attachment.cited()) {
                block.put("citations", Json.object("enabled", Json.of(true)));
            }
        }
        blocks.add(block.put("cache_control", cache(attachment.cache())).build());
    }

    private static Json.@Nullable Obj source(Media media, String type) {
        return switch (media) {
            case Media.Inline inline
            when inline.type().startsWith(type) ->
                Members.typed("base64")
                        .put("media_type", inline.type())
                        .put("data", inline.base64())
                        .build();
            case Media.Inline inline
            when inline.type().startsWith("text/") && type.equals("application/pdf") ->
                text(new String(Base64.getMimeDecoder().decode(inline.base64()), StandardCharsets.UTF_8));
            case Media.Inline inline -> null;
            case Media.Url(String url, String urlType) ->
                Members.typed("url").put("url", url).build();
            case Media.File(Dialect owner, String id) ->
                owner == Dialect.ANTHROPIC
                        ? Members.typed("file").put("file_id", id).build()
                        : null;
            case Media.Plain(String text) -> text(text);
        };
    }

    private static Json.Obj text(String text) {
        return Members.typed("text")
                .put("media_type", "text/plain")
                .put("data", text)
                .build();
    }

    private void call(Part.ToolCall call, List<Json> blocks) {
        if (call.seal() != null) {
            if (reply) {
                blocks.add(redacted(call.seal().envelope()));
            } else {
                losses.hint(call.place(), "carries a seal of another vendor");
            }
        }
        blocks.add(Members.typed("tool_use")
                .put("id", call.id())
                .put("name", call.name())
                .put("input", Arguments.object(call.arguments()))
                .put("cache_control", cache(call.cache()))
                .build());
    }

    private void result(Part.ToolResult result, List<Json> blocks) {
        List<Json> content = blocks(result.content());
        Members block = Members.typed("tool_result").put("tool_use_id", result.callId());
        if (content.size() == 1
                && content.getFirst() instanceof Json.Obj only
                && only.members().size() == 2
                && only.get("text") instanceof Json.Str text) {
            block.put("content", text);
        } else {
            block.putUnlessEmpty("content", content);
        }
        if (result.failed()) {
            block.put("is_error", true);
        }
        blocks.add(block.put("cache_control", cache(result.cache())).build());
    }

    private void reasoning(Part.Reasoning reasoning, List<Json> blocks) {
        Seal seal = reasoning.seal();
        boolean own = seal != null && seal.format().equals(Seal.ANTHROPIC);
        if (!own && !reply) {
            losses.hint(
                    reasoning.place(),
                    "is reasoning without Anthropic's signature, and Anthropic takes back only its own");
            return;
        }
        if (seal != null && reasoning.text().isEmpty() && !(own && seal.kind() == Seal.Kind.SIGNATURE)) {
            blocks.add(redacted(carried(seal)));
            return;
        }
        blocks.add(Members.typed("thinking")
                .put("thinking", reasoning.text())
                .put("signature", seal == null ? "" : carried(seal))
                .build());
    }

    /** Returns what stands for the seal in a block of ours. */
    static String carried(Seal seal) {
        return seal.format().equals(Seal.ANTHROPIC) ? seal.value() : seal.envelope();
    }

    static Json.Obj redacted(String data) {
        return Members.typed("redacted_thinking").put("data", data).build();
    }
}
