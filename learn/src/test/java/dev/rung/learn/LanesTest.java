package dev.rung.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class LanesTest {
    @Test
    void every_piece_is_done_exactly_once() {
        AtomicIntegerArray done = new AtomicIntegerArray(1000);
        try (Lanes lanes = new Lanes(4)) {
            lanes.run(1000, done::incrementAndGet);
        }
        for (int piece = 0; piece < 1000; piece++) {
            assertThat(done.get(piece)).isOne();
        }
    }

    @Test
    void a_failing_piece_fails_the_run() {
        try (Lanes lanes = new Lanes(3)) {
            assertThatExceptionOfType(RuntimeException.class)
                    .isThrownBy(() -> lanes.run(50, piece -> {
                        if (piece % 7 == 3) {
                            throw new IllegalArgumentException("piece " + piece);
                        }
                    }));
        }
    }

    @Test
    void no_threads_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Lanes(0));
    }
}
