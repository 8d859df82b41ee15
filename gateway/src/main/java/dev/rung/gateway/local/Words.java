package dev.rung.gateway.local;

import dev.rung.core.json.Json;
import dev.rung.core.model.ChatAnswer;
import dev.rung.wire.form.Choice;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Reply;
import dev.rung.wire.form.Stop;
import dev.rung.wire.form.StreamEvent;
import dev.rung.wire.form.Usage;
import java.util.List;

/** What a model in this process said, in the form from which every dialect is written. */
public final class Words {
    private Words() {}

    /** Returns the whole reply, for a caller who speaks {@code callers}. */
    public static Reply reply(ChatAnswer answer, String id, String model, long now, Dialect callers) {
        Part words = new Part.Text(answer.text(), Place.BODY);
        // Of another dialect than the caller's, which would be passed on as it was written.
        Dialect other = callers == Dialect.OPENAI ? Dialect.GEMINI : Dialect.OPENAI;
        return new Reply(
                other,
                id,
                model,
                now,
                List.of(new Choice(0, List.of(words), stop(answer), List.of())),
                usage(answer),
                List.of(),
                Json.object());
    }

    /** Returns the events with which the stream of an answer begins. */
    public static List<StreamEvent> begin(String id, String model, long now) {
        return List.of(
                new StreamEvent.Begin(id, model, now), new StreamEvent.Open(0, 0, new Part.Text("", Place.BODY)));
    }

    public static StreamEvent piece(String text) {
        return new StreamEvent.Delta(0, 0, text);
    }

    /** Returns the events with which the stream ends. */
    public static List<StreamEvent> end(ChatAnswer answer) {
        return List.of(
                new StreamEvent.Close(0, 0),
                new StreamEvent.Used(usage(answer)),
                new StreamEvent.Finish(0, stop(answer)),
                new StreamEvent.End());
    }

    private static Stop stop(ChatAnswer answer) {
        return switch (answer.end()) {
            case SAID -> Stop.of(Stop.Reason.END, "end");
            case STOP -> new Stop(Stop.Reason.STOP_SEQUENCE, answer.stop(), "stop");
            case LENGTH -> Stop.of(Stop.Reason.LENGTH, "length");
            case CONTEXT_FULL -> Stop.of(Stop.Reason.CONTEXT_FULL, "context");
        };
    }

    private static Usage usage(ChatAnswer answer) {
        dev.rung.core.model.Usage used = answer.usage();
        return new Usage(
                used.inputTokens() - used.cachedInputTokens(),
                used.cachedInputTokens(),
                null,
                null,
                null,
                used.outputTokens(),
                null,
                null,
                null,
                Json.object());
    }
}
