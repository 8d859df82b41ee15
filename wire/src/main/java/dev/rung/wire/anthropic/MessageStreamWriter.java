package dev.rung.wire.anthropic;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Asked;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Losses;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.ReplyId;
import dev.rung.wire.form.Seal;
import dev.rung.wire.form.Sequencer;
import dev.rung.wire.form.Stop;
import dev.rung.wire.form.StreamEvent;
import dev.rung.wire.form.StreamWriter;
import dev.rung.wire.form.Untranslatable;
import dev.rung.wire.form.Usage;
import dev.rung.wire.sse.SseEvent;
import dev.rung.wire.sse.SseSink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the events of a streamed message. Blocks come one after the other, and the reason for the end waits for the usage. */
final class MessageStreamWriter implements StreamWriter {
    private final Asked asked;
    private final Sequencer sequencer = new Sequencer();
    private final Losses losses = new Losses();
    private final StringBuilder text = new StringBuilder();
    private int index = -1;
    private @Nullable Part open;

    /** Whether the block of the open part has been begun: reasoning waits for what it is. */
    private boolean begun;

    private boolean declined;
    private Stop stop = Stop.of(Stop.Reason.OTHER, "");
    private Usage usage = Usage.UNKNOWN;

    MessageStreamWriter(Asked asked) {
        this.asked = asked;
    }

    @Override
    public List<Untranslatable> lost() {
        return losses.list();
    }

    @Override
    public void write(StreamEvent event, SseSink sink) {
        sequencer.accept(event, ordered -> ordered(ordered, sink));
    }

    private void ordered(StreamEvent event, SseSink sink) {
        switch (event) {
            case StreamEvent.Begin begin -> start(begin, sink);
            case StreamEvent.Open opened -> open(opened.start(), sink);
            case StreamEvent.Delta delta -> delta(delta.text(), sink);
            case StreamEvent.Sealed sealed -> sealed(sealed.seal(), sink);
            case StreamEvent.Cited cited -> {
                Json.Obj citation = Citations.write(cited.citation(), text.toString());
                delta(Members.typed("citations_delta").put("citation", citation), sink);
            }
            case StreamEvent.Scored scored -> losses.hint(Place.BODY.member("logprobs"), "have no place");
            case StreamEvent.Close close -> {
                if (begun) {
                    send(Members.typed("content_block_stop").put("index", (long) index), sink);
                }
                open = null;
                begun = false;
            }
            case StreamEvent.Finish finish -> stop = finish.stop();
            case StreamEvent.Used used -> usage = used.usage();
            case StreamEvent.End end -> end(sink);
            case StreamEvent.Failed failed ->
                sink.event(SseEvent.of(
                        "error", AnthropicErrors.body(failed.error()).compact()));
            case StreamEvent.Unread unread -> {
                if (unread.dialect() == Dialect.ANTHROPIC) {
                    sink.event(SseEvent.of(unread.type(), unread.source().compact()));
                } else {
                    losses.hint(Place.BODY.member(unread.type()), "has no counterpart");
                }
            }
        }
    }

    private void start(StreamEvent.Begin begin, SseSink sink) {
        Members message = new Members()
                .put("id", ReplyId.of(Dialect.ANTHROPIC, begin.id()))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", asked.model())
                .put("content", List.of())
                .nil("stop_reason")
                .nil("stop_sequence")
                .put("usage", MessageUsage.write(usage).build());
        send(Members.typed("message_start").put("message", message.build()), sink);
    }

    private void open(Part start, SseSink sink) {
        open = start;
        text.setLength(0);
        switch (start) {
            case Part.Text words -> block(Members.typed("text").put("text", ""), sink);
            case Part.Refusal refusal -> {
                declined = true;
                block(Members.typed("text").put("text", ""), sink);
            }
            case Part.ToolCall call -> {
                if (call.seal() != null) {
                    block(Members.of(BlockWriter.redacted(call.seal().envelope())), sink);
                    send(Members.typed("content_block_stop").put("index", (long) index), sink);
                }
                block(
                        Members.typed("tool_use")
                                .put("id", call.id())
                                .put("name", call.name())
                                .put("input", Json.object()),
                        sink);
            }
            case Part.Reasoning reasoning -> {}
            case Part.Opaque opaque ->
                losses.meaning(
                        Place.BODY.member(opaque.kind()),
                        "is what only " + opaque.dialect().title() + " has");
            case Part.Attachment attachment ->
                losses.meaning(Place.BODY.member("content"), "is of a kind that a message does not have");
            case Part.ToolResult result -> losses.meaning(Place.BODY.member("content"), "is a tool's result");
        }
    }

    private void block(Members content, SseSink sink) {
        index++;
        begun = true;
        send(
                Members.typed("content_block_start").put("index", (long) index).put("content_block", content.build()),
                sink);
    }

    private void delta(String more, SseSink sink) {
        switch (open) {
            case Part.Text words -> {
                text.append(more);
                delta(Members.typed("text_delta").put("text", more), sink);
            }
            case Part.Refusal refusal -> delta(Members.typed("text_delta").put("text", more), sink);
            case Part.Reasoning reasoning -> {
                thinking(sink);
                delta(Members.typed("thinking_delta").put("thinking", more), sink);
            }
            case Part.ToolCall call -> delta(Members.typed("input_json_delta").put("partial_json", more), sink);
            case null -> {}
            case Part.Opaque opaque -> {}
            case Part.Attachment attachment -> {}
            case Part.ToolResult result -> {}
        }
    }

    private void thinking(SseSink sink) {
        if (!begun) {
            block(Members.typed("thinking").put("thinking", "").put("signature", ""), sink);
        }
    }

    private void sealed(Seal seal, SseSink sink) {
        if (!begun && !(seal.format().equals(Seal.ANTHROPIC) && seal.kind() == Seal.Kind.SIGNATURE)) {
            block(Members.of(BlockWriter.redacted(BlockWriter.carried(seal))), sink);
            return;
        }
        thinking(sink);
        delta(Members.typed("signature_delta").put("signature", BlockWriter.carried(seal)), sink);
    }

    private void delta(Members delta, SseSink sink) {
        send(Members.typed("content_block_delta").put("index", (long) index).put("delta", delta.build()), sink);
    }

    private void end(SseSink sink) {
        Members delta = new Members()
                .put("stop_reason", StopReasons.write(stop, declined))
                .put("stop_sequence", Json.ofNullable(stop.sequence()));
        send(
                Members.typed("message_delta")
                        .put("delta", delta.build())
                        .put(
                                "usage",
                                MessageUsage.write(usage)
                                        .remove("cache_creation")
                                        .build()),
                sink);
        send(Members.typed("message_stop"), sink);
    }

    private static void send(Members event, SseSink sink) {
        Json.Obj data = event.build();
        sink.event(SseEvent.of(data.string("type"), data.compact()));
    }
}
