package dev.rung.wire.gemini;

import dev.rung.core.json.Json;
import dev.rung.wire.form.ApiError;
import dev.rung.wire.form.EventJson;
import dev.rung.wire.form.Malformed;
import dev.rung.wire.form.Stop;
import dev.rung.wire.form.StreamEvent;
import dev.rung.wire.form.StreamReader;
import dev.rung.wire.sse.SseEvent;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads a stream of replies, each with what came since the last: complete when each candidate has said why it ended and the stream is over. */
final class ResponseStreamReader implements StreamReader {
    private final Map<Integer, Candidate> candidates = new TreeMap<>();
    private boolean begun;
    private boolean over;
    private String id = "";

    @Override
    public void read(SseEvent event, Consumer<StreamEvent> sink) {
        if (over) {
            return;
        }
        Json.Obj reply = EventJson.parse(event);
        if (reply == null) {
            fail(EventJson.garbage(), sink);
        } else if (reply.get("error") != null) {
            fail(GoogleErrors.read(200, reply), sink);
        } else {
            try {
                reply(reply, sink);
            } catch (Malformed e) {
                fail(EventJson.garbage(), sink);
            }
        }
    }

    private void reply(Json.Obj reply, Consumer<StreamEvent> sink) {
        if (!begun) {
            begun = true;
            id = reply.get("responseId") instanceof Json.Str(String name) ? name : "";
            String model = reply.get("modelVersion") instanceof Json.Str(String version) ? version : "";
            sink.accept(new StreamEvent.Begin(id, model, null));
        }
        if (reply.get("candidates") instanceof Json.Arr(List<Json> items)) {
            for (Json item : items) {
                if (item instanceof Json.Obj candidate) {
                    int index = candidate.get("index") instanceof Json.Num(BigDecimal number) ? number.intValue() : 0;
                    candidates.computeIfAbsent(index, i -> new Candidate(i, id)).read(candidate, sink);
                }
            }
        }
        Stop blocked = CandidatesReader.blocked(reply.get("promptFeedback") instanceof Json.Obj object ? object : null);
        if (blocked != null && candidates.isEmpty()) {
            candidates.computeIfAbsent(0, i -> new Candidate(i, id)).finish(blocked, sink);
        }
        if (reply.get("usageMetadata") instanceof Json.Obj usage) {
            sink.accept(new StreamEvent.Used(UsageMetadata.read(usage)));
        }
    }

    @Override
    public void end(Consumer<StreamEvent> sink) {
        if (over) {
            return;
        }
        if (candidates.isEmpty() || !candidates.values().stream().allMatch(Candidate::finished)) {
            fail(ApiError.brokenOff(), sink);
            return;
        }
        over = true;
        sink.accept(new StreamEvent.End());
    }

    private void fail(ApiError error, Consumer<StreamEvent> sink) {
        over = true;
        sink.accept(new StreamEvent.Failed(error));
    }
}
