package dev.rung.models.egress;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** The reply to a relayed request, whose body is read as it comes; for one thread, which closes it. */
public final class RelayReply implements AutoCloseable {
    private final RelayEgress egress;
    private final RelayCall call;
    private final ClassicHttpResponse response;
    private final InputStream body;
    private final long length;
    private boolean ended;

    RelayReply(RelayEgress egress, RelayCall call, ClassicHttpResponse response) throws IOException {
        this.egress = egress;
        this.call = call;
        this.response = response;
        HttpEntity entity = response.getEntity();
        InputStream content = entity == null ? null : entity.getContent();
        this.body = content == null ? InputStream.nullInputStream() : content;
        this.length = entity == null ? 0 : entity.getContentLength();
        this.ended = entity == null;
    }

    public int status() {
        return response.getCode();
    }

    /** Returns the first value of the field {@code name}, whatever its case, or null. */
    public @Nullable String header(String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    /** Hands over each header field: its name in lower case, and its value. */
    public void each(BiConsumer<String, String> field) {
        for (Header header : response.getHeaders()) {
            field.accept(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
    }

    /** Returns how long the body is said to be; -1 when it is not said. */
    public long length() {
        return length;
    }

    /** Reads some bytes of the body as soon as there are any; -1 at its end. */
    public int read(byte[] buffer, int from, int most) throws IOException {
        call.waits();
        try {
            int count = body.read(buffer, from, most);
            ended = count < 0;
            return count;
        } catch (IOException e) {
            throw call.meaning(e);
        } finally {
            call.gets();
        }
    }

    /** Tells whether the next read gives bytes that have arrived already. */
    public boolean hasAhead() {
        return call.hasAhead();
    }

    /** Sets the longest wait between any two bytes from now on. */
    public void silence(Duration longest) {
        call.silence(longest);
    }

    /** Keeps the connection for the next request when the body was read to its end, and closes it otherwise. */
    @Override
    public void close() {
        egress.ended(call, ended);
    }
}
