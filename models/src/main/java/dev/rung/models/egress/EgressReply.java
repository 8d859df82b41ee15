package dev.rung.models.egress;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * What a server answers, while its connection is open.
 *
 * @param headers by lower-case name, the first of each
 * @param body to be read before the reader returns; empty where there is none
 */
public record EgressReply(int status, Map<String, String> headers, InputStream body) {
    public EgressReply {
        headers = Map.copyOf(headers);
    }

    /** Returns the value of a header; {@code name} in lower case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Returns the whole body, or fails when it has more than {@code limit} bytes. */
    public byte[] bytes(int limit) throws IOException {
        byte[] bytes = body.readNBytes(limit);
        if (bytes.length == limit && body.read() >= 0) {
            throw new IOException("the reply has more than " + limit + " bytes");
        }
        return bytes;
    }

    /** Makes a result of a reply. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(EgressReply reply) throws IOException;
    }
}
