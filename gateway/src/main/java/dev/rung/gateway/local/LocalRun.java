package dev.rung.gateway.local;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A question to a model in this process, while it is answered; any thread may cut it off.
 *
 * <p>The model does not wait for whoever reads: what it says is kept until then, which its limit of tokens bounds, so that a slow caller holds up nobody in the line behind.
 */
public final class LocalRun implements AutoCloseable {
    private final LinkedBlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private volatile boolean cancelled;
    private volatile @Nullable Thread thread;
    private volatile boolean over;

    LocalRun() {}

    void began(Thread asking) {
        thread = asking;
        if (cancelled) {
            asking.interrupt();
        }
    }

    void ended() {
        over = true;
    }

    void step(Step step) {
        steps.add(step);
    }

    /** Returns what has come by {@link System#nanoTime} {@code until}, waiting for it; null when nothing has, or when it was cut off. */
    public @Nullable Step next(long until) {
        try {
            Step step = steps.poll(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            return cancelled ? null : step;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel();
            return null;
        }
    }

    /** Stops the model within a token, or before it has begun. */
    public void cancel() {
        cancelled = true;
        Thread asking = thread;
        if (asking != null && !over) {
            asking.interrupt();
        }
        steps.add(new Step.Failed(new InterruptedException("cut off"))); // wakes whoever waits
    }

    /** Tells whether it was cut off. */
    public boolean isCancelled() {
        return cancelled;
    }

    /** Cuts off what is still going on. */
    @Override
    public void close() {
        if (!over) {
            cancel();
        }
    }
}
