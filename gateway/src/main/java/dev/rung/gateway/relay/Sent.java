package dev.rung.gateway.relay;

import dev.rung.gateway.http.Bytes;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** What a stream has sent to its caller: how many bytes, and a copy of them where that is wanted, as long as they are few enough. For one thread. */
final class Sent {
    private static final int MOST_KEPT = 4 << 20;

    private @Nullable ByteArrayOutputStream copy;
    private long count;

    /** @param copied whether a copy is wanted */
    Sent(boolean copied) {
        this.copy = copied ? new ByteArrayOutputStream() : null;
    }

    void add(byte[] bytes, int from, int length) {
        count += length;
        ByteArrayOutputStream all = copy;
        if (all == null) {
            return;
        }
        if (count > MOST_KEPT) {
            copy = null; // a part of it would be of no use
        } else {
            all.write(bytes, from, length);
        }
    }

    long count() {
        return count;
    }

    /** Returns the copy of everything; null when none was wanted, or it was too large. */
    @Nullable
    Bytes whole() {
        ByteArrayOutputStream all = copy;
        return all == null ? null : Bytes.of(all.toByteArray());
    }
}
