package dev.rung.wire.anthropic;

import dev.rung.core.json.Json;
import dev.rung.wire.form.ApiError;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.EventJson;
import dev.rung.wire.form.Malformed;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Seal;
import dev.rung.wire.form.StreamEvent;
import dev.rung.wire.form.StreamReader;
import dev.rung.wire.sse.SseEvent;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the events of a streamed message, which is complete with {@code message_stop}. */
final class MessageStreamReader implements StreamReader {
    private static final Place PLACE = Place.BODY.member("content");

    private final Map<Integer, Block> blocks = new HashMap<>();
    private Json.Obj usage = Json.object();
    private @Nullable Seal callSeal;
    private int parts;
    private boolean finished;
    private boolean over;

    private static final class Block {
        final int part;
        final boolean call;
        boolean empty = true;
        final StringBuilder signature = new StringBuilder(0);

        Block(int part, boolean call) {
            this.part = part;
            this.call = call;
        }
    }

    @Override
    public void read(SseEvent event, Consumer<StreamEvent> sink) {
        if (over) {
            return;
        }
        Json.Obj data = EventJson.parse(event);
        if (data == null) {
            fail(EventJson.garbage(), sink);
            return;
        }
        try {
            read(string(data, "type"), data, sink);
        } catch (Malformed e) {
            fail(EventJson.garbage(), sink);
        }
    }

    private void read(String type, Json.Obj data, Consumer<StreamEvent> sink) {
        switch (type) {
            case "message_start" -> {
                Json.Obj message = object(data, "message");
                sink.accept(new StreamEvent.Begin(string(message, "id"), string(message, "model"), null));
                used(message, sink);
            }
            case "content_block_start" -> start(index(data), object(data, "content_block"), sink);
            case "content_block_delta" -> delta(data, object(data, "delta"), sink);
            case "content_block_stop" -> stop(index(data), sink);
            case "message_delta" -> {
                used(data, sink);
                Json.Obj delta = object(data, "delta");
                if (delta.get("stop_reason") instanceof Json.Str(String reason) && !finished) {
                    finished = true;
                    String sequence = string(delta, "stop_sequence");
                    sink.accept(
                            new StreamEvent.Finish(0, StopReasons.read(reason, sequence.isEmpty() ? null : sequence)));
                }
            }
            case "message_stop" -> {
                if (finished) {
                    over = true;
                    sink.accept(new StreamEvent.End());
                } else {
                    end(sink);
                }
            }
            case "ping" -> {}
            case "error" -> fail(AnthropicErrors.read(200, data), sink);
            default -> sink.accept(new StreamEvent.Unread(Dialect.ANTHROPIC, type, data));
        }
    }

    private void used(Json.Obj holder, Consumer<StreamEvent> sink) {
        if (holder.get("usage") instanceof Json.Obj now) {
            usage = MessageUsage.superseded(usage, now);
            sink.accept(new StreamEvent.Used(MessageUsage.read(usage)));
        }
    }

    private void start(int index, Json.Obj content, Consumer<StreamEvent> sink) {
        String type = string(content, "type");
        switch (type) {
            case "text" -> open(index, new Part.Text("", PLACE), string(content, "text"), sink);
            case "thinking" -> {
                Block block = open(index, new Part.Reasoning("", null, PLACE), string(content, "thinking"), sink);
                block.signature.append(string(content, "signature"));
            }
            case "redacted_thinking" -> {
                Seal seal = BlockReader.redacted(string(content, "data"));
                if (seal.kind() == Seal.Kind.CALL) {
                    callSeal = seal;
                } else {
                    Block block = open(index, new Part.Reasoning("", null, PLACE), "", sink);
                    sink.accept(new StreamEvent.Sealed(0, block.part, seal));
                }
            }
            case "tool_use" -> {
                Json.Obj input = object(content, "input");
                Part call =
                        new Part.ToolCall(string(content, "id"), string(content, "name"), "", callSeal, null, PLACE);
                callSeal = null;
                open(index, call, input.members().isEmpty() ? "" : input.compact(), sink);
            }
            default -> open(index, new Part.Opaque(Dialect.ANTHROPIC, type, content, PLACE), "", sink);
        }
    }

    private Block open(int index, Part start, String text, Consumer<StreamEvent> sink) {
        Block block = new Block(parts++, start instanceof Part.ToolCall);
        blocks.put(index, block);
        sink.accept(new StreamEvent.Open(0, block.part, start));
        grow(block, text, sink);
        return block;
    }

    private static void grow(Block block, String text, Consumer<StreamEvent> sink) {
        if (!text.isEmpty()) {
            block.empty = false;
            sink.accept(new StreamEvent.Delta(0, block.part, text));
        }
    }

    private void delta(Json.Obj data, Json.Obj delta, Consumer<StreamEvent> sink) {
        Block block = blocks.get(index(data));
        String type = string(delta, "type");
        if (block == null) {
            sink.accept(new StreamEvent.Unread(Dialect.ANTHROPIC, "content_block_delta", data));
            return;
        }
        switch (type) {
            case "text_delta" -> grow(block, string(delta, "text"), sink);
            case "thinking_delta" -> grow(block, string(delta, "thinking"), sink);
            case "input_json_delta" -> grow(block, string(delta, "partial_json"), sink);
            case "signature_delta" -> block.signature.append(string(delta, "signature"));
            case "citations_delta" ->
                sink.accept(new StreamEvent.Cited(0, block.part, Citations.read(object(delta, "citation"))));
            default -> sink.accept(new StreamEvent.Unread(Dialect.ANTHROPIC, "content_block_delta", data));
        }
    }

    private void stop(int index, Consumer<StreamEvent> sink) {
        Block block = blocks.remove(index);
        if (block == null) {
            return;
        }
        if (block.call && block.empty) {
            sink.accept(new StreamEvent.Delta(0, block.part, "{}"));
        }
        Seal seal = BlockReader.signed(block.signature.toString());
        if (seal != null) {
            sink.accept(new StreamEvent.Sealed(0, block.part, seal));
        }
        sink.accept(new StreamEvent.Close(0, block.part));
    }

    @Override
    public void end(Consumer<StreamEvent> sink) {
        if (!over) {
            fail(ApiError.brokenOff(), sink);
        }
    }

    private void fail(ApiError error, Consumer<StreamEvent> sink) {
        over = true;
        sink.accept(new StreamEvent.Failed(error));
    }

    private static int index(Json.Obj data) {
        return data.get("index") instanceof Json.Num(BigDecimal index) ? index.intValue() : 0;
    }

    private static String string(Json.Obj object, String name) {
        return object.get(name) instanceof Json.Str(String text) ? text : "";
    }

    private static Json.Obj object(Json.Obj object, String name) {
        return object.get(name) instanceof Json.Obj inner ? inner : Json.object();
    }
}
