package dev.rung.models.catalog;

import dev.rung.core.model.Residency;
import dev.rung.models.egress.Egress;
import dev.rung.models.egress.EgressReply;
import dev.rung.models.egress.EgressRequest;
import dev.rung.models.egress.Timeouts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/** Fetches a file over HTTP and goes on where a connection broke off, in this process or in one before. */
final class HttpFetch {
    private static final Timeouts TIMEOUTS = new Timeouts(Duration.ofSeconds(30), Duration.ofHours(12));
    private static final int BUFFER = 1 << 18;

    private final Egress egress;

    HttpFetch(Egress egress) {
        this.egress = egress;
    }

    /** Returns {@code part}, now with all {@code size} bytes; whatever it had before is taken as the file's beginning. */
    Path fetch(URI uri, Path part, long size, PullProgress progress) throws IOException {
        long have = sizeOf(part);
        if (have > size) {
            Files.delete(part);
            have = 0;
        }
        while (have < size) {
            long before = have;
            try {
                request(uri, part, have, size, progress);
                have = sizeOf(part);
                if (have < size) {
                    throw new IOException("the connection ended after " + have + " of " + size + " bytes");
                }
            } catch (IOException e) {
                have = sizeOf(part);
                if (have <= before) {
                    throw e; // a try that brought nothing is the last one
                }
            }
        }
        return part;
    }

    private static long sizeOf(Path part) throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }

    private void request(URI uri, Path part, long have, long size, PullProgress progress) throws IOException {
        Map<String, String> headers = have == 0 ? Map.of() : Map.of("Range", "bytes=" + have + "-");
        EgressRequest request = EgressRequest.get(uri, Residency.ANYWHERE, headers, TIMEOUTS);
        egress.exchange(request, reply -> {
            boolean resumed = reply.status() == 206
                    && reply.header("content-range").orElse("").startsWith("bytes " + have + "-");
            if (!resumed && reply.status() != 200) {
                if (reply.status() == 416) {
                    Files.deleteIfExists(part);
                }
                throw new IOException("the server answered with status " + reply.status());
            }
            return copy(reply, part, resumed ? have : 0, size, uri.getHost(), progress);
        });
    }

    private static long copy(EgressReply reply, Path part, long from, long size, String host, PullProgress progress)
            throws IOException {
        StandardOpenOption mode = from > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        long done = from;
        try (InputStream in = reply.body();
                OutputStream out =
                        Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0 && done <= size; n = in.read(buffer)) {
                done += n;
                if (done <= size) {
                    out.write(buffer, 0, n);
                    progress.at(host, done, size);
                }
            }
        }
        if (done > size) {
            // Even where its first bytes happen to be as many as wanted, this is another file: nothing of it may look
            // like a beginning.
            Files.delete(part);
            throw new IOException("the server sends more than the " + size + " bytes that the catalog says");
        }
        return done;
    }
}
