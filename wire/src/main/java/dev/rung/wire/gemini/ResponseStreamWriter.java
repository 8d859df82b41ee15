package dev.rung.wire.gemini;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Asked;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Losses;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.ReplyId;
import dev.rung.wire.form.Stop;
import dev.rung.wire.form.StreamEvent;
import dev.rung.wire.form.StreamWriter;
import dev.rung.wire.form.Untranslatable;
import dev.rung.wire.form.Usage;
import dev.rung.wire.sse.SseEvent;
import dev.rung.wire.sse.SseSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Writes a stream of replies: calls are written whole, and why a candidate ended waits for the usage. */
final class ResponseStreamWriter implements StreamWriter {
    private final Asked asked;
    private final Losses losses = new Losses();
    private final Map<Integer, Out> candidates = new TreeMap<>();
    private String id = "";
    private Usage usage = Usage.UNKNOWN;

    ResponseStreamWriter(Asked asked) {
        this.asked = asked;
    }

    private static final class Out {
        final Map<Integer, Part> parts = new HashMap<>();
        final Map<Integer, StringBuilder> arguments = new HashMap<>();
        /** The parts of reasoning that had a text. */
        final Set<Integer> thoughts = new HashSet<>();

        boolean declined;
        Stop stop = Stop.of(Stop.Reason.OTHER, "");
    }

    @Override
    public List<Untranslatable> lost() {
        return losses.list();
    }

    private Out out(int choice) {
        return candidates.computeIfAbsent(choice, c -> new Out());
    }

    @Override
    public void write(StreamEvent event, SseSink sink) {
        switch (event) {
            case StreamEvent.Begin begin -> id = ReplyId.of(Dialect.GEMINI, begin.id());
            case StreamEvent.Open open -> open(open);
            case StreamEvent.Delta delta -> delta(delta, sink);
            case StreamEvent.Sealed sealed -> {
                Members part = new Members().put("text", "");
                if (out(sealed.choice()).thoughts.contains(sealed.part())) {
                    part.put("thought", true);
                }
                part(sealed.choice(), part.put("thoughtSignature", PartWriter.carried(sealed.seal())), sink);
            }
            case StreamEvent.Cited cited ->
                losses.hint(Place.BODY.member("citations"), "have no place in a stream here");
            case StreamEvent.Scored scored ->
                chunk(
                        scored.choice(),
                        List.of(),
                        new Members().put("logprobsResult", Scores.write(scored.scores())),
                        sink);
            case StreamEvent.Close close -> close(close, sink);
            case StreamEvent.Finish finish -> out(finish.choice()).stop = finish.stop();
            case StreamEvent.Used used -> usage = used.usage();
            case StreamEvent.End end -> end(sink);
            case StreamEvent.Failed failed ->
                data(GoogleErrors.body(failed.error(), failed.error().status()), sink);
            case StreamEvent.Unread unread -> losses.hint(Place.BODY.member(unread.type()), "has no counterpart");
        }
    }

    private void open(StreamEvent.Open open) {
        Out out = out(open.choice());
        out.parts.put(open.part(), open.start());
        switch (open.start()) {
            case Part.ToolCall call -> out.arguments.put(open.part(), new StringBuilder());
            case Part.Refusal refusal -> out.declined = true;
            case Part.Opaque opaque ->
                losses.meaning(
                        Place.BODY.member(opaque.kind()),
                        "is what only " + opaque.dialect().title() + " has");
            case Part.Attachment attachment -> losses.meaning(Place.BODY.member("content"), "is not text");
            case Part.ToolResult result -> losses.meaning(Place.BODY.member("content"), "is a tool's result");
            case Part.Text text -> {}
            case Part.Reasoning reasoning -> {}
        }
    }

    private void delta(StreamEvent.Delta delta, SseSink sink) {
        Out out = out(delta.choice());
        switch (out.parts.get(delta.part())) {
            case Part.Text text -> part(delta.choice(), new Members().put("text", delta.text()), sink);
            case Part.Refusal refusal -> part(delta.choice(), new Members().put("text", delta.text()), sink);
            case Part.Reasoning reasoning -> {
                out.thoughts.add(delta.part());
                part(delta.choice(), new Members().put("text", delta.text()).put("thought", true), sink);
            }
            case Part.ToolCall call -> {
                StringBuilder arguments = out.arguments.get(delta.part());
                if (arguments != null) {
                    arguments.append(delta.text());
                }
            }
            case null -> {}
            case Part.Opaque opaque -> {}
            case Part.Attachment attachment -> {}
            case Part.ToolResult result -> {}
        }
    }

    private void close(StreamEvent.Close close, SseSink sink) {
        Out out = out(close.choice());
        StringBuilder arguments = out.arguments.remove(close.part());
        if (arguments != null && out.parts.get(close.part()) instanceof Part.ToolCall call) {
            Part whole =
                    new Part.ToolCall(call.id(), call.name(), arguments.toString(), call.seal(), null, call.place());
            chunk(close.choice(), new PartWriter(losses, null, false).parts(List.of(whole)), new Members(), sink);
        }
    }

    private void end(SseSink sink) {
        List<Json> last = new ArrayList<>(candidates.size());
        candidates.forEach((index, out) -> last.add(new Members()
                .put("content", CandidatesWriter.content(List.of(Json.object("text", Json.of("")))))
                .put("finishReason", FinishReasons.write(out.stop, out.declined))
                .put("index", (long) index)
                .build()));
        Members reply = new Members().put("candidates", last).put("usageMetadata", UsageMetadata.write(usage));
        data(named(reply), sink);
    }

    private void part(int choice, Members part, SseSink sink) {
        chunk(choice, List.of(part.build()), new Members(), sink);
    }

    private void chunk(int choice, List<Json> parts, Members more, SseSink sink) {
        Members candidate = new Members().put("content", CandidatesWriter.content(parts));
        more.build().members().forEach(candidate::put);
        candidate.put("index", (long) choice);
        data(named(new Members().put("candidates", List.of(candidate.build()))), sink);
    }

    private Json.Obj named(Members reply) {
        if (id.isEmpty()) {
            id = ReplyId.fresh(Dialect.GEMINI);
        }
        return reply.put("modelVersion", asked.model()).put("responseId", id).build();
    }

    private static void data(Json.Obj reply, SseSink sink) {
        sink.event(SseEvent.of(SseEvent.MESSAGE, reply.compact()));
    }
}
