package dev.rung.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.RungException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpendFileTest {
    private static final String NAME = "key:ci|usd|DAY";

    @TempDir
    private Path state;

    @Test
    void what_is_reserved_counts_until_it_is_settled_or_released() {
        try (SpendFile file = SpendFile.open(state)) {
            SpendFile.Counter counter = file.counter(NAME);
            assertThat(counter.reserve(100, 60, 100)).isTrue();
            assertThat(counter.reserve(100, 41, 100)).isFalse();
            assertThat(counter.reserve(100, 40, 100)).isTrue();
            counter.settle(100, 60, 10);
            counter.settle(100, 40, 0);
            assertThat(counter.used(100)).isEqualTo(10);
            assertThat(counter.settled(100)).isEqualTo(10);
        }
    }

    @Test
    void a_new_window_begins_empty_and_late_settlements_of_the_old_one_leave_it_alone() {
        try (SpendFile file = SpendFile.open(state)) {
            SpendFile.Counter counter = file.counter(NAME);
            assertThat(counter.reserve(100, 100, 100)).isTrue();
            assertThat(counter.reserve(200, 100, 100)).isTrue();
            counter.settle(100, 100, 90);
            assertThat(counter.used(200)).isEqualTo(100);
        }
    }

    @Test
    void counters_are_there_again_after_closing_and_one_server_at_a_time_has_them() {
        String longName = "team:" + "x".repeat(500) + "|usd|DAY";
        try (SpendFile file = SpendFile.open(state)) {
            for (int i = 0; i < 5_000; i++) {
                file.counter("key:" + i).raise(1, i);
            }
            file.counter(longName).raise(1, 7);
            assertThatThrownBy(() -> SpendFile.open(state))
                    .isInstanceOf(RungException.Unavailable.class)
                    .hasMessageContaining("another server");
        }
        try (SpendFile file = SpendFile.open(state)) {
            assertThat(file.unsettled()).isEmpty();
            for (int i = 0; i < 5_000; i++) {
                assertThat(file.counter("key:" + i).settled(1)).isEqualTo(i);
            }
            assertThat(file.counter(longName).settled(1)).isEqualTo(7);
        }
        assertThat(SpendFile.look(state).get("key:4999")).isEqualTo(new SpendFile.Standing(1, 4_999, 4_999));
    }

    @Test
    void many_threads_never_get_more_than_there_is() throws Exception {
        AtomicLong got = new AtomicLong();
        try (SpendFile file = SpendFile.open(state);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            SpendFile.Counter counter = file.counter(NAME);
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                futures.add(threads.submit(() -> {
                    for (int each = 0; each < 20; each++) {
                        if (counter.reserve(1, 7, 50_000)) {
                            got.addAndGet(5);
                            counter.settle(1, 7, 5);
                        }
                    }
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
            assertThat(counter.settled(1)).isEqualTo(got.get()).isBetween(49_980L, 50_000L);
            assertThat(counter.used(1)).isEqualTo(got.get());
        }
    }

    /** Spends 3 of each 10 that it reserves, says so, and leaves the last 10 reserved. */
    public static final class Spender {
        private Spender() {}

        public static void main(String[] arguments) throws InterruptedException {
            SpendFile file = SpendFile.open(Path.of(arguments[0]));
            SpendFile.Counter counter = file.counter(NAME);
            for (int spent = 3; ; spent += 3) {
                counter.reserve(1, 10, Long.MAX_VALUE / 2);
                counter.settle(1, 10, 3);
                counter.reserve(1, 10, Long.MAX_VALUE / 2);
                System.out.println(spent);
                counter.settle(1, 10, 0);
                if (spent % 300 == 0) {
                    Thread.sleep(1);
                }
            }
        }
    }

    @Test
    void after_a_kill_nothing_that_was_spent_is_forgotten_and_nothing_stays_reserved()
            throws IOException, InterruptedException {
        try (Subprocess process = Subprocess.run(Spender.class, state.toString())) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                lines.add(process.line());
            }
            lines.addAll(process.kill());
            long said = Long.parseLong(lines.getLast());
            try (SpendFile file = SpendFile.open(state)) {
                SpendFile.Counter counter = file.counter(NAME);
                long left = file.unsettled().stream()
                        .mapToLong(SpendFile.Unsettled::amount)
                        .sum();
                assertThat(counter.settled(1)).isBetween(said, said + 16);
                assertThat(counter.used(1)).isEqualTo(counter.settled(1));
                assertThat(left).isIn(0L, 3L, 7L, 10L);
            }
        }
    }
}
