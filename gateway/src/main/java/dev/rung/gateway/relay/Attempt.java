package dev.rung.gateway.relay;

import dev.rung.gateway.config.Deadlines;
import dev.rung.gateway.config.Deployment;
import dev.rung.gateway.http.CallerGone;
import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.relay.Outcome.Again;
import dev.rung.gateway.relay.Outcome.Told;
import dev.rung.gateway.relay.Outcome.Words;
import dev.rung.gateway.scan.MalformedJson;
import dev.rung.models.egress.CallCancelled;
import dev.rung.models.egress.DeadlineExceeded;
import dev.rung.models.egress.NoFreeConnection;
import dev.rung.models.egress.RelayCall;
import dev.rung.models.egress.RelayEgress;
import dev.rung.models.egress.RelayReply;
import dev.rung.models.egress.RelayRequest;
import dev.rung.models.egress.RetryAfter;
import dev.rung.models.egress.Silent;
import dev.rung.models.egress.Unreachable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** One request to one deployment with one key, and what comes of it before the caller has got a byte; for one thread. */
final class Attempt {
    private static final System.Logger LOG = System.getLogger(Attempt.class.getName());
    private static final int LARGEST_ERROR = 1 << 20;
    private static final int LARGEST_EVENT = 16 << 20;
    private static final long KEY_RESTS_NANOS = Duration.ofMinutes(10).toNanos();
    private static final long RATE_RESTS_NANOS = Duration.ofSeconds(1).toNanos();

    private final Inbound inbound;
    private final Deployment deployment;
    private final Deadlines deadlines;
    private final KeyRing ring;
    private final int key;
    private final Entry entry;
    private final Waiting waiting;
    private final long began = System.nanoTime();
    private final long end;

    /** @param end the {@link System#nanoTime} at which the whole call must be over */
    Attempt(
            Inbound inbound,
            Deployment deployment,
            Deadlines deadlines,
            KeyRing ring,
            int key,
            Entry entry,
            Waiting waiting,
            long end) {
        this.inbound = inbound;
        this.deployment = deployment;
        this.deadlines = deadlines;
        this.ring = ring;
        this.key = key;
        this.entry = entry;
        this.waiting = waiting;
        this.end = end;
    }

    /** Sends the request; a caller that leaves meanwhile is a {@link CallerGone}. */
    Outcome send(RelayEgress egress, RelayRequest request) {
        long firstToken = began + deadlines.firstToken().toNanos();
        RelayCall call = new RelayCall(firstToken - end < 0 ? firstToken : end, waiting::watch);
        waiting.on(call::cancel);
        boolean handedOn = false;
        RelayReply reply = null;
        try {
            reply = egress.send(request, call);
            Outcome outcome = outcome(reply, call);
            handedOn = outcome instanceof Outcome.Streaming;
            return outcome;
        } catch (CallCancelled e) {
            throw new CallerGone();
        } catch (Unreachable e) {
            return failed(Trouble.UNREACHABLE, e);
        } catch (NoFreeConnection e) {
            return failed(Trouble.OVERLOADED, e);
        } catch (Silent | DeadlineExceeded e) {
            return failed(Trouble.TIMEOUT, e);
        } catch (IOException | MalformedJson e) {
            return failed(Trouble.BROKEN, e);
        } finally {
            if (!handedOn) {
                if (reply != null) {
                    reply.close();
                }
                entry.close();
            }
        }
    }

    private Again failed(Trouble trouble, Exception why) {
        LOG.log(Level.DEBUG, () -> deployment.name() + ": " + trouble + ": " + why.getMessage());
        return again(trouble, 0, Exhausted.of(trouble, deployment.name()));
    }

    private Again again(Trouble trouble, long floor, Words words) {
        entry.health().failed(trouble, System.nanoTime(), floor);
        return new Again(trouble, floor, words);
    }

    private Outcome outcome(RelayReply reply, RelayCall call) throws IOException {
        Map<String, String> headers = Fields.down(reply);
        if (reply.status() / 100 == 2) {
            return inbound.streamed() ? stream(reply, headers, call) : whole(reply, headers, call);
        }
        call.deadline(end);
        reply.silence(deadlines.betweenChunks());
        byte[] body = WholeBody.read(reply, LARGEST_ERROR);
        return refused(new Told(reply.status(), headers, body), reply);
    }

    private Outcome whole(RelayReply reply, Map<String, String> headers, RelayCall call) throws IOException {
        call.deadline(end);
        reply.silence(deadlines.betweenChunks());
        byte[] bytes = WholeBody.read(reply, WholeBody.LARGEST);
        WholeBody body = WholeBody.of(inbound.verb(), bytes, reply.header("content-encoding"));
        if (body.error()) {
            return refused(new Told(body.status(), headers, bytes), reply);
        }
        answered();
        return new Outcome.Answered(headers, body);
    }

