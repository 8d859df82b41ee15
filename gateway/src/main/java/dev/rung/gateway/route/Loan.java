package dev.rung.gateway.route;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The use of a served release for the length of one request; its solver stays open until the loan is closed.
 *
 * <p>Closing twice does nothing. Thread-safe.
 */
public final class Loan implements AutoCloseable {
    private final Shared shared;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Loan(Shared shared) {
        this.shared = shared;
    }

    /** Returns the release that is lent. */
    public Served served() {
        return shared.served;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            shared.giveBack();
        }
    }

    /** A served release and the number of those who use it: its place among the releases, and each loan. */
    static final class Shared {
        private static final System.Logger LOG = System.getLogger(Loan.class.getName());

        private final Served served;
        private final AtomicInteger users = new AtomicInteger(1);

        Shared(Served served) {
            this.served = served;
        }

        Served served() {
            return served;
        }

        /** Returns a loan, or null when the last user has gone and the solver is closed. */
        @Nullable
        Loan lend() {
            int before = users.getAndUpdate(count -> count == 0 ? 0 : count + 1);
            return before == 0 ? null : new Loan(this);
        }

        /** Ends one use; the last one closes the solver. */
        void giveBack() {
            if (users.decrementAndGet() > 0) {
                return;
            }
            try {
                served.solver().close();
            } catch (RuntimeException e) {
                // The answer that ended this use is given already; a solver that cannot be closed is the operator's to
                // see.
                LOG.log(
                        Level.WARNING,
                        "the solver of release " + served.release().id() + " did not close",
                        e);
            }
        }
    }
}
