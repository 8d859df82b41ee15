package dev.rung.gateway.http;

import dev.rung.core.RungException;
import dev.rung.gateway.log.RequestLog;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.DirectHandler;
import io.helidon.http.HttpLogConfig;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A running HTTP/1.1 server, one virtual thread a connection; thread-safe. */
public final class HttpServer implements AutoCloseable {
    static final int LONGEST_REQUEST_LINE = 8_192;

    // The server library announces itself at INFO. The reference is kept, for loggers are otherwise forgotten with
    // their level.
    private static final Logger LIBRARY = Logger.getLogger("io.helidon");

    private final WebServer server;
    private final Places places;
    private final Patience patience;
    private final Duration drain;
    private final Limits started;
    private final AtomicReference<Limits> inForce;

    private HttpServer(
            WebServer server, Places places, Patience patience, Duration drain, AtomicReference<Limits> inForce) {
        this.server = server;
        this.places = places;
        this.patience = patience;
        this.drain = drain;
        this.inForce = inForce;
        this.started = inForce.get();
    }

    /**
     * Returns a server that answers on {@code routes}.
     *
     * @param port 0 for any that is free
     * @param drain how long {@link #close} waits for requests under way
     * @throws RungException.Unavailable if the address cannot be listened on
     */
    public static HttpServer start(
            String host,
            int port,
            Limits limits,
            Duration drain,
            List<Route> routes,
            ErrorShape shape,
            RequestLog log) {
        if (LIBRARY.getLevel() == null) {
            LIBRARY.setLevel(Level.WARNING);
        }
        probe(host, port);
        AtomicReference<Limits> inForce = new AtomicReference<>(limits);
        Patience patience = new Patience(limits.slowness());
        Places places = new Places(limits.inFlight());
        Dispatcher dispatcher = new Dispatcher(new Routes(routes), places, inForce::get, patience, shape, log);
        WebServer server =
                server(host, port, limits, patience, dispatcher, new MalformedRequests(inForce::get, shape, log));
        server.start();
        if (!server.isRunning()) {
            patience.close();
            throw new RungException.Unavailable("cannot listen on " + host + ":" + port + "; choose another port");
        }
        return new HttpServer(server, places, patience, drain, inForce);
    }

    private static WebServer server(
            String host,
            int port,
            Limits limits,
            Patience patience,
            Dispatcher dispatcher,
            MalformedRequests malformed) {
        DirectHandlers.Builder errors = DirectHandlers.builder();
        for (DirectHandler.EventType event : DirectHandler.EventType.values()) {
            errors.addHandler(event, malformed);
        }
        Http1Config http1 = Http1Config.builder()
                .maxPrologueLength(LONGEST_REQUEST_LINE)
                .maxHeadersSize(limits.headerBytes())
                .sendKeepAliveHeader(false)
                .addReceiveListener(new HeadWatch(patience))
                .log(HttpLogConfig.builder().sendLog(false).receiveLog(false).build())
                .build();
        return WebServer.builder()
                .host(host)
                .port(port)
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofSeconds(1))
                .addConnectionSelector(new LineSelector(
                        Http1ConnectionSelector.builder().config(http1).build()))
                // HTTP/1.1 alone, and no guessing: a connection that says nothing counts as idle.
                .protocolsDiscoverServices(false)
                // Bodies are bounded as they are read, by a limit that can change.
                .maxPayloadSize(Long.MAX_VALUE)
                .maxTcpConnections(limits.connections())
                .idleConnectionTimeout(limits.idle())
                .idleConnectionPeriod(limits.idle().dividedBy(4))
                // Without it, Nagle's algorithm holds each small event back until the caller's delayed acknowledgement:
                // 40 ms.
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .errorHandling(ErrorHandling.builder().includeEntity(true).build())
                .directHandlers(errors.build())
                .routing(HttpRouting.builder().any(dispatcher))
                .build();
    }

    /** Binds and lets go: the library tells only that it could not start, this tells why. */
    private static void probe(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException | RuntimeException e) {
            throw new RungException.Unavailable(
                    "cannot listen on %s:%d: %s; choose another port or stop what uses it"
                            .formatted(host, port, e.getMessage()),
                    e);
        }
    }

    /**
     * Takes up other limits for the requests from now on; those under way go on by the ones with which they began.
     *
     * @return the names of those that are taken up at the next start only, as a configuration file has them
     */
    public List<String> follow(Limits limits) {
        places.resize(limits.inFlight());
        // The head is read before anything here sees the request, and connections are accepted by the library.
        inForce.set(new Limits(
                limits.bodyBytes(),
                started.headerBytes(),
                limits.inFlight(),
                started.connections(),
                started.slowness(),
                started.idle()));
        List<String> later = new ArrayList<>();
        if (limits.headerBytes() != started.headerBytes()) {
            later.add("limits.head");
        }
        if (limits.connections() != started.connections()) {
            later.add("limits.connections");
        }
        return later;
    }

    /** Returns the port that is listened on. */
    public int port() {
        return server.port();
    }

    /** Tells whether new work is refused because the server is on its way down. */
    public boolean draining() {
        return places.draining();
    }

    /** Refuses new work, waits for the requests under way, then closes every connection; a second call does nothing. */
    @Override
    public void close() {
        if (!places.draining()) {
            places.drain(drain);
            server.stop();
            patience.close();
        }
    }
}
