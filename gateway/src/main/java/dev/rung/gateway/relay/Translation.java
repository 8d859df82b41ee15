package dev.rung.gateway.relay;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.gateway.http.Bytes;
import dev.rung.gateway.http.Call;
import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.Refused;
import dev.rung.gateway.openai.Consent;
import dev.rung.gateway.policy.Dialect;
import dev.rung.json.JsonText;
import dev.rung.wire.StreamTranslation;
import dev.rung.wire.form.ApiError;
import dev.rung.wire.form.Codec;
import dev.rung.wire.form.ErrorReply;
import dev.rung.wire.form.Malformed;
import dev.rung.wire.form.Untranslatable;
import dev.rung.wire.form.Written;
import dev.rung.wire.sse.SseEvent;
import dev.rung.wire.sse.SseSink;
import dev.rung.wire.sse.SseWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call from a caller who speaks one dialect to an upstream that speaks another: the request in the upstream's, and its answer back; for one thread.
 *
 * <p>What the upstream's dialect cannot express is a {@link Refused} that names the field, unless only cost, speed or presentation hang on it or the caller allows its absence; then
 * {@code x-rung-dropped} names it.
 */
final class Translation {
    private static final int LARGEST_EVENT = 16 << 20;

    private final Codec callers;
    private final Codec theirs;
    private final Wording wording;
    private final Inbound sent;
    private final List<String> dropped;

    private Translation(Codec callers, Codec theirs, Wording wording, Inbound sent, List<String> dropped) {
        this.callers = callers;
        this.theirs = theirs;
        this.wording = wording;
        this.sent = sent;
        this.dropped = dropped;
    }

    /** Returns the translation of {@code call} for an upstream that speaks {@code to} and names the model {@code model}. */
    static Translation of(Call call, Inbound inbound, Dialect to, String model) {
        Wording wording = read(call, inbound, (body, inPath) -> Wording.of(call, inbound, body, inPath, to, model));
        Written written = wording.request();
        List<String> dropped = dropped(call, written.lost());
        Bytes body = Bytes.of(written.body().compact().getBytes(StandardCharsets.UTF_8));
        Inbound sent =
                to == Dialect.GEMINI ? Inbound.read(wording.verb(), model, body) : Inbound.read(wording.verb(), body);
        return new Translation(Wording.codec(inbound.verb().dialect()), Wording.codec(to), wording, sent, dropped);
    }

    /** Returns the fields that are left out; one without which the answer is another is a {@link Refused}, unless the caller allows its absence. */
    static List<String> dropped(Call call, List<Untranslatable> losses) {
        List<String> dropped = new ArrayList<>();
        Consent consent = Consent.of(call.headers().first(Consent.HEADER));
        for (Untranslatable lost : losses) {
            if (lost.weight() == Untranslatable.Weight.MEANING && !covers(consent, lost.field())) {
                throw new Refused(new Refusal(
                        400,
                        "untranslatable",
                        "%s %s. To have it left out, send the header %s: %s"
                                .formatted(lost.field(), lost.why(), Consent.HEADER, top(lost.field())),
                        lost.field(),
                        Map.of()));
            }
            dropped.add(lost.field());
        }
        return dropped;
    }

    /** What reads a request; {@code model} is what the path names, or null. */
    interface Reading<T> {
        T read(Json.Obj body, @Nullable String model);
    }

    /** Returns what {@code reading} makes of the body; one that is not what its dialect allows is a {@link Refused}. */
    static <T> T read(Call call, Inbound inbound, Reading<T> reading) {
        boolean inPath = inbound.verb().dialect() == Dialect.GEMINI;
        try {
            if (JsonText.parse(call.content().stream(), "request body") instanceof Json.Obj body) {
                return reading.read(body, inPath ? inbound.model() : null);
            }
            throw Refused.body("invalid_type", "The request body is not an object.");
        } catch (RungException.WrongInput e) {
            throw Refused.body("invalid_json", String.valueOf(e.getMessage()));
        } catch (Malformed e) {
            throw Refused.field(e.field(), "invalid_value", String.valueOf(e.getMessage()));
        }
    }

    private static boolean covers(Consent consent, String field) {
        return consent.covers(field) || consent.covers(top(field));
    }

    static String top(String field) {
        int end = 0;
        while (end < field.length() && field.charAt(end) != '.' && field.charAt(end) != '[') {
            end++;
        }
        return field.substring(0, end);
    }

    /** Returns the caller's name for what stands in {@code field} of the upstream's request, as far as that is known. */
    String origin(String field) {
        return wording.request().origin(field);
    }

