package dev.rung.models.egress;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/** A connection to an upstream that tells whether it has read ahead; for one thread at a time. */
final class RelayConnection extends DefaultManagedHttpClientConnection {
    private static final AtomicLong COUNT = new AtomicLong();
    // The end of a chunk's line, its length in up to eleven digits, the end of that line, and a byte of the next chunk.
    private static final int NEXT_CHUNK = 16;

    private @Nullable SessionInputBuffer ahead;
    private int enough;

    private RelayConnection() {
        super("relay-" + COUNT.incrementAndGet());
    }

    /** Returns what makes the connections of a pool. */
    static HttpConnectionFactory<ManagedHttpClientConnection> factory() {
        return new HttpConnectionFactory<>() {
            @Override
            public ManagedHttpClientConnection createConnection(@Nullable Socket socket) throws IOException {
                RelayConnection connection = new RelayConnection();
                if (socket != null) {
                    connection.bind(socket);
                }
                return connection;
            }
        };
    }

    @Override
    protected InputStream createContentInputStream(long length, SessionInputBuffer buffer, InputStream in) {
        ahead = buffer;
        enough = length == ContentLengthStrategy.CHUNKED ? NEXT_CHUNK : 1;
        return super.createContentInputStream(length, buffer, in);
    }

    /** Tells whether a read of the reply's body gives bytes that are here already. */
    boolean hasAhead() {
        SessionInputBuffer read = ahead;
        return read != null && read.length() >= enough;
    }
}
