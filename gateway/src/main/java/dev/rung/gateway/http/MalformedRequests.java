package dev.rung.gateway.http;

import dev.rung.gateway.log.RequestLine;
import dev.rung.gateway.log.RequestLog;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Answers what cannot be read as a request, in the same shape as every other error. */
final class MalformedRequests implements DirectHandler {
    private final Supplier<Limits> limits;
    private final ErrorShape shape;
    private final RequestLog log;

    MalformedRequests(Supplier<Limits> limits, ErrorShape shape, RequestLog log) {
        this.limits = limits;
        this.shape = shape;
        this.log = log;
    }

    @Override
    public TransportResponse handle(
            TransportRequest request, EventType event, Status status, ServerResponseHeaders headers, String message) {
        RequestHeaders fields = new ServerFields(request.headers());
        Arrival arrival = Arrival.of(request.method(), request.path(), fields);
        boolean encoded = request.headers().contains(HeaderNames.CONTENT_ENCODING);
        Refusal refusal = refusal(encoded && status.code() == 400 ? 415 : status.code(), message);
        Reply.Whole reply = shape.reply(new Head(arrival.path(), "", fields), refusal);
        log.ended(new RequestLine(
                arrival.id(),
                arrival.trace(),
                arrival.received(),
                arrival.method(),
                arrival.path(),
                reply.status(),
                reply.error(),
                null,
                RequestLine.End.COMPLETE,
                null,
                arrival.age()));
        return TransportResponse.builder()
                .status(Status.create(reply.status()))
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .header(HeaderNames.create("x-request-id"), arrival.id())
                .entity(reply.json().getBytes(StandardCharsets.UTF_8))
                .keepAlive(false)
                .build();
    }

    private Refusal refusal(int status, String message) {
        return switch (status) {
            case 413 -> Body.tooLarge(limits.get().bodyBytes());
            case 414 ->
                Refusal.of(
                        414,
                        "path_too_long",
                        "The request line is longer than %d bytes.".formatted(HttpServer.LONGEST_REQUEST_LINE));
            case 415 ->
                Refusal.of(
                        415, "unsupported_content_encoding", "Send the body as it is: no Content-Encoding is taken.");
            case 501 -> Refusal.of(501, "unsupported_transfer_encoding", "No Transfer-Encoding but chunked is taken.");
            case 505 -> Refusal.of(505, "unsupported_http_version", "Use HTTP/1.1.");
            default ->
                status < 500
                        ? Refusal.of(
                                400,
                                "malformed_http",
                                "This is not a well-formed HTTP/1.1 request: " + message
                                        + ". Head fields may take %,d bytes."
                                                .formatted(limits.get().headerBytes()))
                        : Refusal.of(500, "internal_error", "Something broke in the server.");
        };
    }
}
