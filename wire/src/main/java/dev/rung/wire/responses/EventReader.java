package dev.rung.wire.responses;

import dev.rung.core.json.Json;
import dev.rung.wire.form.ApiError;
import dev.rung.wire.form.Citation;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.EventJson;
import dev.rung.wire.form.Malformed;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Seal;
import dev.rung.wire.form.StreamEvent;
import dev.rung.wire.form.StreamReader;
import dev.rung.wire.openai.Annotations;
import dev.rung.wire.openai.OpenAiErrors;
import dev.rung.wire.openai.Scores;
import dev.rung.wire.sse.SseEvent;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the events of a streamed response, which is complete with {@code response.completed} or {@code response.incomplete}. */
final class EventReader implements StreamReader {
    private static final Place PLACE = Place.BODY.member("output");

    private final Map<String, Growing> open = new LinkedHashMap<>();
    private @Nullable Seal callSeal;
    private int parts;
    private boolean begun;
    private boolean called;
    private boolean over;

    private static final class Growing {
        final int part;
        boolean empty = true;

        Growing(int part) {
            this.part = part;
        }
    }

    @Override
    public void read(SseEvent event, Consumer<StreamEvent> sink) {
        if (over || event.is("[DONE]")) {
            return; // some servers say so, and the response has said it before
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
            case "response.created" -> begin(object(data, "response"), sink);
            case "response.output_item.added" -> added(data, object(data, "item"), sink);
            case "response.output_item.done" -> done(data, object(data, "item"), sink);
            case "response.content_part.added" -> {
                switch (string(object(data, "part"), "type")) {
                    case "output_text" -> text(data, sink);
                    case "refusal" -> refusal(data, sink);
                    default -> {}
                }
            }
            case "response.content_part.done" -> close(content(data), sink);
            case "response.output_text.delta" -> {
                Growing text = text(data, sink);
                grow(text, string(data, "delta"), sink);
                if (data.get("logprobs") instanceof Json.Arr(List<Json> tokens) && !tokens.isEmpty()) {
                    sink.accept(new StreamEvent.Scored(0, text.part, Scores.read(tokens)));
                }
            }
            case "response.output_text.done" -> late(content(data), string(data, "text"), sink);
            case "response.output_text.annotation.added" -> {
                Growing text = text(data, sink);
                for (Citation citation : Annotations.read(Dialect.RESPONSES, List.of(object(data, "annotation")))) {
                    sink.accept(new StreamEvent.Cited(0, text.part, citation));
                }
            }
            case "response.refusal.delta" -> grow(refusal(data, sink), string(data, "delta"), sink);
            case "response.refusal.done" -> late(content(data), string(data, "refusal"), sink);
            case "response.function_call_arguments.delta" -> grow(open.get(item(data)), string(data, "delta"), sink);
            case "response.function_call_arguments.done" -> late(item(data), string(data, "arguments"), sink);
            case "response.reasoning_summary_part.added" -> {
                Growing reasoning = open.get(item(data));
                if (reasoning != null && !reasoning.empty) {
                    grow(reasoning, "\n\n", sink);
                }
            }
            case "response.reasoning_summary_text.delta", "response.reasoning_text.delta" ->
                grow(open.get(item(data)), string(data, "delta"), sink);
            case "response.completed", "response.incomplete" -> complete(object(data, "response"), sink);
            case "response.failed" -> fail(OpenAiErrors.read(200, object(data, "response")), sink);
            case "error" ->
                fail(OpenAiErrors.read(200, data.get("error") == null ? Json.object("error", data) : data), sink);
            case "response.queued",
                    "response.in_progress",
                    "response.reasoning_summary_part.done",
                    "response.reasoning_summary_text.done",
                    "response.reasoning_text.done",
                    "keepalive" -> {}
            default -> sink.accept(new StreamEvent.Unread(Dialect.RESPONSES, type, data));
        }
    }

    private void begin(Json.Obj response, Consumer<StreamEvent> sink) {
        if (!begun) {
            begun = true;
            Long created =
                    response.get("created_at") instanceof Json.Num(BigDecimal number) ? number.longValue() : null;
            sink.accept(new StreamEvent.Begin(string(response, "id"), string(response, "model"), created));
        }
    }

