package dev.rung.gateway.http;

import dev.rung.core.RungException;
import java.lang.System.Logger.Level;

/** Turns what an endpoint throws into what a caller may know of it; the rest is logged under the request's id. */
final class Failures {
    private static final System.Logger LOG = System.getLogger(Failures.class.getName());

    private Failures() {}

    static Refusal of(Throwable failure, Arrival arrival) {
        if (failure instanceof RungException known) {
            return of(known, arrival);
        }
        LOG.log(Level.ERROR, "request " + arrival.id() + " failed", failure);
        return Refusal.of(
                500,
                "internal_error",
                "Something broke in the server. Its log says more under the request id %s.".formatted(arrival.id()));
    }

    private static Refusal of(RungException failure, Arrival arrival) {
        return switch (failure) {
            case RungException.WrongInput wrong -> Refusal.of(400, "wrong_input", String.valueOf(wrong.getMessage()));
            case RungException.Unavailable unavailable -> {
                LOG.log(Level.WARNING, "request " + arrival.id() + " needs a part that is not there", unavailable);
                yield Refusal.retryable(
                        503,
                        "unavailable",
                        "A part that the answer needs is not available here. The server's log says more under the request id %s."
                                .formatted(arrival.id()),
                        5);
            }
            case RungException.Forbidden forbidden -> {
                LOG.log(Level.WARNING, "request " + arrival.id() + " was stopped by the task's data rule", forbidden);
                yield Refusal.of(
                        403, "forbidden_by_data_rule", "The task's data rule forbids the call that the answer needs.");
            }
            case RungException.Corrupt corrupt -> {
                LOG.log(Level.ERROR, "request " + arrival.id() + " met a corrupt file", corrupt);
                yield Refusal.of(
                        500,
                        "internal_error",
                        "A file of the release is damaged. The server's log says more under the request id %s."
                                .formatted(arrival.id()));
            }
            case RungException.Failed failed -> {
                LOG.log(Level.WARNING, "request " + arrival.id() + " failed upstream", failed);
                yield Refusal.of(
                        502,
                        "model_failed",
                        "The model behind the task failed. The server's log says more under the request id %s."
                                .formatted(arrival.id()));
            }
        };
    }
}
