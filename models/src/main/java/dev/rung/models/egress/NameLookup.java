package dev.rung.models.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Turns host names into addresses: within a time limit, and into addresses that the call may reach or none.
 *
 * <p>The addresses returned here are the ones connected to; there is no second lookup between the check and the connection.
 */
final class NameLookup implements DnsResolver {
    private final Names names;
    private final Duration limit;
    private final Reach reach;

    NameLookup(Names names, Duration limit, Reach reach) {
        this.names = names;
        this.limit = limit;
        this.reach = reach;
    }

    /** A source of addresses. */
    @FunctionalInterface
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] found = lookUp(host);
        for (InetAddress address : found) {
            String objection = reach.objection(host, address);
            if (objection != null) {
                throw new ElsewhereException(host + " resolves to " + address.getHostAddress() + ", " + objection);
            }
        }
        return oneOfEachFamily(found);
    }

    /** A host that resolves to where the call must not go. */
    static final class ElsewhereException extends UnknownHostException {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        ElsewhereException(String message) {
            super(message);
        }
    }

    // The system's lookup can neither be interrupted nor given a limit, and without a network it may hang for tens of
    // seconds.
    private InetAddress[] lookUp(String host) throws UnknownHostException {
        CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("lookup of " + host).start(() -> {
            try {
                answer.complete(names.of(host));
            } catch (UnknownHostException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (CompletionException e) {
            UnknownHostException failure = new UnknownHostException(
                    e.getCause() instanceof TimeoutException
                            ? "no answer to the lookup of " + host + " within " + limit.toMillis() + " ms"
                            : "cannot find the host " + host);
            failure.initCause(e);
            throw failure;
        }
    }

    // A client tries all addresses one after the other, each up to the connect timeout; two tries are enough to notice
    // that a machine is offline.
    private static InetAddress[] oneOfEachFamily(InetAddress[] found) {
        List<InetAddress> kept = new ArrayList<>();
        for (InetAddress address : found) {
            if (kept.stream().noneMatch(other -> other.getClass() == address.getClass())) {
                kept.add(address);
            }
        }
        return kept.toArray(InetAddress[]::new);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
