package dev.rung.gateway.relay;

import dev.rung.gateway.http.Caller;
import dev.rung.gateway.http.CallerGone;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The caller's patience: as soon as it has left, whatever is being waited for on its behalf is cut off.
 *
 * <p>Watching begins when something takes its time. Belongs to the request's thread, or to whoever holds it up meanwhile; the caller's leaving comes on another.
 */
final class Waiting {
    private final Caller caller;
    private final Course course;
    private final Thread thread = Thread.currentThread();
    private boolean watching;
    private volatile boolean gone;
    private volatile @Nullable Runnable cut;

    Waiting(Caller caller, Course course) {
        this.caller = caller;
        this.course = course;
    }

    /** Makes what {@code cutOff} cuts off what is waited for. */
    void on(Runnable cutOff) {
        cut = cutOff;
        check();
    }

    /** Begins to watch; the request has been sent by now. */
    void watch() {
        course.sent();
        arm();
    }

    private void arm() {
        if (!watching) {
            watching = true;
            caller.onLeaving(this::left);
        }
    }

    private void left() {
        gone = true;
        Runnable current = cut;
        if (current != null) {
            current.run();
        }
        LockSupport.unpark(thread);
    }

    /** Sleeps until {@code moment}, a {@link System#nanoTime}; a caller that has left is a {@link CallerGone}. */
    void sleepUntil(long moment) {
        arm();
        for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
            check();
            LockSupport.parkNanos(this, left);
            if (Thread.currentThread().isInterrupted()) {
                throw new CallerGone();
            }
        }
        check();
    }

    private void check() {
        if (gone) {
            throw new CallerGone();
        }
    }
}
