package dev.rung.wire.openai;

import dev.rung.core.json.Json;
import dev.rung.wire.form.ApiError;
import dev.rung.wire.form.EventJson;
import dev.rung.wire.form.Malformed;
import dev.rung.wire.form.StreamEvent;
import dev.rung.wire.form.StreamReader;
import dev.rung.wire.sse.SseEvent;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the chunks of a streamed chat completion.
 *
 * <p>A text, a piece of reasoning and a refusal end where something else begins; calls are known by their index and may grow in turns, so they end with their choice.
 * A stream is complete when it has said {@code [DONE]} or ended, and each choice that began has its {@code finish_reason}; some servers leave out the former.
 */
final class ChunkReader implements StreamReader {
    private final Map<Integer, ChunkChoice> choices = new TreeMap<>();
    private boolean begun;
    private boolean over;

    @Override
    public void read(SseEvent event, Consumer<StreamEvent> sink) {
        if (over) {
            return;
        }
        if (event.is("[DONE]")) {
            end(sink);
            return;
        }
        Json.Obj chunk = EventJson.parse(event);
        if (chunk == null) {
            fail(EventJson.garbage(), sink);
        } else if (chunk.get("error") instanceof Json.Obj || event.type().equals("error")) {
            fail(OpenAiErrors.read(200, chunk), sink);
        } else {
            try {
                chunk(chunk, sink);
            } catch (Malformed e) {
                fail(EventJson.garbage(), sink);
            }
        }
    }

    private void chunk(Json.Obj chunk, Consumer<StreamEvent> sink) {
        List<Json> items = chunk.get("choices") instanceof Json.Arr(List<Json> array) ? array : List.of();
        Json.Obj usage = chunk.get("usage") instanceof Json.Obj object ? object : null;
        if (items.isEmpty() && usage == null) {
            return; // Azure's word on its filter, before anything else
        }
        if (!begun) {
            begun = true;
            sink.accept(new StreamEvent.Begin(
                    text(chunk.get("id")),
                    text(chunk.get("model")),
                    chunk.get("created") instanceof Json.Num(BigDecimal created)
                            ? Long.valueOf(created.longValue())
                            : null));
        }
        for (Json item : items) {
            if (item instanceof Json.Obj choice) {
                int index = choice.get("index") instanceof Json.Num(BigDecimal number) ? number.intValue() : 0;
                choices.computeIfAbsent(index, ChunkChoice::new).read(choice, sink);
            }
        }
        if (usage != null) {
            sink.accept(new StreamEvent.Used(ChatUsage.read(usage)));
        }
    }

    @Override
    public void end(Consumer<StreamEvent> sink) {
        if (over) {
            return;
        }
        if (choices.isEmpty() || !choices.values().stream().allMatch(ChunkChoice::finished)) {
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

    private static String text(@Nullable Json value) {
        return value instanceof Json.Str(String text) ? text : "";
    }
}
