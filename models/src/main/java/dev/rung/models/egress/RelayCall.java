package dev.rung.models.egress;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.jspecify.annotations.Nullable;

/**
 * One relayed exchange while it lasts, which any thread may cut off; thread-safe.
 *
 * <p>It has a deadline that may be moved, first for the first byte, then for the whole, and a longest silence. Its thread reads without a time limit of its own: a virtual thread that
 * waits with one costs a timer and the waking of the timers' thread each time, more than the read itself. One sweeping thread looks at all calls instead.
 */
public final class RelayCall {
    static final String KEY = "rung.relay-call";
    private static final System.Logger LOG = System.getLogger(RelayCall.class.getName());
    private static final long BRIEFLY_NANOS = 10_000_000;

    /** Whether the call's thread waits for the server. */
    private enum Waiting {
        NOT,
        WAITING,
        /** It waits, and is held up for a moment while somebody is told. */
        TELLING
    }

    private final Runnable onWait;
    private volatile long deadline;
    private volatile @Nullable Cancellable request;
    private volatile boolean cancelled;
    private volatile boolean late;
    private volatile boolean silent;
    private volatile long silenceNanos = Long.MAX_VALUE;
    private volatile long since;
    private final AtomicReference<Waiting> waiting = new AtomicReference<>(Waiting.NOT);
    private boolean told; // belongs to the sweeping thread
    private boolean reused;
    private boolean answering;
    private @Nullable RelayConnection connection;

    /**
     * Makes the call.
     *
     * @param deadline the {@link System#nanoTime} after which it is cut off
     * @param onWait run once, on another thread, when the server is waited for and does not answer at once; the call's own thread waits until it has run
     */
    public RelayCall(long deadline, Runnable onWait) {
        this.deadline = deadline;
        this.onWait = onWait;
    }

    /** Moves the deadline to this {@link System#nanoTime}. */
    public void deadline(long nanos) {
        deadline = nanos;
    }

    /** Cuts the exchange off, wherever it is. */
    public void cancel() {
        cancelled = true;
        abort();
    }

    /** Closes the connection. */
    void abort() {
        Cancellable now = request;
        if (now != null) {
            now.cancel();
        }
    }

    /** Tells whether {@link #cancel} was called. */
    public boolean isCancelled() {
        return cancelled;
    }

    void sending(Cancellable sent) {
        request = sent;
        if (cancelled) {
            sent.cancel();
        }
    }

    void connected(HttpClientConnection to) {
        connection = to instanceof RelayConnection ours ? ours : null;
        EndpointDetails details = to.getEndpointDetails();
        reused = details != null && details.getRequestCount() > 0;
    }

    /** Tells whether the connection broke, having served before and without a byte of this reply: the server had closed it meanwhile. */
    boolean wasStale(IOException failure) {
        return reused && !cancelled && !late && !silent && !answering && !(failure instanceof SocketTimeoutException);
    }

    /** Notes that the reply has begun. */
    void answers() {
        answering = true;
    }

    /** Tells whether a read gives bytes that are here already. */
    boolean hasAhead() {
        RelayConnection to = connection;
        return to != null && to.hasAhead();
    }

    /** Begins to wait for the server. */
    void waits() {
        since = System.nanoTime();
        waiting.set(Waiting.WAITING);
    }

    /** Ends the wait. */
    void gets() {
        while (!waiting.compareAndSet(Waiting.WAITING, Waiting.NOT)) {
            Thread.onSpinWait(); // only while somebody is being told
        }
    }

    /** Cuts the call off when it is late or the server has been silent for too long; tells of the first wait that takes its time. */
    void look(long now) {
        if (now - deadline >= 0) {
            late = true;
            abort();
            return;
        }
        if (waiting.get() != Waiting.WAITING) {
            return;
        }
        long waited = now - since;
        if (waited >= silenceNanos) {
            silent = true;
            abort();
        } else if (!told && waited >= BRIEFLY_NANOS && waiting.compareAndSet(Waiting.WAITING, Waiting.TELLING)) {
            told = true;
            try {
                onWait.run();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "nobody was told that a call takes its time", e);
            } finally {
                waiting.set(Waiting.WAITING);
            }
        }
    }

    /** Sets the longest wait for the first byte and between any two from now on. */
    void silence(Duration longest) {
        silenceNanos = longest.toNanos();
    }

    /** Returns what the failure means, seeing who caused it. */
    IOException meaning(IOException failure) {
        if (cancelled) {
            return new CallCancelled(failure);
        }
        if (late) {
            return new DeadlineExceeded(failure);
        }
        return silent || failure instanceof SocketTimeoutException ? new Silent(failure) : failure;
    }
}