    private Outcome stream(RelayReply reply, Map<String, String> headers, RelayCall call) throws IOException {
        waiting.watch();
        String type = reply.header("content-type");
        if (type != null && !type.startsWith("text/event-stream")) {
            byte[] bytes = WholeBody.read(reply, LARGEST_ERROR);
            WholeBody body = WholeBody.of(inbound.verb(), bytes, reply.header("content-encoding"));
            if (body.error()) {
                return refused(new Told(body.status(), headers, bytes), reply);
            }
            throw new IOException("answered with " + type + " where a stream was asked for");
        }
        EventFrames frames = new EventFrames(LARGEST_EVENT);
        StreamReader reader = StreamReader.of(inbound.verb());
        EventView view = new EventView();
        ByteArrayOutputStream held = new ByteArrayOutputStream(0);
        boolean more = true;
        while (more) {
            more = frames.fill(reply);
            while (frames.next() || (!more && frames.rest())) {
                view.look(frames.bytes(), frames.from(), frames.to());
                StreamReader.Mark mark = reader.mark(view);
                switch (mark) {
                    case PREAMBLE, USAGE -> hold(held, frames);
                    case CONTENT, LAST -> {
                        answered();
                        call.deadline(end);
                        reply.silence(deadlines.betweenChunks());
                        boolean hides =
                                inbound.usageIsOurs(deployment.upstream().streamUsage());
                        return new Outcome.Streaming(
                                reply, headers, held.toByteArray(), frames, reader, mark, hides, entry, null);
                    }
                    case ERROR -> {
                        Map<String, String> json = new LinkedHashMap<>(headers);
                        json.put("content-type", "application/json");
                        return refused(new Told(reader.status(view), json, reader.body(view)), reply);
                    }
                }
            }
        }
        throw new IOException("the stream ended before it had begun");
    }

    private static void hold(ByteArrayOutputStream held, EventFrames frames) throws IOException {
        if (held.size() + frames.to() - frames.from() > LARGEST_EVENT) {
            throw new IOException("more than " + LARGEST_EVENT + " bytes before the first event with content");
        }
        held.write(frames.bytes(), frames.from(), frames.to() - frames.from());
    }

    private void answered() {
        long now = System.nanoTime();
        entry.health().answered(now, now - began);
    }

    /** Says what an error of the upstream means: for this key, for this deployment, or for this request. */
    private Outcome refused(Told told, RelayReply reply) {
        long floor = RetryAfter.of(reply.header("retry-after-ms"), reply.header("retry-after"), Instant.now())
                .toNanos();
        if (floor == 0 && inbound.verb().dialect() == Dialect.GEMINI) {
            floor = Translation.delayInBody(told).toNanos();
        }
        if ("false".equals(reply.header("x-should-retry"))) {
            answered();
            return told;
        }
        return switch (told.status()) {
            case 401, 402, 403 -> keyRefused(told);
            case 429 -> {
                boolean spent = inbound.verb().dialect() != Dialect.ANTHROPIC
                        && new String(told.body(), StandardCharsets.ISO_8859_1).contains("insufficient_quota");
                long rest = spent ? KEY_RESTS_NANOS : Math.max(floor, RATE_RESTS_NANOS);
                if (rests(rest)) {
                    yield new Outcome.OtherKey();
                }
                yield again(Trouble.RATE_LIMITED, floor, new Words.Theirs(told));
            }
            case 503, 529 -> again(Trouble.OVERLOADED, floor, new Words.Theirs(told));
            case 408, 425, 500, 502, 504, 520, 522, 524 -> again(Trouble.SERVER_ERROR, floor, new Words.Theirs(told));
            default -> {
                if (told.status() < 400) {
                    yield again(Trouble.BROKEN, 0, Exhausted.of(Trouble.BROKEN, deployment.name()));
                }
                answered();
                yield told;
            }
        };
    }

    private Outcome keyRefused(Told told) {
        LOG.log(
                Level.WARNING,
                () -> "%s refused key %d of %d with status %d"
                        .formatted(deployment.upstream(), key + 1, ring.size(), told.status()));
        if (rests(KEY_RESTS_NANOS)) {
            return new Outcome.OtherKey();
        }
        return again(Trouble.KEYS_REFUSED, 0, Exhausted.of(Trouble.KEYS_REFUSED, deployment.name()));
    }

    /** Lets the key rest and tells whether there is another one. */
    private boolean rests(long nanos) {
        return key >= 0 && ring.refused(key, System.nanoTime(), nanos);
    }
}
