package dev.rung.wire.responses;

import dev.rung.core.json.Json;
import dev.rung.wire.form.ApiError;
import dev.rung.wire.form.Asked;
import dev.rung.wire.form.Citation;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Losses;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.ReplyId;
import dev.rung.wire.form.Seal;
import dev.rung.wire.form.Stop;
import dev.rung.wire.form.StreamEvent;
import dev.rung.wire.form.StreamWriter;
import dev.rung.wire.form.TokenScore;
import dev.rung.wire.form.Untranslatable;
import dev.rung.wire.form.Usage;
import dev.rung.wire.openai.Annotations;
import dev.rung.wire.openai.Scores;
import dev.rung.wire.sse.SseEvent;
import dev.rung.wire.sse.SseSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the events of a streamed response. */
final class EventWriter implements StreamWriter {
    private final Asked asked;
    private final Losses losses = new Losses();
    private final Map<Integer, Item> open = new HashMap<>();
    private final Map<Integer, Json> finished = new TreeMap<>();
    private String id;
    private long created;
    private long number;
    private int items;
    private boolean begun;
    private Stop stop = Stop.of(Stop.Reason.OTHER, "");
    private Usage usage = Usage.UNKNOWN;

    EventWriter(Asked asked) {
        this.asked = asked;
        this.created = asked.now();
        this.id = ReplyId.of(Dialect.RESPONSES, "");
    }

    private final class Item {
        final Part start;
        final int index = items++;
        final StringBuilder text = new StringBuilder();
        final List<Json> annotations = new ArrayList<>(0);
        final List<TokenScore> scores = new ArrayList<>(0);

        @Nullable
        Seal seal;

        Item(Part start) {
            this.start = start;
        }

        String id() {
            return ReplyId.bare(EventWriter.this.id) + "_" + index;
        }

        /** Returns the begin of an event about this item. */
        Members about(String type, String prefix) {
            return Members.typed(type).put("item_id", prefix + id()).put("output_index", (long) index);
        }

        Members content(String type) {
            return about(type, "msg_").put("content_index", 0L);
        }

        Members summary(String type) {
            return about(type, "rs_").put("summary_index", 0L);
        }
    }

    @Override
    public List<Untranslatable> lost() {
        return losses.list();
    }

    @Override
    public void write(StreamEvent event, SseSink sink) {
        switch (event) {
            case StreamEvent.Begin begin -> begin(begin, sink);
            case StreamEvent.Open opened -> {
                if (opened.choice() == 0) {
                    open(opened, sink);
                } else {
                    losses.meaning(Place.BODY.member("choices").item(opened.choice()), "is a second answer");
                }
            }
            case StreamEvent.Delta delta -> delta(item(delta.choice(), delta.part()), delta.text(), sink);
            case StreamEvent.Sealed sealed -> {
                Item item = item(sealed.choice(), sealed.part());
                if (item != null) {
                    item.seal = sealed.seal();
                }
            }
            case StreamEvent.Cited cited -> cited(item(cited.choice(), cited.part()), cited.citation(), sink);
            case StreamEvent.Scored scored -> scored(item(scored.choice(), scored.part()), scored.scores(), sink);
            case StreamEvent.Close close -> {
                Item item = item(close.choice(), close.part());
                if (item != null) {
                    open.remove(close.part());
                    close(item, sink);
                }
            }
            case StreamEvent.Finish finish -> {
                if (finish.choice() == 0) {
                    stop = finish.stop();
                }
            }
            case StreamEvent.Used used -> usage = used.usage();
            case StreamEvent.End end -> {
                String status = Endings.incomplete(stop) == null ? "completed" : "incomplete";
                Members response = response(status).put("usage", ResponseUsage.write(usage));
                OutputWriter.ended(response, stop);
                send(Members.typed("response." + status).put("response", response.build()), sink);
            }
            case StreamEvent.Failed failed -> failed(failed.error(), sink);
            case StreamEvent.Unread unread -> {
                if (unread.dialect() == Dialect.RESPONSES) {
                    sink.event(SseEvent.of(unread.type(), unread.source().compact()));
                } else {
                    losses.hint(Place.BODY.member(unread.type()), "has no counterpart");
                }
            }
        }
    }

    private @Nullable Item item(int choice, int part) {
        return choice == 0 ? open.get(part) : null;
    }

    private Members response(String status) {
        return OutputWriter.head(id, created, asked.model())
                .put("status", status)
                .put("output", List.copyOf(finished.values()));
    }

    private void begin(StreamEvent.Begin begin, SseSink sink) {
        begun = true;
        id = ReplyId.of(Dialect.RESPONSES, begin.id());
        created = begin.created() == null ? created : begin.created();
        Json.Obj response = response("in_progress").build();
        send(Members.typed("response.created").put("response", response), sink);
        send(Members.typed("response.in_progress").put("response", response), sink);
    }

    private void open(StreamEvent.Open opened, SseSink sink) {
        switch (opened.start()) {
            case Part.Text text -> {
                Item item = added(opened, OutputItems.message(next(), "in_progress", List.of()), sink);
                send(
                        item.content("response.content_part.added")
                                .put("part", OutputItems.outputText("", List.of(), List.of())),
                        sink);
            }
            case Part.Refusal refusal -> {
                Item item = added(opened, OutputItems.message(next(), "in_progress", List.of()), sink);
                send(item.content("response.content_part.added").put("part", OutputItems.refused("")), sink);
            }
            case Part.ToolCall call -> {
                if (call.seal() != null) {
                    seal(call.seal(), sink);
                }
                added(opened, OutputItems.call(next(), "in_progress", call, ""), sink);
            }
            case Part.Reasoning reasoning -> added(opened, OutputItems.reasoning(next(), "", null), sink);
            case Part.Opaque opaque ->
                losses.meaning(
                        Place.BODY.member(opaque.kind()),
                        "is what only " + opaque.dialect().title() + " has");
            case Part.Attachment attachment -> losses.meaning(Place.BODY.member("content"), "is not text");
            case Part.ToolResult result -> losses.meaning(Place.BODY.member("content"), "is a tool's result");
        }
    }

