package dev.rung.gateway.http;

/** The one who waits for a reply; for the request's own thread. */
public final class Caller {
    private final CallerLine line;

    Caller(CallerLine line) {
        this.line = line;
    }

    /**
     * Runs {@code action} once, on another thread, as soon as the caller has left before the reply is through; replaces the action before.
     *
     * <p>A caller that closes its sending side is taken to have left.
     */
    public void onLeaving(Runnable action) {
        line.watch(action);
    }

    /** Forgets the action. */
    public void forget() {
        line.unwatch();
    }
}