    /** Returns the caller's names by those of the upstream's request. */
    Map<String, String> origins() {
        Map<String, String> origins = new LinkedHashMap<>();
        wording.request().origins().forEach((field, origin) -> origins.put(field, origin.toString()));
        return origins;
    }

    /** Returns the request for the upstream. */
    Inbound sent() {
        return sent;
    }

    /** Returns the outcome as the caller is to see it. */
    Outcome back(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered(Map<String, String> headers, WholeBody body) -> answered(headers, body);
            case Outcome.Told told -> told(told);
            case Outcome.Streaming stream -> stream.through(stream(), headers(stream.headers(), List.of()));
            case Outcome.Again(Trouble trouble, long floor, Outcome.Words.Theirs(Outcome.Told told)) ->
                new Outcome.Again(trouble, floor, new Outcome.Words.Theirs(told(told)));
            case Outcome.Again again -> again;
            case Outcome.OtherKey other -> other;
            case Outcome.Speaking speaking ->
                throw new IllegalStateException("a model in this process is asked in any dialect");
        };
    }

    private Outcome.Answered answered(Map<String, String> headers, WholeBody body) {
        Written written = reply(body.bytes());
        byte[] bytes = written.body().compact().getBytes(StandardCharsets.UTF_8);
        return new Outcome.Answered(
                headers(headers, written.lost()),
                new WholeBody(bytes, body.use(), body.id(), body.error(), body.status()));
    }

    private Outcome.Told told(Outcome.Told told) {
        Json.Obj body;
        try {
            body = object(told.body());
        } catch (Malformed e) {
            body = null;
        }
        ApiError error = theirs.readError(told.status(), body);
        ErrorReply reply = callers.writeError(error);
        Map<String, String> headers = headers(told.headers(), List.of());
        headers.putAll(reply.headers());
        return new Outcome.Told(reply.status(), headers, reply.body().compact().getBytes(StandardCharsets.UTF_8));
    }

    /** Returns how long an error of Gemini's asks to wait, which it says in its body only; zero for no wish. */
    static Duration delayInBody(Outcome.Told told) {
        try {
            Duration delay = Wording.codec(Dialect.GEMINI)
                    .readError(told.status(), object(told.body()))
                    .retryAfter();
            return delay == null ? Duration.ZERO : delay;
        } catch (Malformed e) {
            return Duration.ZERO;
        }
    }

    StreamTranslation stream() {
        return new StreamTranslation(callers, theirs, Objects.requireNonNull(wording.asked()), LARGEST_EVENT);
    }

    /** Returns what hands events on as bytes into {@code out}. */
    static SseSink into(ByteArrayOutputStream out) {
        return event -> out.writeBytes(
                event.type().equals(SseEvent.MESSAGE)
                        ? SseWriter.data(event.data())
                        : SseWriter.event(event.type(), event.data()));
    }

    /** Returns a whole reply, success or error, as the caller is to see it. */
    Outcome.Told whole(int status, Map<String, String> headers, byte[] body) {
        Outcome.Told theirReply = new Outcome.Told(status, headers, body);
        if (status >= 400) {
            return told(theirReply);
        }
        Written written = reply(body);
        return new Outcome.Told(
                status,
                headers(headers, written.lost()),
                written.body().compact().getBytes(StandardCharsets.UTF_8));
    }

    private Written reply(byte[] body) {
        try {
            return wording.reply().apply(object(body));
        } catch (Malformed e) {
            throw new Refused(Refusal.of(
                    502,
                    "upstream_invalid",
                    "The upstream answered what its dialect does not have: " + e.getMessage()));
        }
    }

    /** Returns the header fields for the caller, which name what was left out. */
    Map<String, String> headers(Map<String, String> theirs, List<Untranslatable> lost) {
        Map<String, String> headers = new LinkedHashMap<>(theirs);
        headers.remove("content-encoding");
        headers.computeIfPresent(
                "content-type", (name, type) -> type.startsWith("text/event-stream") ? type : "application/json");
        List<String> all = new ArrayList<>(dropped);
        String before = headers.get("x-rung-dropped");
        if (before != null) {
            all.add(before);
        }
        lost.forEach(one -> all.add(one.field()));
        if (!all.isEmpty()) {
            headers.put("x-rung-dropped", String.join(", ", all).replaceAll("[^ -~]", "?"));
        }
        return headers;
    }

    private static Json.Obj object(byte[] bytes) {
        try {
            if (JsonText.parse(new String(bytes, StandardCharsets.UTF_8)) instanceof Json.Obj object) {
                return object;
            }
        } catch (RungException.WrongInput e) {
            // said below
        }
        throw new Malformed(dev.rung.wire.form.Place.BODY, "no JSON object");
    }
}
