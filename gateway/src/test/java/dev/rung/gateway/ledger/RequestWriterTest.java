package dev.rung.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.store.RequestRow;
import dev.rung.store.Traffic;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestWriterTest {
    @TempDir
    private Path state;

    private Traffic traffic;

    @BeforeEach
    void open() {
        traffic = Traffic.open(state);
    }

    @AfterEach
    void close() {
        traffic.close();
    }

    private static RequestRow row(int bytes) {
        return new RequestRow(
                1_700_000_000_000L,
                "req-1",
                null,
                "ci",
                null,
                null,
                null,
                "openai",
                "generate",
                "m",
                "up/m",
                "up",
                "up/m",
                1,
                false,
                200,
                null,
                "complete",
                null,
                1L,
                null,
                null,
                1L,
                null,
                1L,
                null,
                null,
                null,
                1L,
                2L,
                new byte[bytes],
                null);
    }

    /** Holds the file as another process's long write does, until it is closed. */
    private Connection hold() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("traffic.db"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
        }
        return connection;
    }

    private static Durability queue(int rows, long bytes, boolean block) {
        return new Durability(false, Duration.ofMillis(1), rows, bytes, block);
    }

    @Test
    void a_row_that_must_be_there_is_there_when_the_request_ends() {
        try (RequestWriter writer = new RequestWriter(traffic.requests(), Durability.SYNC)) {
            for (int i = 1; i <= 20; i++) {
                writer.add(row(0));
                assertThat(traffic.requests().count()).isEqualTo(i);
            }
        }
    }

    @Test
    void rows_that_wait_are_written_when_the_server_ends() {
        try (RequestWriter writer = new RequestWriter(traffic.requests(), Durability.ASYNC)) {
            for (int i = 0; i < 5_000; i++) {
                writer.add(row(0));
            }
        }
        assertThat(traffic.requests().count()).isEqualTo(5_000);
    }

    @Test
    void when_the_queue_is_full_rows_are_dropped_and_counted_and_nobody_waits() throws SQLException {
        try (RequestWriter writer = new RequestWriter(traffic.requests(), queue(10, Long.MAX_VALUE, false))) {
            Connection other = hold();
            long began = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                writer.add(row(0));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
            assertThat(writer.waiting()).isLessThanOrEqualTo(20);
            long dropped = writer.dropped();
            assertThat(dropped).isBetween(980L, 990L);
            other.close();
            writer.flush();
            assertThat(traffic.requests().count()).isEqualTo(1_000 - dropped);
        }
    }

    @Test
    void when_no_row_may_be_lost_requests_wait_for_room() throws Exception {
        try (RequestWriter writer = new RequestWriter(traffic.requests(), queue(10_000, 10_000, true));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Connection other = hold();
            Future<?> adding = threads.submit(() -> {
                for (int i = 0; i < 100; i++) {
                    writer.add(row(1_000));
                }
            });
            Thread.sleep(100);
            assertThat(adding.isDone()).isFalse();
            assertThat(writer.waiting())
                    .as("rows of 1,600 bytes in two queues of 10,000")
                    .isLessThanOrEqualTo(14);
            other.close();
            adding.get(20, TimeUnit.SECONDS);
            writer.flush();
            assertThat(traffic.requests().count()).isEqualTo(100);
            assertThat(writer.dropped()).isZero();
        }
    }
}
