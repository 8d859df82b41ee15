package dev.rung.models.egress;

import dev.rung.core.RungException;
import dev.rung.core.model.Residency;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * The way out of the process, under the rule of one task; thread-safe.
 *
 * <p>A call to a place that the rule does not permit throws {@link RungException.Forbidden} before a name is looked up or a socket opened. A call to a
 * server that is said to run on this machine reaches loopback addresses only: the name is looked up once, every address found is checked, those very
 * addresses are connected to, and the socket checks again. Redirects are not followed, since they lead where nobody has looked. Nothing is retried here.
 */
public final class Egress implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Residency rule;
    private final CloseableHttpClient local;
    private final CloseableHttpClient remote;
    private final ScheduledThreadPoolExecutor watch;
    private final AtomicLong attempts = new AtomicLong();

    Egress(Residency rule, NameLookup.Names names, Duration connect, boolean redirects, ProxySetting proxy) {
        this.rule = rule;
        this.local = HttpClients.toThisMachine(names, connect, attempts);
        this.remote = HttpClients.toAnywhere(names, connect, redirects, proxy, attempts);
        this.watch = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("egress deadlines").factory());
        watch.setRemoveOnCancelPolicy(true);
    }

    /**
     * Returns the way out for a task whose {@code data:} rule is {@code rule}.
     *
     * @param environment whose {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} apply to servers on other machines
     */
    public static Egress under(Residency rule, Map<String, String> environment) {
        return new Egress(rule, InetAddress::getAllByName, CONNECT, false, ProxySetting.of(environment));
    }

    /** Returns the way to files that a user asked for by name, over which no task's data goes: redirects are followed. */
    public static Egress forPulls(Duration connect, Map<String, String> environment) {
        return new Egress(Residency.ANYWHERE, InetAddress::getAllByName, connect, true, ProxySetting.of(environment));
    }

    /** Returns the rule. */
    public Residency rule() {
        return rule;
    }

    /** Returns how many connections were attempted. */
    public long connectionAttempts() {
        return attempts.get();
    }

    /**
     * Sends {@code request} and returns what {@code reader} makes of the reply, whatever its status.
     *
     * @throws RungException.Forbidden when the rule does not permit it; nothing has left the process then
     * @throws DeadlineExceeded when it took longer than {@link Timeouts#total()}
     * @throws Unreachable when no connection could be made
     * @throws IOException when the connection failed or fell silent
     */
    public <T> T exchange(EgressRequest request, EgressReply.Reader<T> reader) throws IOException {
        if (!rule.permits(request.place())) {
            throw new RungException.Forbidden("the task's rule \"data: " + key(rule) + "\" does not permit a call to "
                    + request.origin() + ", which runs \"" + key(request.place())
                    + "\". Use a model that runs " + key(rule) + ", or widen the rule in task.yaml");
        }
        HttpUriRequestBase call = call(request);
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> deadline = watch.schedule(
                () -> {
                    late.set(true);
                    call.cancel();
                },
                request.timeouts().total().toMillis(),
                TimeUnit.MILLISECONDS);
        CloseableHttpClient client = request.place() == Residency.LOCAL ? local : remote;
        try {
            return client.execute(HttpClients.host(request.uri()), call, response -> read(response, reader));
        } catch (NameLookup.ElsewhereException | RefusedAddress e) {
            throw new RungException.Forbidden("refused a call to " + request.origin() + ", which the catalog says runs "
                    + "on this machine: " + e.getMessage() + ". Correct its address or its \"runs:\"");
        } catch (ConnectException | UnknownHostException | NoRouteToHostException | ConnectTimeoutException e) {
            throw new Unreachable(e);
        } catch (IOException e) {
            throw late.get() ? new DeadlineExceeded(request.timeouts().total(), e) : e;
        } finally {
            deadline.cancel(false);
        }
    }

    private static HttpUriRequestBase call(EgressRequest request) {
        HttpUriRequestBase call = new HttpUriRequestBase(request.method(), request.uri());
        request.headers().forEach(call::setHeader);
        String body = request.body();
        if (body != null) {
            call.setEntity(new ByteArrayEntity(body.getBytes(StandardCharsets.UTF_8), null));
        }
        call.setConfig(RequestConfig.custom()
                .setResponseTimeout(Timeout.of(request.timeouts().silence()))
                .setConnectionRequestTimeout(Timeout.of(request.timeouts().total()))
                .build());
        return call;
    }

    private static <T> T read(ClassicHttpResponse response, EgressReply.Reader<T> reader) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        HttpEntity entity = response.getEntity();
        InputStream body = entity == null ? null : entity.getContent();
        return reader.read(
                new EgressReply(response.getCode(), headers, body == null ? InputStream.nullInputStream() : body));
    }

    private static String key(Residency place) {
        return place.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        watch.shutdownNow();
        try {
            local.close();
            remote.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the connections", e);
        }
    }
}
