package dev.rung.app.wiring;

import dev.rung.models.llama.LlamaExit;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is done before the process ends, also by a signal: the last thing registered first, the local engine last, since the others may need it. Thread-safe.
 */
public final class AtExit {
    private static final Deque<Runnable> STEPS = new ArrayDeque<>();

    private static boolean registered;

    private AtExit() {}

    /** Has {@code step} run before the process ends, ahead of those registered before. */
    public static void first(Runnable step) {
        synchronized (STEPS) {
            restEngine();
            STEPS.push(step);
        }
    }

    /** Has the local engine come to rest before the process ends; once is enough. */
    static void restEngine() {
        synchronized (STEPS) {
            if (!registered) {
                registered = true;
                Runtime.getRuntime().addShutdownHook(new Thread(AtExit::end, "at-exit"));
                STEPS.push(LlamaExit::finish);
            }
        }
    }

    private static void end() {
        while (true) {
            Runnable step;
            synchronized (STEPS) {
                step = STEPS.poll();
            }
            if (step == null) {
                return;
            }
            step.run();
        }
    }
}
