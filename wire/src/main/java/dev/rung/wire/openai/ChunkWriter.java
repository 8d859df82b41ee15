package dev.rung.wire.openai;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Asked;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Losses;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.ReplyId;
import dev.rung.wire.form.StreamEvent;
import dev.rung.wire.form.StreamWriter;
import dev.rung.wire.form.Untranslatable;
import dev.rung.wire.form.Usage;
import dev.rung.wire.sse.SseEvent;
import dev.rung.wire.sse.SseSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the chunks of a streamed chat completion. */
final class ChunkWriter implements StreamWriter {
    private final Asked asked;
    private final Map<Integer, Out> choices = new HashMap<>();
    private final Losses losses = new Losses();
    private String id = "";
    private long created;
    private Usage usage = Usage.UNKNOWN;

    ChunkWriter(Asked asked) {
        this.asked = asked;
        this.created = asked.now();
    }

    /** One choice: which parts are calls, and the reasoning that waits for its seal. */
    private static final class Out {
        final Map<Integer, Integer> calls = new HashMap<>();
        final Map<Integer, Part> parts = new HashMap<>();
        final Map<Integer, StringBuilder> reasoning = new HashMap<>();
        boolean begun;
        int details;
    }

    @Override
    public List<Untranslatable> lost() {
        return losses.list();
    }

    @Override
    public void write(StreamEvent event, SseSink sink) {
        switch (event) {
            case StreamEvent.Begin begin -> {
                id = ReplyId.of(Dialect.OPENAI, begin.id());
                created = begin.created() == null ? asked.now() : begin.created();
            }
            case StreamEvent.Open open -> open(open, sink);
            case StreamEvent.Delta delta -> delta(delta, sink);
            case StreamEvent.Sealed sealed -> sealed(sealed, sink);
            case StreamEvent.Cited cited -> {
                Json.Obj annotation = Annotations.write(cited.citation());
                if (annotation == null) {
                    losses.hint(Place.BODY.member("citations"), "cites a document of the request");
                } else {
                    said(cited.choice(), new Members().put("annotations", List.of(annotation)), sink);
                }
            }
            case StreamEvent.Scored scored -> {
                Json logprobs = Json.object("content", Json.array(Scores.write(scored.scores())));
                chunk(scored.choice(), role(scored.choice()), logprobs, null, sink);
            }
            case StreamEvent.Close close -> {}
            case StreamEvent.Finish finish ->
                chunk(finish.choice(), role(finish.choice()), Json.Nil.NULL, Finishes.write(finish.stop()), sink);
            case StreamEvent.Used used -> usage = used.usage();
            case StreamEvent.End end -> {
                if (asked.includeUsage()) {
                    data(head().put("choices", List.of()).put("usage", ChatUsage.write(usage)), sink);
                }
                sink.event(SseEvent.of(SseEvent.MESSAGE, "[DONE]"));
            }
            case StreamEvent.Failed failed ->
                sink.event(SseEvent.of(
                        SseEvent.MESSAGE, OpenAiErrors.body(failed.error()).compact()));
            case StreamEvent.Unread unread -> losses.hint(Place.BODY.member(unread.type()), "has no counterpart");
        }
    }

    private void open(StreamEvent.Open open, SseSink sink) {
        Out out = choices.computeIfAbsent(open.choice(), c -> new Out());
        out.parts.put(open.part(), open.start());
        switch (open.start()) {
            case Part.ToolCall call -> {
                int index = out.calls.size();
                out.calls.put(open.part(), index);
                Members fragment = new Members()
                        .put("index", (long) index)
                        .put("id", call.id())
                        .put("type", "function")
                        .put(
                                "function",
                                new Members()
                                        .put("name", call.name())
                                        .put("arguments", "")
                                        .build())
                        .put("extra_content", ReasoningDetails.extra(call.seal()));
                said(open.choice(), new Members().put("tool_calls", List.of(fragment.build())), sink);
            }
            case Part.Reasoning reasoning -> out.reasoning.put(open.part(), new StringBuilder());
            case Part.Opaque opaque ->
                losses.meaning(
                        Place.BODY.member(opaque.kind()),
                        "is what only " + opaque.dialect().title() + " has");
            case Part.Attachment attachment -> losses.meaning(Place.BODY.member("content"), "is not text");
            case Part.ToolResult result -> losses.meaning(Place.BODY.member("content"), "is a tool's result");
            case Part.Text text -> {}
            case Part.Refusal refusal -> {}
        }
    }

    private void delta(StreamEvent.Delta delta, SseSink sink) {
        Out out = choices.computeIfAbsent(delta.choice(), c -> new Out());
        switch (out.parts.get(delta.part())) {
            case Part.Text text -> said(delta.choice(), new Members().put("content", delta.text()), sink);
            case Part.Refusal refusal -> said(delta.choice(), new Members().put("refusal", delta.text()), sink);
            case Part.Reasoning reasoning -> {
                StringBuilder all = out.reasoning.get(delta.part());
                if (all != null) {
                    all.append(delta.text());
                }
                said(delta.choice(), new Members().put("reasoning_content", delta.text()), sink);
            }
            case Part.ToolCall call -> {
                Integer index = out.calls.get(delta.part());
                Members fragment = new Members()
                        .put("index", index == null ? 0L : index.longValue())
                        .put("function", Json.object("arguments", Json.of(delta.text())));
                said(delta.choice(), new Members().put("tool_calls", List.of(fragment.build())), sink);
            }
            case null -> {}
            case Part.Opaque opaque -> {}
            case Part.Attachment attachment -> {}
            case Part.ToolResult result -> {}
        }
    }

    private void sealed(StreamEvent.Sealed sealed, SseSink sink) {
        Out out = choices.computeIfAbsent(sealed.choice(), c -> new Out());
        StringBuilder text = out.reasoning.get(sealed.part());
        List<Json> details = new ArrayList<>();
        ReasoningDetails.write(text == null ? "" : text.toString(), sealed.seal(), out.details, details);
        out.details += details.size();
        said(sealed.choice(), new Members().put("reasoning_details", details), sink);
    }

    /** Returns the begin of a delta: the role, once. */
    private Members role(int choice) {
        Out out = choices.computeIfAbsent(choice, c -> new Out());
        Members delta = new Members();
        if (!out.begun) {
            out.begun = true;
            delta.put("role", "assistant");
        }
        return delta;
    }

    private void said(int choice, Members what, SseSink sink) {
        Members delta = role(choice);
        what.build().members().forEach(delta::put);
        chunk(choice, delta, Json.Nil.NULL, null, sink);
    }

    private void chunk(int choice, Members delta, Json logprobs, @Nullable String finish, SseSink sink) {
        Members one = new Members()
                .put("index", (long) choice)
                .put("delta", delta.build())
                .put("logprobs", logprobs)
                .put("finish_reason", Json.ofNullable(finish));
        Members chunk = head().put("choices", List.of(one.build()));
        if (asked.includeUsage()) {
            chunk.nil("usage");
        }
        data(chunk, sink);
    }

    private Members head() {
        if (id.isEmpty()) {
            id = ReplyId.fresh(Dialect.OPENAI);
        }
        return new Members()
                .put("id", id)
                .put("object", "chat.completion.chunk")
                .put("created", created)
                .put("model", asked.model());
    }

    private static void data(Members chunk, SseSink sink) {
        sink.event(SseEvent.of(SseEvent.MESSAGE, chunk.build().compact()));
    }
}
