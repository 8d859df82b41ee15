package dev.rung.store;

import dev.rung.core.RungException;
import java.time.Duration;

/** A short wait before something held by another process is tried again. */
final class Pause {
    private static final Duration BRIEF = Duration.ofMillis(10);

    private Pause() {}

    static void briefly() {
        try {
            Thread.sleep(BRIEF);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RungException.Unavailable("interrupted while waiting for another process", e);
        }
    }
}
