package dev.rung.models.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ComputeGateTest {
    @Test
    void a_gate_shuts_after_the_computation_under_way_and_lets_none_begin_again() throws InterruptedException {
        ComputeGate gate = new ComputeGate();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        Thread computing = Thread.ofPlatform()
                .daemon()
                .start(() -> gate.pass(() -> {
                    begun.countDown();
                    await(mayEnd);
                    ended.set(true);
                    return 0;
                }));
        begun.await();

        AtomicBoolean endedWhenShut = new AtomicBoolean();
        Thread ending = Thread.ofPlatform().daemon().start(() -> {
            gate.shut();
            endedWhenShut.set(ended.get());
        });
        assertThat(ending.join(Duration.ofMillis(100)))
                .as("shut while computing")
                .isFalse();
        mayEnd.countDown();
        ending.join();
        computing.join();
        assertThat(endedWhenShut).isTrue();

        AtomicBoolean computed = new AtomicBoolean();
        Thread late = Thread.ofPlatform()
                .daemon()
                .start(() -> gate.pass(() -> {
                    computed.set(true);
                    return 0;
                }));
        assertThat(late.join(Duration.ofMillis(100)))
                .as("a late computation ended")
                .isFalse();
        assertThat(computed).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
