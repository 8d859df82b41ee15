package dev.rung.gateway.relay;

import dev.rung.gateway.errors.DialectErrors;
import dev.rung.gateway.http.Bytes;
import dev.rung.gateway.http.CallerGone;
import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.Reply;
import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.policy.Settlement.End;
import dev.rung.gateway.relay.StreamReader.Mark;
import dev.rung.gateway.scan.MalformedJson;
import dev.rung.models.egress.CallCancelled;
import dev.rung.models.egress.DeadlineExceeded;
import dev.rung.models.egress.RelayReply;
import dev.rung.models.egress.Silent;
import dev.rung.wire.StreamTranslation;
import dev.rung.wire.form.ApiError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Carries the events of an upstream's stream to the caller, each as soon as it is complete and with its bytes as they are; for one thread, once.
 *
 * <p>Nothing is read while the caller does not take in what it was sent, so that a slow caller slows the upstream down and fills no memory here.
 */
final class Pump implements Reply.Flow {
    private static final Duration SOON = Duration.ofMillis(10);

    private final Inbound inbound;
    private final Course course;
    private final RelayReply reply;
    private final Entry entry;
    private final EventFrames frames;
    private final StreamReader reader;
    private final byte[] held;
    private final Mark first;
    private final boolean hidesUsage;
    private final EventView view = new EventView();
    private final Sent sent;
    private final @Nullable StreamTranslation translation;
    private final ByteArrayOutputStream translated = new ByteArrayOutputStream(0);

    Pump(Inbound inbound, Course course, Outcome.Streaming stream) {
        this.inbound = inbound;
        this.course = course;
        this.reply = stream.reply();
        this.entry = stream.entry();
        this.frames = stream.frames();
        this.reader = stream.reader();
        this.held = stream.held();
        this.first = stream.mark();
        this.hidesUsage = stream.hidesUsage();
        this.translation = stream.translation();
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
        } catch (CallCancelled | CallerGone e) {
            error = "caller_gone";
            end = End.CALLER_GONE;
            throw new CallerGone();
        } finally {
            reply.close();
            entry.close();
            if (end != End.COMPLETE) { // a whole stream has been settled before its last event left
                settle(error, end);
            }
        }
    }

    private @Nullable String pump(Reply.Outlet outlet) throws CallCancelled {
        try {
            return events(outlet);
        } catch (CallCancelled e) {
            throw e;
        } catch (Silent e) {
            return tell(outlet, 504, "upstream_stalled", "The upstream fell silent in the middle of its answer.");
        } catch (DeadlineExceeded e) {
            return tell(outlet, 504, "deadline_exceeded", "The answer was not through within the total deadline.");
        } catch (MalformedJson e) {
            return tell(outlet, 502, "upstream_invalid", "The upstream sent what its dialect does not have.");
        } catch (IOException e) {
            return tell(outlet, 502, "upstream_broke_off", "The upstream broke off in the middle of its answer.");
        }
    }

    private @Nullable String events(Reply.Outlet outlet) throws IOException {
        Mark mark = first;
        boolean more = true;
        if (held.length > 0) {
            pass(outlet, held, 0, held.length);
        }
        view.look(frames.bytes(), frames.from(), frames.to());
        boolean current = true;
        while (true) {
            int from = -1;
            int to = -1;
            while (current || frames.next() || (!more && reader.isComplete() && frames.rest())) {
                if (!current) {
                    view.look(frames.bytes(), frames.from(), frames.to());
                    mark = marked(outlet, from, to);
                }
                current = false;
                if (mark == Mark.USAGE && hidesUsage) {
                    if (from >= 0) {
                        pass(outlet, frames.bytes(), from, to);
                        from = -1;
                    }
                    continue;
                }
                from = from < 0 ? frames.from() : from;
                to = frames.to();
                if (mark == Mark.LAST) {
                    settle(null, End.COMPLETE);
                    pass(outlet, frames.bytes(), from, to);
                    finish(outlet);
                    drain();
                    return null;
                }
                if (mark == Mark.ERROR) {
                    pass(outlet, frames.bytes(), from, to);
                    return "upstream_error";
                }
            }
            if (from >= 0) {
                pass(outlet, frames.bytes(), from, to);
            }
            if (translation != null && translation.failure() != null) {
                return "upstream_invalid"; // the translation has told the caller
            }
            if (!more) {
                return ended(outlet);
            }
            more = frames.fill(reply);
        }
    }

    /** Returns what the current event is; one that is at fault takes none of those before it along. */
    private Mark marked(Reply.Outlet outlet, int from, int to) {
        try {
            return reader.mark(view);
        } catch (MalformedJson e) {
            if (from >= 0) {
                pass(outlet, frames.bytes(), from, to);
            }
            throw e;
        }
    }

    /** The upstream's stream is over, and no event was marked as the last one. */
    private @Nullable String ended(Reply.Outlet outlet) {
        if (reader.isComplete()) {
            settle(null, End.COMPLETE);
            finish(outlet);
            return null;
        }
        return tell(outlet, 502, "upstream_broke_off", "The upstream ended its stream without the event that ends it.");
    }

    /** Reads what little follows the last event, so that the connection can be used again. */
    private void drain() throws IOException {
        reply.silence(SOON);
        byte[] rest = new byte[256];
        try {
            for (int i = 0; i < 4; i++) {
                if (reply.read(rest, 0, rest.length) < 0) {
                    return;
                }
            }
        } catch (Silent e) {
            // Another request will open a connection of its own.
        }
    }

    private String tell(Reply.Outlet outlet, int status, String code, String message) {
        Dialect dialect = inbound.verb().dialect();
        Refusal refusal = Refusal.of(status, code, message);
        if (translation == null) {
            byte[] event = DialectErrors.event(dialect, refusal);
            outlet.write(event, 0, event.length);
        } else {
            String said = DialectErrors.message(dialect, refusal);
            translation.fail(
                    new ApiError(ApiError.Kind.of(status), status, said, null, code, null, null),
                    Translation.into(translated));
            send(outlet);
        }
        return code;
    }

    /** Sends events on: as they are, or translated. */
    private void pass(Reply.Outlet outlet, byte[] bytes, int from, int to) {
        StreamTranslation through = translation;
        if (through == null) {
            write(outlet, bytes, from, to);
            return;
        }
        through.feed(bytes, from, to, Translation.into(translated));
        send(outlet);
    }

    private void finish(Reply.Outlet outlet) {
        if (translation != null) {
            translation.end(Translation.into(translated));
            send(outlet);
        }
    }

    private void send(Reply.Outlet outlet) {
        if (translated.size() > 0) {
            byte[] bytes = translated.toByteArray();
            translated.reset();
            write(outlet, bytes, 0, bytes.length);
        }
    }

    private void write(Reply.Outlet outlet, byte[] bytes, int from, int to) {
        sent.add(bytes, from, to - from);
        outlet.write(bytes, from, to - from);
    }

    private void settle(@Nullable String error, End end) {
        Bytes copy = end == End.COMPLETE ? sent.whole() : null;
        course.settle(200, error, end, reader.used(sent.count()), copy, "text/event-stream");
    }
}
