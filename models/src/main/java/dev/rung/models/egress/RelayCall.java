package dev.rung.models.egress;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One relayed exchange while it lasts, which any thread may cut off; thread-safe.
 *
 * <p>It has a deadline that may be moved: first for the first byte, then for the whole.
 */
public final class RelayCall {
    static final String KEY = "rung.relay-call";

    private final Runnable onWait;
    private volatile long deadline;
    private volatile @Nullable Cancellable request;
    private volatile @Nullable HttpClientConnection connection;
    private volatile boolean cancelled;
    private volatile boolean late;
    private boolean reused;
    private boolean answering;

    /**
     * Makes the call.
     *
     * @param deadline the {@link System#nanoTime} after which it is cut off
     * @param onWait run on the call's thread when the head of the reply is not there at once
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
        connection = to;
        EndpointDetails details = to.getEndpointDetails();
        reused = details != null && details.getRequestCount() > 0;
    }

    /** Tells whether the connection broke, having served before and without a byte of this reply: the server had closed it meanwhile. */
    boolean wasStale(IOException failure) {
        return reused && !cancelled && !late && !answering && !(failure instanceof SocketTimeoutException);
    }

    /** Notes that the reply has begun. */
    void answers() {
        answering = true;
    }

    void waits() {
        onWait.run();
    }

    void cutIfLate(long now) {
        if (now - deadline >= 0) {
            late = true;
            abort();
        }
    }

    /** Tells whether bytes of the reply are there, or its end, within {@code millis}. */
    boolean isReady(long millis) throws IOException {
        HttpClientConnection to = connection;
        if (to == null) {
            return true;
        }
        long began = System.nanoTime();
        // At the end of a stream the answer is no, but it comes at once.
        return to.isDataAvailable(Timeout.ofMilliseconds(millis)) || System.nanoTime() - began < millis * 900_000;
    }

    void silence(Timeout timeout) {
        HttpClientConnection to = connection;
        if (to != null) {
            to.setSocketTimeout(timeout);
        }
    }

    /** Returns what the failure means, seeing who caused it. */
    IOException meaning(IOException failure) {
        if (cancelled) {
            return new CallCancelled(failure);
        }
        if (late) {
            return new DeadlineExceeded(failure);
        }
        return failure instanceof SocketTimeoutException ? new Silent(failure) : failure;
    }
}
