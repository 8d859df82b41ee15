package dev.rung.gateway.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Cuts off callers that let a thread wait too long on their connection.
 *
 * <p>A thread blocked on a socket channel is interrupted, which closes the channel. One sweeping thread looks at all waits, so that a wait costs two set
 * operations and no timer; it ends a wait up to a quarter late. Thread-safe.
 */
final class Patience implements AutoCloseable {
    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
    private final Duration limit;
    private final Thread sweeper;
    private volatile boolean closed;

    Patience(Duration limit) {
        this.limit = limit;
        this.sweeper = Thread.ofPlatform().daemon().name("gateway-patience").start(this::sweep);
    }

    /** Begins a wait of the current thread. */
    Wait begin() {
        Wait wait = new Wait(Thread.currentThread(), System.nanoTime() + limit.toNanos());
        waits.add(wait);
        return wait;
    }

    private void sweep() {
        long step = Math.max(1_000_000, limit.toNanos() / 4);
        while (!closed) {
            LockSupport.parkNanos(this, step);
            long now = System.nanoTime();
            for (Wait wait : waits) {
                if (now - wait.deadline >= 0) {
                    wait.cut();
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(sweeper);
    }

    private enum State {
        WAITING,
        ENDED,
        CUTTING,
        CUT
    }

    /** One wait on a caller; ended by the thread that began it. */
    final class Wait {
        private final Thread thread;
        private final long deadline;
        private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

        private Wait(Thread thread, long deadline) {
            this.thread = thread;
            this.deadline = deadline;
        }

        private void cut() {
            // Only one of the two comes first: a thread whose wait has ended is never interrupted.
            if (state.compareAndSet(State.WAITING, State.CUTTING)) {
                waits.remove(this);
                thread.interrupt();
                state.set(State.CUT);
            }
        }

        /** Ends the wait and tells whether the caller was in time; if not, the interruption has been taken back. */
        boolean end() {
            if (state.compareAndSet(State.WAITING, State.ENDED)) {
                waits.remove(this);
                return true;
            }
            while (state.get() == State.CUTTING) {
                Thread.onSpinWait();
            }
            return !Thread.interrupted();
        }
    }
}
