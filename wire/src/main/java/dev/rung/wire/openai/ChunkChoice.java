package dev.rung.wire.openai;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Citation;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Fields;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Seal;
import dev.rung.wire.form.StreamEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One choice of a streamed chat completion as it grows. */
final class ChunkChoice {
    private static final Place PLACE = Place.BODY;

    private final int choice;
    private final Map<Integer, Call> calls = new TreeMap<>();
    private int parts;

    /** The text, the reasoning or the refusal that grows, or -1. */
    private int growing = -1;

    private Kind kind = Kind.TEXT;
    private boolean grown;
    private boolean finished;

    ChunkChoice(int choice) {
        this.choice = choice;
    }

    private enum Kind {
        TEXT,
        REASONING,
        REFUSAL
    }

    private static final class Call {
        final int part;
        boolean empty = true;

        Call(int part) {
            this.part = part;
        }
    }

    boolean finished() {
        return finished;
    }

    void read(Json.Obj source, Consumer<StreamEvent> sink) {
        if (finished) {
            return;
        }
        if (source.get("delta") instanceof Json.Obj delta) {
            delta(delta, sink);
        }
        if (source.get("logprobs") instanceof Json.Obj logprobs
                && logprobs.get("content") instanceof Json.Arr(List<Json> tokens)
                && growing >= 0) {
            sink.accept(new StreamEvent.Scored(choice, growing, Scores.read(tokens)));
        }
        if (source.get("finish_reason") instanceof Json.Str(String reason)) {
            finish(reason, sink);
        }
    }

    private void delta(Json.Obj delta, Consumer<StreamEvent> sink) {
        reasoning(delta, sink);
        grow(Kind.TEXT, string(delta.get("content")), sink);
        grow(Kind.REFUSAL, string(delta.get("refusal")), sink);
        if (delta.get("annotations") instanceof Json.Arr(List<Json> annotations) && growing >= 0) {
            for (Citation citation : Annotations.read(Dialect.OPENAI, annotations)) {
                sink.accept(new StreamEvent.Cited(choice, growing, citation));
            }
        }
        if (delta.get("tool_calls") instanceof Json.Arr(List<Json> fragments)) {
            for (Json fragment : fragments) {
                if (fragment instanceof Json.Obj call) {
                    call(call, sink);
                }
            }
        }
    }

    private void reasoning(Json.Obj delta, Consumer<StreamEvent> sink) {
        String text = string(delta.get("reasoning_content"));
        grow(Kind.REASONING, text.isEmpty() ? string(delta.get("reasoning")) : text, sink);
        if (delta.get("reasoning_details") instanceof Json.Arr(List<Json> details)) {
            for (Json detail : details) {
                if (detail instanceof Json.Obj object) {
                    detail(
                            object,
                            text.isEmpty() && string(delta.get("reasoning")).isEmpty(),
                            sink);
                }
            }
        }
    }

    /** Reads a detail; its text has come already where the delta says it in plain words too. */
    private void detail(Json.Obj detail, boolean textIsNew, Consumer<StreamEvent> sink) {
        String format = string(detail.get("format"));
        String id = detail.get("id") instanceof Json.Str(String name) ? name : null;
        String signature = string(detail.get("signature"));
        String data = string(detail.get("data"));
        if (textIsNew && growing < 0) {
            grow(Kind.REASONING, string(detail.get("text")) + string(detail.get("summary")), sink);
        }
        if (signature.isEmpty() && data.isEmpty()) {
            return;
        }
        // A signature that says that it has no text is not that of the text before it.
        boolean apart = grown && Json.of("").equals(detail.get("text"));
        if (growing < 0 || kind != Kind.REASONING || apart) {
            open(Kind.REASONING, sink);
        }
        Seal.Kind what = data.isEmpty() ? Seal.Kind.SIGNATURE : Seal.Kind.ENCRYPTED;
        sink.accept(new StreamEvent.Sealed(
                choice,
                growing,
                new Seal(format.isEmpty() ? "unknown" : format, what, id, data.isEmpty() ? signature : data)));
        closeGrowing(sink);
    }

    private void grow(Kind what, String text, Consumer<StreamEvent> sink) {
        if (text.isEmpty()) {
            return;
        }
        if (growing < 0 || kind != what) {
            open(what, sink);
        }
        grown = true;
        sink.accept(new StreamEvent.Delta(choice, growing, text));
    }

    private void open(Kind what, Consumer<StreamEvent> sink) {
        closeGrowing(sink);
        kind = what;
        growing = parts++;
        grown = false;
        Part start = switch (what) {
            case TEXT -> new Part.Text("", PLACE);
            case REASONING -> new Part.Reasoning("", null, PLACE);
            case REFUSAL -> new Part.Refusal("", PLACE);
        };
        sink.accept(new StreamEvent.Open(choice, growing, start));
    }

    private void closeGrowing(Consumer<StreamEvent> sink) {
        if (growing >= 0) {
            sink.accept(new StreamEvent.Close(choice, growing));
            growing = -1;
        }
    }

    private void call(Json.Obj fragment, Consumer<StreamEvent> sink) {
        int index = fragment.get("index") instanceof Json.Num(BigDecimal number) ? number.intValue() : calls.size();
        Json.Obj function = fragment.get("function") instanceof Json.Obj object ? object : Json.object();
        Call call = calls.get(index);
        if (call == null) {
            closeGrowing(sink);
            call = new Call(parts++);
            calls.put(index, call);
            Seal seal = ReasoningDetails.callSeal(new Fields(fragment, PLACE, new ArrayList<>(0)));
            sink.accept(new StreamEvent.Open(
                    choice,
                    call.part,
                    new Part.ToolCall(
                            string(fragment.get("id")), string(function.get("name")), "", seal, null, PLACE)));
        }
        String arguments = string(function.get("arguments"));
        if (!arguments.isEmpty()) {
            call.empty = false;
            sink.accept(new StreamEvent.Delta(choice, call.part, arguments));
        }
    }

    private void finish(String reason, Consumer<StreamEvent> sink) {
        finished = true;
        closeGrowing(sink);
        for (Call call : calls.values()) {
            if (call.empty) {
                sink.accept(new StreamEvent.Delta(choice, call.part, "{}"));
            }
            sink.accept(new StreamEvent.Close(choice, call.part));
        }
        sink.accept(new StreamEvent.Finish(choice, Finishes.read(reason)));
    }

    private static String string(@Nullable Json value) {
        return value instanceof Json.Str(String text) ? text : "";
    }
}
