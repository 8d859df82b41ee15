package dev.rung.models.egress;

import dev.rung.core.RungException;
import dev.rung.core.model.Residency;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.io.CloseMode;

/**
 * The way out for requests that are passed on with their bytes as they are, over connections that are kept open; thread-safe.
 *
 * <p>Guards as {@link Egress} does: what is said to run on this machine reaches loopback addresses only, redirects are not followed, nothing is retried. What
 * runs elsewhere is reached where its address as written lets one expect it, so that a name cannot lead into a private network.
 */
public final class RelayEgress implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final long SWEEP_NANOS = 10_000_000;
    private static final int MOST_STALE = 3;

    private final CloseableHttpClient local;
    private final CloseableHttpClient remote;
    private final Set<RelayCall> calls = ConcurrentHashMap.newKeySet();
    private final Thread sweeper;
    private volatile boolean closed;

    private RelayEgress(CloseableHttpClient local, CloseableHttpClient remote) {
        this.local = local;
        this.remote = remote;
        this.sweeper = Thread.ofPlatform().daemon().name("relay-deadlines").start(this::sweep);
    }

    /**
     * Returns the way out.
     *
     * @param environment whose {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} apply to servers on other machines
     * @param connections the most that are open to one server at once
     */
    public static RelayEgress open(Map<String, String> environment, int connections) {
        return open(environment, connections, InetAddress::getAllByName);
    }

    static RelayEgress open(Map<String, String> environment, int connections, NameLookup.Names names) {
        AtomicLong attempts = new AtomicLong();
        return new RelayEgress(
                HttpClients.toRelay(names, CONNECT, Reach.THIS_MACHINE, connections, null, attempts),
                HttpClients.toRelay(
                        names, CONNECT, Reach.AS_WRITTEN, connections, ProxySetting.of(environment), attempts));
    }

    /**
     * Sends {@code request} and returns the reply as soon as its head is there, whatever its status.
     *
     * @throws RungException.Forbidden when its address leads where it must not; nothing has been sent then
     * @throws Unreachable when no connection could be made
     * @throws NoFreeConnection when too many are in use
     * @throws Silent when the server sent nothing for too long
     * @throws DeadlineExceeded when the deadline of {@code call} passed
     * @throws CallCancelled when {@code call} was cancelled
     * @throws IOException when the connection failed
     */
    public RelayReply send(RelayRequest request, RelayCall call) throws IOException {
        call.silence(request.times().silence());
        calls.add(call);
        boolean answered = false;
        try {
            RelayReply reply = new RelayReply(this, call, response(request, call));
            answered = true;
            return reply;
        } catch (NameLookup.ElsewhereException | RefusedAddress e) {
            throw new RungException.Forbidden("refused a call to " + request + ": " + e.getMessage());
        } catch (ConnectException | UnknownHostException | NoRouteToHostException | ConnectTimeoutException e) {
            throw call.isCancelled() ? call.meaning(e) : new Unreachable(e);
        } catch (ConnectionRequestTimeoutException e) {
            throw new NoFreeConnection(e);
        } catch (IOException e) {
            throw call.meaning(e);
        } finally {
            if (!answered) {
                calls.remove(call);
            }
        }
    }

    /** A connection that the server has closed while nobody used it is found out only by using it: that counts for nothing. */
    private ClassicHttpResponse response(RelayRequest request, RelayCall call) throws IOException {
        CloseableHttpClient client = request.place() == Residency.LOCAL ? local : remote;
        HttpHost host = HttpHost.create(request.uri());
        for (int stale = 0; ; stale++) {
            HttpUriRequestBase sent = sent(request);
            HttpClientContext context = HttpClientContext.create();
            context.setAttribute(RelayCall.KEY, call);
            call.sending(sent);
            try {
                return client.executeOpen(host, sent, context);
            } catch (IOException e) {
                if (stale == MOST_STALE || !call.wasStale(e)) {
                    throw e;
                }
            }
        }
    }

    private static HttpUriRequestBase sent(RelayRequest request) {
        HttpUriRequestBase sent = new HttpUriRequestBase(request.method(), request.uri());
        List<String> fields = request.fields();
        for (int i = 0; i < fields.size(); i += 2) {
            sent.addHeader(fields.get(i), fields.get(i + 1));
        }
        sent.setConfig(request.times().config());
        sent.setEntity(new PiecesEntity(request.body()));
        return sent;
    }

    /** Forgets the call; {@code whole} tells whether its reply was read to the end, which has given the connection back. */
    void ended(RelayCall call, boolean whole) {
        calls.remove(call);
        if (!whole) {
            call.abort(); // closing the reply would first read it to its end
        }
    }

    private void sweep() {
        while (!closed) {
            LockSupport.parkNanos(this, SWEEP_NANOS);
            long now = System.nanoTime();
            for (RelayCall call : calls) {
                call.look(now);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(sweeper);
        local.close(CloseMode.IMMEDIATE);
        remote.close(CloseMode.IMMEDIATE);
    }

    /** The body of a relayed request. */
    private static final class PiecesEntity extends AbstractHttpEntity {
        private final Pieces pieces;

        PiecesEntity(Pieces pieces) {
            super((String) null, null);
            this.pieces = pieces;
        }

        @Override
        public java.io.InputStream getContent() {
            throw new UnsupportedOperationException("it is written, not read");
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            pieces.writeTo(out);
        }

        @Override
        public long getContentLength() {
            return pieces.length();
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public boolean isStreaming() {
            return false;
        }

        @Override
        public void close() {}
    }
}