    /** Sends an item that only carries the seal of the call after it. */
    private void seal(Seal seal, SseSink sink) {
        Json.Obj carrier = OutputItems.reasoning(next(), "", seal);
        int index = items++;
        finished.put(index, carrier);
        for (String type : List.of("response.output_item.added", "response.output_item.done")) {
            send(Members.typed(type).put("output_index", (long) index).put("item", carrier), sink);
        }
    }

    private String next() {
        return ReplyId.bare(id) + "_" + items;
    }

    private Item added(StreamEvent.Open opened, Json.Obj begun, SseSink sink) {
        Item item = new Item(opened.start());
        open.put(opened.part(), item);
        send(
                Members.typed("response.output_item.added")
                        .put("output_index", (long) item.index)
                        .put("item", begun),
                sink);
        return item;
    }

    private void delta(@Nullable Item item, String text, SseSink sink) {
        if (item == null) {
            return;
        }
        boolean first = item.text.isEmpty();
        item.text.append(text);
        switch (item.start) {
            case Part.Text words ->
                send(
                        item.content("response.output_text.delta")
                                .put("delta", text)
                                .put("logprobs", List.of()),
                        sink);
            case Part.Refusal refusal ->
                send(item.content("response.refusal.delta").put("delta", text), sink);
            case Part.ToolCall call ->
                send(item.about("response.function_call_arguments.delta", "fc_").put("delta", text), sink);
            case Part.Reasoning reasoning -> {
                if (first) {
                    send(item.summary("response.reasoning_summary_part.added").put("part", summary("")), sink);
                }
                send(item.summary("response.reasoning_summary_text.delta").put("delta", text), sink);
            }
            case Part.Opaque opaque -> {}
            case Part.Attachment attachment -> {}
            case Part.ToolResult result -> {}
        }
    }

    private static Json.Obj summary(String text) {
        return Members.typed("summary_text").put("text", text).build();
    }

    private void cited(@Nullable Item item, Citation citation, SseSink sink) {
        Json.Obj annotation = Annotations.flat(citation);
        if (annotation == null || item == null) {
            losses.hint(Place.BODY.member("citations"), "cites a document of the request");
            return;
        }
        send(
                item.content("response.output_text.annotation.added")
                        .put("annotation_index", (long) item.annotations.size())
                        .put("annotation", annotation),
                sink);
        item.annotations.add(annotation);
    }

    private void scored(@Nullable Item item, List<TokenScore> scores, SseSink sink) {
        if (item != null) {
            item.scores.addAll(scores);
            send(
                    item.content("response.output_text.delta").put("delta", "").put("logprobs", Scores.write(scores)),
                    sink);
        }
    }

    private void close(Item item, SseSink sink) {
        String text = item.text.toString();
        Json.Obj whole = switch (item.start) {
            case Part.Text words -> {
                Json.Obj part = OutputItems.outputText(text, item.annotations, item.scores);
                send(
                        item.content("response.output_text.done")
                                .put("text", text)
                                .put("logprobs", Scores.write(item.scores)),
                        sink);
                send(item.content("response.content_part.done").put("part", part), sink);
                yield OutputItems.message(item.id(), "completed", List.of(part));
            }
            case Part.Refusal refusal -> {
                Json.Obj part = OutputItems.refused(text);
                send(item.content("response.refusal.done").put("refusal", text), sink);
                send(item.content("response.content_part.done").put("part", part), sink);
                yield OutputItems.message(item.id(), "completed", List.of(part));
            }
            case Part.ToolCall call -> {
                send(
                        item.about("response.function_call_arguments.done", "fc_")
                                .put("name", call.name())
                                .put("arguments", text),
                        sink);
                yield OutputItems.call(item.id(), "completed", call, text);
            }
            case Part.Reasoning reasoning -> {
                if (!text.isEmpty()) {
                    send(item.summary("response.reasoning_summary_text.done").put("text", text), sink);
                    send(item.summary("response.reasoning_summary_part.done").put("part", summary(text)), sink);
                }
                yield OutputItems.reasoning(item.id(), text, item.seal);
            }
            case Part.Opaque opaque -> opaque.source();
            case Part.Attachment attachment -> Json.object();
            case Part.ToolResult result -> Json.object();
        };
        finished.put(item.index, whole);
        send(
                Members.typed("response.output_item.done")
                        .put("output_index", (long) item.index)
                        .put("item", whole),
                sink);
    }

    private void failed(ApiError error, SseSink sink) {
        String code = error.code() == null ? "server_error" : error.code();
        send(
                Members.typed("error")
                        .put("code", code)
                        .put("message", error.message())
                        .put("param", Json.ofNullable(error.field())),
                sink);
        if (begun) {
            Json.Obj response = response("failed")
                    .put(
                            "error",
                            new Members()
                                    .put("code", code)
                                    .put("message", error.message())
                                    .build())
                    .build();
            send(Members.typed("response.failed").put("response", response), sink);
        }
    }

    private void send(Members event, SseSink sink) {
        Json.Obj data = event.put("sequence_number", number++).build();
        sink.event(SseEvent.of(data.string("type"), data.compact()));
    }
}
