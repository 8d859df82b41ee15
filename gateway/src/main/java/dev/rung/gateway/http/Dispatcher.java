package dev.rung.gateway.http;

import dev.rung.gateway.log.RequestLine;
import dev.rung.gateway.log.RequestLine.End;
import dev.rung.gateway.log.RequestLog;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.function.Supplier;

/** Takes each request from its head to its log line: route, place, body, endpoint, reply; thread-safe. */
final class Dispatcher implements Handler {
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

    private final Routes routes;
    private final Places places;
    private final Supplier<Limits> limits;
    private final Patience patience;
    private final ErrorShape shape;
    private final RequestLog log;

    Dispatcher(
            Routes routes,
            Places places,
            Supplier<Limits> limits,
            Patience patience,
            ErrorShape shape,
            RequestLog log) {
        this.routes = routes;
        this.places = places;
        this.limits = limits;
        this.patience = patience;
        this.shape = shape;
        this.log = log;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        RequestHeaders headers = new ServerFields(request.headers());
        Arrival arrival = Arrival.of(
                request.prologue().method().text(), request.prologue().uriPath().rawPath(), headers);
        Exchange exchange =
                new Exchange(arrival, request, response, new Body(request, limits.get(), patience), patience);
        try {
            Route route = routes.find(arrival.method(), arrival.path());
            switch (route.kind()) {
                case LOOK_UP -> finish(exchange, () -> answer(route, exchange, headers, Bytes.NONE));
                case WORK -> {
                    places.take();
                    try {
                        finish(
                                exchange,
                                () -> answer(
                                        route,
                                        exchange,
                                        headers,
                                        exchange.body().read()));
                    } finally {
                        places.giveBack();
                    }
                }
            }
        } catch (Refused refused) {
            finish(exchange, () -> early(arrival, refused));
        }
    }

    /** What makes the reply to one request. */
    private interface Work {
        Reply reply();
    }

    private Reply answer(Route route, Exchange exchange, RequestHeaders headers, Bytes content) {
        Arrival arrival = exchange.arrival();
        return route.endpoint()
                .answer(new Call(
                        arrival, route.rest(arrival.path()), exchange.query(), headers, content, exchange.caller()));
    }

    private Reply early(Arrival arrival, Refused refused) {
        if (arrival.method().equals("OPTIONS") && refused.refusal().status() == 405) {
            String allow = String.join(", ", routes.methods(arrival.path()));
            return new Reply.Whole(204, Map.of("allow", allow), "", null, null);
        }
        throw refused;
    }

    private void finish(Exchange exchange, Work work) {
        Arrival arrival = exchange.arrival();
        try {
            Reply reply = reply(exchange, work);
            boolean reusable = exchange.body().discard() && !exchange.callerCloses() && !places.draining();
            Exchange.Sent sent = exchange.send(reply, reusable);
            write(arrival, reply, sent);
            if (reusable && sent.end() == End.COMPLETE) {
                return;
            }
        } catch (CallerGone e) {
            write(
                    arrival,
                    new Reply.Whole(408, Map.of(), "", null, "caller_gone"),
                    new Exchange.Sent(End.CALLER_GONE, "caller_gone"));
        } finally {
            exchange.caller().forget();
        }
        throw new CloseConnectionException("the connection cannot be used again");
    }

    private Reply reply(Exchange exchange, Work work) {
        try {
            return work.reply();
        } catch (CallerGone e) {
            throw e;
        } catch (Refused e) {
            return shape.reply(exchange.head(), e.refusal());
        } catch (Throwable e) {
            return shape.reply(exchange.head(), Failures.of(e, exchange.arrival()));
        }
    }

    private void write(Arrival arrival, Reply reply, Exchange.Sent sent) {
        try {
            log.ended(new RequestLine(
                    arrival.id(),
                    arrival.trace(),
                    arrival.received(),
                    arrival.method(),
                    arrival.path(),
                    reply.status(),
                    sent.error(),
                    reply.answered(),
                    sent.end(),
                    arrival.notes().details(),
                    arrival.age()));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "request " + arrival.id() + " could not be written down", e);
        }
    }
}
