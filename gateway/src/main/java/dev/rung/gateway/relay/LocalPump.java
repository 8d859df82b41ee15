package dev.rung.gateway.relay;

import dev.rung.core.model.ChatAnswer;
import dev.rung.gateway.config.Deadlines;
import dev.rung.gateway.errors.DialectErrors;
import dev.rung.gateway.http.CallerGone;
import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.Reply;
import dev.rung.gateway.local.LocalRun;
import dev.rung.gateway.local.Step;
import dev.rung.gateway.local.Words;
import dev.rung.gateway.policy.Settlement;
import dev.rung.gateway.policy.Settlement.End;
import dev.rung.wire.form.StreamEvent;
import dev.rung.wire.form.StreamWriter;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries what a model in this process says to the caller, each piece as soon as it is there; for one thread, once. */
final class LocalPump implements Reply.Flow {
    private final Inbound inbound;
    private final Course course;
    private final LocalRun run;
    private final Step first;
    private final LocalAnswer answer;
    private final Entry entry;
    private final Deadlines deadlines;
    private final StreamWriter writer;
    private final Sent sent;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream(256);
    private long pieces;

    LocalPump(Inbound inbound, Course course, Outcome.Speaking speaking, Deadlines deadlines) {
        this.inbound = inbound;
        this.course = course;
        this.run = speaking.run();
        this.first = speaking.first();
        this.answer = speaking.answer();
        this.entry = speaking.entry();
        this.deadlines = deadlines;
        this.writer = answer.stream();
        this.sent = new Sent(course.grant().wantsReply());
    }

    @Override
    public @Nullable String run(Reply.Outlet outlet) {
        String error = "internal_error";
        End end = End.BROKEN_OFF;
        try {
            error = pump(outlet);
            end = error == null ? End.COMPLETE : End.BROKEN_OFF;
            return error;
        } catch (CallerGone e) {
            error = "caller_gone";
            end = End.CALLER_GONE;
            throw e;
        } finally {
            run.close();
            entry.close();
            if (end != End.COMPLETE) { // a whole stream has been settled before its last event left
                settle(error, end, new Settlement.Use.Reported(null, List.of(), pieces, sent.count()));
            }
        }
    }

    private @Nullable String pump(Reply.Outlet outlet) {
        write(answer.begin());
        Step step = first;
        while (true) {
            switch (step) {
                case Step.Piece(String text) -> {
                    pieces++;
                    write(List.of(Words.piece(text)));
                    send(outlet);
                }
                case Step.Said(ChatAnswer said) -> {
                    write(Words.end(said));
                    byte[] last = written.toByteArray();
                    sent.add(last, 0, last.length);
                    settle(null, End.COMPLETE, answer.used(said));
                    outlet.write(last, 0, last.length);
                    return null;
                }
                case Step.Failed(Throwable why) -> {
                    return tell(outlet, 502, "model_failed", "The model failed in the middle of its answer.");
                }
            }
            long now = System.nanoTime();
            long silence = now + deadlines.betweenChunks().toNanos();
            long end = course.end(deadlines.total());
            Step next = run.next(silence - end < 0 ? silence : end);
            if (next == null) {
                if (run.isCancelled()) {
                    throw new CallerGone();
                }
                return System.nanoTime() - end >= 0
                        ? tell(
                                outlet,
                                504,
                                "deadline_exceeded",
                                "The answer was not through within the total deadline.")
                        : tell(outlet, 504, "upstream_stalled", "The model fell silent in the middle of its answer.");
            }
            step = next;
        }
    }

    private void write(List<StreamEvent> events) {
        events.forEach(event -> writer.write(event, Translation.into(written)));
    }

    private void send(Reply.Outlet outlet) {
        if (written.size() == 0) {
            return;
        }
        byte[] bytes = written.toByteArray();
        written.reset();
        sent.add(bytes, 0, bytes.length);
        outlet.write(bytes, 0, bytes.length);
    }

    private String tell(Reply.Outlet outlet, int status, String code, String message) {
        byte[] event = DialectErrors.event(inbound.verb().dialect(), Refusal.of(status, code, message));
        outlet.write(event, 0, event.length);
        return code;
    }

    private void settle(@Nullable String error, End end, Settlement.Use use) {
        course.settle(200, error, end, use, end == End.COMPLETE ? sent.whole() : null, "text/event-stream");
    }
}
