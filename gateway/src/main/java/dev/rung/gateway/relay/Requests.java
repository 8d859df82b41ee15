package dev.rung.gateway.relay;

import dev.rung.gateway.config.Deadlines;
import dev.rung.gateway.config.Deployment;
import dev.rung.gateway.config.Upstream;
import dev.rung.gateway.http.Call;
import dev.rung.gateway.policy.Dialect;
import dev.rung.models.egress.Pieces;
import dev.rung.models.egress.RelayRequest;
import dev.rung.models.egress.RelayTimes;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes the requests to upstreams; what is the same for all of a deployment is made once. Thread-safe. */
final class Requests {
    private final Map<Where, URI> addresses = new ConcurrentHashMap<>();
    private final Map<Deadlines, RelayTimes> times = new ConcurrentHashMap<>();

    private record Where(URI base, Verb verb, String model, String query) {}

    /** @param inbound what is to be sent, in the upstream's dialect; {@code foreign} tells whether the caller speaks another; {@code traceparent} stands in place of the caller's, unless null */
    RelayRequest of(
            Call call,
            Inbound inbound,
            boolean foreign,
            Deployment deployment,
            @Nullable String key,
            @Nullable String traceparent,
            Deadlines deadlines) {
        Upstream upstream = deployment.upstream();
        Verb verb = inbound.verb();
        String model = deployment.target().model();
        Dialect dialect = verb.dialect();
        Pieces body = inbound.outgoing(model, upstream.streamUsage());
        return new RelayRequest(
                "POST",
                address(upstream.base(), verb, dialect == Dialect.GEMINI ? model : "", inbound.streamed()),
                upstream.place(),
                Fields.up(call.headers(), dialect, key, traceparent, inbound.streamed(), foreign),
                body,
                times.computeIfAbsent(deadlines, it -> RelayTimes.of(it.connect(), it.firstToken())));
    }

    private URI address(URI base, Verb verb, String model, boolean streamed) {
        Where where = new Where(base, verb, model, streamed ? "?alt=sse" : "");
        URI known = addresses.get(where);
        return known != null ? known : addresses.computeIfAbsent(where, Requests::made);
    }

    private static URI made(Where where) {
        String path = where.model.isEmpty()
                ? where.verb.path()
                : "/models/" + URLEncoder.encode(where.model, StandardCharsets.UTF_8) + ":" + where.verb.path()
                        + where.query;
        return URI.create(where.base + path);
    }
}
