package dev.rung.gateway.http;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import org.jspecify.annotations.Nullable;

/** Cuts off callers that begin a request and then take too long over its header fields. */
final class HeadWatch implements Http1ConnectionListener {
    // A connection has one thread for life, so that what is left of a head that broke off goes with it.
    private static final ThreadLocal<Patience.@Nullable Wait> WAIT = new ThreadLocal<>();

    private final Patience patience;

    HeadWatch(Patience patience) {
        this.patience = patience;
    }

    @Override
    public void prologue(ConnectionContext connection, HttpPrologue prologue) {
        WAIT.set(patience.begin());
    }

    @Override
    public void headers(ConnectionContext connection, Headers headers) {
        Patience.Wait wait = WAIT.get();
        WAIT.remove();
        if (wait != null && !wait.end()) {
            throw new CloseConnectionException("too slow with the header fields");
        }
    }
}
