package dev.rung.gateway.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/**
 * A request whose body has arrived, as an endpoint sees it.
 *
 * @param rest what follows the path of a route that ends with a slash; otherwise empty
 * @param content the body; empty for routes that take none
 */
public record Call(Arrival arrival, String rest, RequestHeaders headers, Content content) {
    /** Bytes that nobody changes. */
    public static final class Content {
        static final Content NONE = new Content(new byte[0]);

        private final byte[] bytes;

        Content(byte[] bytes) {
            this.bytes = bytes;
        }

        public InputStream stream() {
            return new ByteArrayInputStream(bytes);
        }
    }
}
