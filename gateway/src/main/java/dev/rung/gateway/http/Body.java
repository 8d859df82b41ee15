package dev.rung.gateway.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.regex.Pattern;

/** The body of one request, read within the limits; not thread-safe. */
final class Body {
    /** How much of a body that is too large is still read and thrown away, so that its sender gets to read the answer. */
    static final int TOLERANCE = 4 << 20;

    private static final Pattern JSON =
            Pattern.compile("application/json\\s*(;\\s*charset\\s*=\\s*\"?utf-?8\"?\\s*)?;?\\s*");

    private final ServerRequest request;
    private final Limits limits;
    private final Patience patience;
    private boolean begun;
    private boolean whole;

    Body(ServerRequest request, Limits limits, Patience patience) {
        this.request = request;
        this.limits = limits;
        this.patience = patience;
    }

    /** Returns the body, which must be said to be JSON. */
    Bytes read() {
        requireJson();
        if (request.headers().contentLength().orElse(0) > limits.bodyBytes()) {
            throw tooLarge();
        }
        if (!request.content().hasEntity()) {
            return Bytes.NONE;
        }
        begun = true;
        Patience.Wait wait = patience.begin();
        try {
            InputStream in =
                    request.content().inputStream(); // never closed: that would wait for the rest of a malformed body
            long said =
                    request.headers().contentLength().orElse(limits.bodyBytes()); // asking for no more spares a buffer
            byte[] bytes = in.readNBytes((int) said);
            boolean more = in.read() >= 0;
            if (more) {
                whole = ends(in);
                throw tooLarge();
            }
            whole = true;
            return Bytes.of(bytes);
        } catch (RequestException e) {
            throw e.status().code() == 413 ? tooLarge() : malformed();
        } catch (IllegalArgumentException | DataReader.IncorrectNewLineException e) {
            throw malformed();
        } catch (Refused e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new CallerGone("the body broke off", e);
        } finally {
            wait.end();
        }
    }

    /** Reads a body that nobody wanted; tells whether the connection can be used again. */
    boolean discard() {
        if (begun || !request.content().hasEntity()) {
            return whole || !begun;
        }
        if (request.headers().contentLength().orElse(0) > (long) limits.bodyBytes() + TOLERANCE) {
            return false;
        }
        if (request.headers().containsToken(HeaderValues.EXPECT_100) && !request.continueSent()) {
            return false; // the caller waits to be told whether to send the body, and is told no
        }
        Patience.Wait wait = patience.begin();
        try {
            return ends(request.content().inputStream());
        } catch (IOException | RuntimeException e) {
            return false; // too large, malformed or broken off: the refusal is sent, and the connection closed
        } finally {
            wait.end();
        }
    }

    /** Reads on and throws away, as far as is tolerated; tells whether the end was reached. */
    private boolean ends(InputStream in) throws IOException {
        byte[] thrownAway = new byte[8_192];
        long left = (long) limits.bodyBytes() + TOLERANCE;
        while (left >= 0) {
            int read = in.read(thrownAway);
            if (read < 0) {
                return true;
            }
            left -= read;
        }
        return false;
    }

    private void requireJson() {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        if (!JSON.matcher(type.toLowerCase(Locale.ROOT)).matches()) {
            throw new Refused(Refusal.of(
                    415,
                    "unsupported_media_type",
                    "Found %s, expected the header \"Content-Type: application/json\" (in UTF-8)."
                            .formatted(type.isEmpty() ? "no Content-Type" : "Content-Type: " + type)));
        }
    }

    private Refused tooLarge() {
        return new Refused(tooLarge(limits.bodyBytes()));
    }

    static Refusal tooLarge(int limit) {
        return Refusal.of(
                413, "body_too_large", "The request body is larger than the limit of %,d bytes.".formatted(limit));
    }

    private static Refused malformed() {
        return new Refused(
                Refusal.of(400, "malformed_http", "The chunks of the request body are not framed as HTTP/1.1 asks."));
    }
}
