package dev.rung.gateway;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.gateway.config.RelayPlan;
import dev.rung.gateway.errors.DialectErrors;
import dev.rung.gateway.http.HttpServer;
import dev.rung.gateway.http.Limits;
import dev.rung.gateway.http.Reply;
import dev.rung.gateway.http.Route;
import dev.rung.gateway.log.RequestLog;
import dev.rung.gateway.models.ModelEndpoints;
import dev.rung.gateway.models.ModelList;
import dev.rung.gateway.openai.ChatEndpoint;
import dev.rung.gateway.policy.Governor;
import dev.rung.gateway.relay.Relay;
import dev.rung.gateway.route.Answering;
import dev.rung.gateway.route.Releases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A running endpoint in front of promoted releases and upstreams; thread-safe. */
public final class Gateway implements AutoCloseable {
    private final HttpServer server;
    private final Answering answering;
    private final AtomicBoolean closing;
    private final int upstreamConnections;
    private final AtomicReference<List<String>> later;

    private Gateway(
            HttpServer server,
            Answering answering,
            AtomicBoolean closing,
            int upstreamConnections,
            AtomicReference<List<String>> later) {
        this.server = server;
        this.answering = answering;
        this.closing = closing;
        this.upstreamConnections = upstreamConnections;
        this.later = later;
    }

    /** Returns a gateway that answers from {@code releases} alone; see the other method. */
    public static Gateway start(GatewayConfig config, Releases releases, Governor governor, RequestLog log) {
        return start(config, releases, null, governor, log);
    }

    /**
     * Returns a gateway that answers from {@code releases}, which may change meanwhile, and passes on what names another model.
     *
     * @param releases closed by the caller afterwards
     * @param relay passes calls on, under the same governor; closed by the caller afterwards; null for none
     * @param governor lets each call in or refuses it, and is told what it used
     * @throws RungException.Unavailable if the address cannot be listened on
     */
    public static Gateway start(
            GatewayConfig config, Releases releases, @Nullable Relay relay, Governor governor, RequestLog log) {
        AtomicBoolean closing = new AtomicBoolean();
        AtomicReference<List<String>> later = new AtomicReference<>(List.of());
        Answering answering = new Answering(config.limits().inFlight());
        Front front = new Front(releases, new ChatEndpoint(releases, answering, governor), relay);
        List<Route> routes = new ArrayList<>(front.routes());
        routes.addAll(List.of(
                Route.get("/health", call -> Reply.Whole.ok("{\"status\":\"ok\"}")),
                Route.get(
                        "/ready",
                        call -> ready(
                                closing.get(),
                                releases,
                                front.relayed(),
                                relay == null ? null : relay.misconfiguredSince(),
                                later.get()))));
        ModelList models = relay == null
                ? new ModelList(releases, () -> RelayPlan.NONE, Map::of)
                : new ModelList(releases, relay::plan, relay::available);
        routes.addAll(new ModelEndpoints(models).routes());
        routes.addAll(governor.routes());
        HttpServer server = HttpServer.start(
                config.host(), config.port(), config.limits(), config.drain(), routes, DialectErrors::reply, log);
        return new Gateway(server, answering, closing, config.limits().inFlight(), later);
    }

    /**
     * Takes up other limits for the requests from now on, without touching those under way.
     *
     * @return what is taken up at the next start only; {@code GET /ready} says so too
     */
    public List<String> follow(Limits limits) {
        answering.grow(limits.inFlight());
        List<String> names = new ArrayList<>(server.follow(limits));
        if (limits.inFlight() > upstreamConnections) {
            names.add("limits.in_flight, for more than " + upstreamConnections + " calls to one upstream");
        }
        later.set(List.copyOf(names));
        return names;
    }

    /** Returns what of the configuration is taken up at the next start only. */
    public List<String> later() {
        return later.get();
    }

    /** Returns the port that is listened on. */
    public int port() {
        return server.port();
    }

    /** Refuses new work, waits for the requests under way, then closes every connection; a second call does nothing. */
    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            server.close();
            answering.close();
        }
    }

    private static String wrongSince(Instant since) {
        return "the file is wrong since " + since
                + ", and the version before it is in force; /debug says what is wrong";
    }

    private static Reply ready(
            boolean closing,
            Releases releases,
            Set<String> relayed,
            @Nullable Instant misconfigured,
            List<String> later) {
        SortedSet<String> tasks = releases.models();
        if (!closing && !(tasks.isEmpty() && relayed.isEmpty())) {
            Json.Obj ready = Json.object("status", Json.of("ready"), "tasks", Json.strings(tasks));
            Json.Obj all = relayed.isEmpty() ? ready : ready.with("models", Json.strings(relayed));
            Json.Obj right =
                    misconfigured == null ? all : all.with("configuration", Json.of(wrongSince(misconfigured)));
            return Reply.Whole.ok(
                    (later.isEmpty() ? right : right.with("restart_needed", Json.strings(later))).compact());
        }
        String why = closing ? "the server is shutting down" : "no release is loaded and no model is configured";
        Json.Obj body = Json.object("status", Json.of("not ready"), "reason", Json.of(why));
        return new Reply.Whole(503, Map.of(), body.compact(), null, "not_ready");
    }
}
