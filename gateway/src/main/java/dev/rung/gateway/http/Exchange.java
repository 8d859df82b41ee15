package dev.rung.gateway.http;

import dev.rung.gateway.log.RequestLine.End;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One request and the sending of its reply; not thread-safe. */
final class Exchange {
    private static final System.Logger LOG = System.getLogger(Exchange.class.getName());
    private static final HeaderName REQUEST_ID = HeaderNames.create("x-request-id");
    private static final HeaderName BUFFERING = HeaderNames.create("x-accel-buffering");
    private static final HeaderName TIME = HeaderNames.create("x-rung-time-ms");

    private final Arrival arrival;
    private final ServerRequest request;
    private final ServerResponse response;
    private final Body body;
    private final Patience patience;
    private final Caller caller = new Caller(CallerLine.current());

    /** How the sending of a reply went; {@code error} is the stable code of the error that the caller saw, or null. */
    record Sent(End end, @Nullable String error) {}

    Exchange(Arrival arrival, ServerRequest request, ServerResponse response, Body body, Patience patience) {
        this.arrival = arrival;
        this.request = request;
        this.response = response;
        this.body = body;
        this.patience = patience;
    }

    Arrival arrival() {
        return arrival;
    }

    Caller caller() {
        return caller;
    }

    /** Returns what follows the question mark in the request line; empty without one. */
    String query() {
        return request.prologue().query().rawValue();
    }

    Head head() {
        return new Head(arrival.path(), query(), new ServerFields(request.headers()));
    }

    Body body() {
        return body;
    }

    /** Tells whether the caller has asked for the connection to be closed after the reply. */
    boolean callerCloses() {
        return request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    /** Sends {@code reply} and tells how that went. */
    Sent send(Reply reply, boolean keepAlive) {
        response.status(Status.create(reply.status()));
        reply.headers().forEach((name, value) -> response.header(ServerFields.name(name), value));
        response.header(REQUEST_ID, arrival.id());
        response.header(
                TIME, BigDecimal.valueOf(arrival.age().toNanos() / 1_000, 3).toPlainString());
        if (!keepAlive) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        try {
            String error = switch (reply) {
                case Reply.Whole whole -> send(whole);
                case Reply.Bare bare -> send(bare);
                case Reply.Events events -> send(events);
                case Reply.Flowing flowing -> send(flowing);
            };
            return new Sent(End.COMPLETE, error);
        } catch (CallerGone e) {
            LOG.log(Level.DEBUG, () -> "the caller of request " + arrival.id() + " has gone: " + e.getMessage());
            return new Sent(End.CALLER_GONE, "caller_gone");
        } catch (RuntimeException e) {
            // The head is sent already: the caller sees a stream without its end, which every client takes for an
            // error.
            LOG.log(Level.ERROR, "the reply to request " + arrival.id() + " broke off", e);
            return new Sent(End.BROKEN, "internal_error");
        }
    }

    private @Nullable String send(Reply.Whole reply) {
        byte[] body = reply.json().getBytes(StandardCharsets.UTF_8);
        if (body.length > 0) {
            if (!reply.headers().containsKey("content-type")) {
                response.header(HeaderValues.CONTENT_TYPE_JSON);
            }
        }
        whole(body);
        return reply.error();
    }

    private @Nullable String send(Reply.Bare reply) {
        whole(reply.body().array());
        return reply.error();
    }

    private void whole(byte[] body) {
        if (request.prologue().method().text().equals("HEAD")) {
            response.headers().contentLength(body.length);
            onto(() -> response.send(new byte[0]));
        } else {
            onto(() -> response.send(body));
        }
    }

    private @Nullable String send(Reply.Events reply) {
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        OutputStream out = stream();
        reply.script()
                .play(data -> onto(() -> {
                    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }));
        end();
        return null;
    }

    private @Nullable String send(Reply.Flowing reply) {
        OutputStream out = stream();
        String error = reply.flow()
                .run((bytes, from, length) -> onto(() -> {
                    out.write(bytes, from, length);
                    out.flush();
                }));
        end();
        return error;
    }

    private OutputStream stream() {
        response.header(HeaderNames.CACHE_CONTROL, "no-cache");
        response.header(BUFFERING, "no"); // asks a reverse proxy in front to pass events on at once
        return response.outputStream();
    }

    private void end() {
        if (response instanceof RoutingResponse whole) {
            onto(whole::commit); // sends the end of the stream, which closing it does not
        }
    }

    /** Something that writes to the caller. */
    private interface Writing {
        void run() throws IOException;
    }

    private void onto(Writing writing) {
        Patience.Wait wait = patience.begin();
        try {
            writing.run();
        } catch (IOException | RuntimeException e) {
            throw new CallerGone("it left, or was too slow to read", e);
        } finally {
            wait.end();
        }
    }
}
