package dev.rung.gateway.relay;

import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.relay.Outcome.Words;

/** The gateway's own words for failures of upstreams; nothing of the upstream's insides is in them. */
final class Exhausted {
    private Exhausted() {}

    static Words of(Trouble trouble, String deployment) {
        return new Words.Ours(refusal(trouble, deployment));
    }

    static Refusal refusal(Trouble trouble, String deployment) {
        return switch (trouble) {
            case UNREACHABLE ->
                Refusal.retryable(502, "upstream_unreachable", "No connection to " + deployment + " could be made.", 2);
            case BROKEN ->
                Refusal.of(
                        502,
                        "upstream_invalid",
                        deployment + " broke off its answer, or answered what its dialect does not have.");
            case TIMEOUT ->
                Refusal.of(504, "upstream_timeout", deployment + " did not begin its answer within its deadline.");
            case RATE_LIMITED ->
                Refusal.retryable(429, "upstream_rate_limited", deployment + " takes no more requests for now.", 2);
            case OVERLOADED -> Refusal.retryable(503, "upstream_overloaded", deployment + " is overloaded.", 2);
            case SERVER_ERROR -> Refusal.of(502, "upstream_error", deployment + " failed.");
            case KEYS_REFUSED ->
                Refusal.of(
                        502,
                        "upstream_refused_key",
                        deployment + " refused the gateway's key. Whoever runs the gateway must see to it.");
        };
    }

    /** Returns the refusal when every deployment of {@code model} is being left alone. */
    static Refusal resting(String model, long nanos) {
        int seconds = (int) Math.min(3_600, Math.max(1, (nanos + 999_999_999) / 1_000_000_000));
        return Refusal.retryable(
                503,
                "no_deployment_available",
                "Everything that answers for %s has failed lately and is left alone for now.".formatted(model),
                seconds);
    }

    static Refusal late() {
        return Refusal.of(504, "deadline_exceeded", "No answer came within the total deadline of this model.");
    }
}