    private void added(Json.Obj data, Json.Obj item, Consumer<StreamEvent> sink) {
        begin(Json.object(), sink);
        String type = string(item, "type");
        switch (type) {
            case "message" -> {}
            case "function_call" -> {
                called = true;
                Part call = new Part.ToolCall(string(item, "call_id"), string(item, "name"), "", callSeal, null, PLACE);
                callSeal = null;
                open(item(data), call, sink);
            }
            case "reasoning" -> {
                Seal seal = ItemReader.seal(string(item, "encrypted_content"), null);
                if (seal != null && seal.kind() == Seal.Kind.CALL) {
                    callSeal = seal;
                } else {
                    open(item(data), new Part.Reasoning("", null, PLACE), sink);
                }
            }
            default -> open(item(data), new Part.Opaque(Dialect.RESPONSES, type, item, PLACE), sink);
        }
    }

    private void done(Json.Obj data, Json.Obj item, Consumer<StreamEvent> sink) {
        String key = item(data);
        Growing growing = open.get(key);
        switch (string(item, "type")) {
            case "message" ->
                List.copyOf(open.keySet()).stream()
                        .filter(name -> name.startsWith(key + "/"))
                        .forEach(name -> close(name, sink));
            case "function_call" -> {
                if (growing != null && growing.empty) {
                    String arguments = string(item, "arguments");
                    grow(growing, arguments.isEmpty() ? "{}" : arguments, sink);
                }
                close(key, sink);
            }
            case "reasoning" -> {
                String id = string(item, "id");
                Seal seal = ItemReader.seal(string(item, "encrypted_content"), id.isEmpty() ? null : id);
                if (growing != null && seal != null) {
                    sink.accept(new StreamEvent.Sealed(0, growing.part, seal));
                }
                close(key, sink);
            }
            default -> close(key, sink);
        }
    }

    private Growing text(Json.Obj data, Consumer<StreamEvent> sink) {
        Growing there = open.get(content(data));
        return there != null ? there : open(content(data), new Part.Text("", PLACE), sink);
    }

    private Growing refusal(Json.Obj data, Consumer<StreamEvent> sink) {
        Growing there = open.get(content(data));
        return there != null ? there : open(content(data), new Part.Refusal("", PLACE), sink);
    }

    private Growing open(String key, Part start, Consumer<StreamEvent> sink) {
        begin(Json.object(), sink);
        Growing growing = new Growing(parts++);
        open.put(key, growing);
        sink.accept(new StreamEvent.Open(0, growing.part, start));
        return growing;
    }

    private static void grow(@Nullable Growing growing, String text, Consumer<StreamEvent> sink) {
        if (growing != null && !text.isEmpty()) {
            growing.empty = false;
            sink.accept(new StreamEvent.Delta(0, growing.part, text));
        }
    }

    /** Some servers send all at the end and nothing before. */
    private void late(String key, String text, Consumer<StreamEvent> sink) {
        Growing growing = open.get(key);
        if (growing != null && growing.empty) {
            grow(growing, text, sink);
        }
    }

    private void close(String key, Consumer<StreamEvent> sink) {
        Growing growing = open.remove(key);
        if (growing != null) {
            sink.accept(new StreamEvent.Close(0, growing.part));
        }
    }

    private void complete(Json.Obj response, Consumer<StreamEvent> sink) {
        begin(response, sink);
        List.copyOf(open.keySet()).forEach(key -> close(key, sink));
        if (response.get("usage") instanceof Json.Obj usage) {
            sink.accept(new StreamEvent.Used(ResponseUsage.read(usage)));
        }
        over = true;
        sink.accept(new StreamEvent.Finish(0, Endings.read(response, called)));
        sink.accept(new StreamEvent.End());
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

    private static String item(Json.Obj data) {
        return number(data, "output_index");
    }

    private static String content(Json.Obj data) {
        return number(data, "output_index") + "/" + number(data, "content_index");
    }

    private static String number(Json.Obj data, String name) {
        return data.get(name) instanceof Json.Num(BigDecimal number) ? number.toPlainString() : "0";
    }

    private static String string(Json.Obj object, String name) {
        return object.get(name) instanceof Json.Str(String text) ? text : "";
    }

    private static Json.Obj object(Json.Obj object, String name) {
        return object.get(name) instanceof Json.Obj inner ? inner : Json.object();
    }
}
