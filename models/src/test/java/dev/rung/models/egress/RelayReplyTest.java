package dev.rung.models.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.model.Residency;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RelayReplyTest {
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    /** What a server does with a connection whose request it has read. */
    private interface Play {
        void on(OutputStream out) throws Exception;
    }

    @Test
    void chunks_that_came_in_one_packet_are_known_to_be_here() throws Exception {
        withReply(
                out -> send(out, CHUNKED + "6\r\nfirst \r\n6\r\nsecond\r\n0\r\n\r\n"),
                Duration.ofSeconds(5),
                () -> {},
                reply -> {
                    assertThat(read(reply)).isEqualTo("first ");
                    assertThat(reply.hasAhead()).isTrue();
                    assertThat(read(reply)).isEqualTo("second");
                    assertThat(reply.hasAhead()).isFalse();
                    assertThat(read(reply)).isEmpty();
                });
    }

    @Test
    void the_beginning_of_a_chunks_line_is_not_taken_for_bytes_that_are_here() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        withReply(
                out -> {
                    send(out, CHUNKED + "6\r\nfirst \r\n6");
                    assertThat(seen.await(10, TimeUnit.SECONDS)).isTrue();
                    send(out, "\r\nsecond\r\n0\r\n\r\n");
                },
                Duration.ofSeconds(5),
                () -> {},
                reply -> {
                    assertThat(read(reply)).isEqualTo("first ");
                    assertThat(reply.hasAhead()).isFalse();
                    seen.countDown();
                    assertThat(read(reply)).isEqualTo("second");
                });
    }

    @Test
    void a_server_that_falls_silent_is_told_from_one_that_is_late_and_from_a_call_that_was_cancelled()
            throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        Play stalls = out -> {
            send(out, CHUNKED + "6\r\nfirst \r\n");
            assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
        };
        try {
            withReply(stalls, Duration.ofMillis(50), () -> {}, reply -> {
                assertThat(read(reply)).isEqualTo("first ");
                assertThatThrownBy(() -> read(reply)).isInstanceOf(Silent.class);
            });
            withCall(stalls, Duration.ofSeconds(5), () -> {}, (reply, call) -> {
                assertThat(read(reply)).isEqualTo("first ");
                call.deadline(System.nanoTime() + 30_000_000);
                assertThatThrownBy(() -> read(reply)).isInstanceOf(DeadlineExceeded.class);
            });
            withCall(stalls, Duration.ofSeconds(5), () -> {}, (reply, call) -> {
                assertThat(read(reply)).isEqualTo("first ");
                Thread.ofVirtual().start(call::cancel);
                assertThatThrownBy(() -> read(reply)).isInstanceOf(CallCancelled.class);
            });
        } finally {
            over.countDown();
        }
    }

    @Test
    void the_first_wait_that_takes_its_time_is_told_once() throws Exception {
        AtomicInteger told = new AtomicInteger();
        CountDownLatch first = new CountDownLatch(1);
        withReply(
                out -> {
                    assertThat(first.await(10, TimeUnit.SECONDS)).isTrue(); // no byte before somebody was told
                    send(out, CHUNKED + "6\r\nfirst \r\n");
                    Thread.sleep(60); // a second wait, longer than the first
                    send(out, "0\r\n\r\n");
                },
                Duration.ofSeconds(5),
                () -> {
                    told.incrementAndGet();
                    first.countDown();
                },
                reply -> {
                    assertThat(read(reply)).isEqualTo("first ");
                    assertThat(read(reply)).isEmpty();
                    assertThat(told).hasValue(1);
                });
    }

    private interface Look {
        void at(RelayReply reply) throws Exception;
    }

    private interface CallLook {
        void at(RelayReply reply, RelayCall call) throws Exception;
    }

    private static void withReply(Play play, Duration silence, Runnable onWait, Look look) throws Exception {
        withCall(play, silence, onWait, (reply, call) -> look.at(reply));
    }

    private static void withCall(Play play, Duration silence, Runnable onWait, CallLook look) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                RelayEgress egress = RelayEgress.open(Map.of(), 4)) {
            Thread.ofVirtual().start(() -> serve(server, play));
            RelayRequest request = new RelayRequest(
                    "POST",
                    URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1/chat/completions"),
                    Residency.LOCAL,
                    List.of("content-type", "application/json"),
                    Pieces.of(new byte[] {'{', '}'}),
                    RelayTimes.of(Duration.ofSeconds(5), silence));
            RelayCall call =
                    new RelayCall(System.nanoTime() + Duration.ofSeconds(10).toNanos(), onWait);
            try (RelayReply reply = egress.send(request, call)) {
                look.at(reply, call);
            }
        }
    }

    private static void serve(ServerSocket server, Play play) {
        try (Socket socket = server.accept()) {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n{}")) {
                head.append((char) in.read());
            }
            play.on(socket.getOutputStream());
        } catch (Exception e) {
            // The caller has gone, which some of these do.
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String read(RelayReply reply) throws IOException {
        byte[] buffer = new byte[100];
        int count = reply.read(buffer, 0, buffer.length);
        return count < 0 ? "" : new String(buffer, 0, count, StandardCharsets.US_ASCII);
    }
}
