package dev.rung.gateway.config;

import dev.rung.gateway.http.Limits;
import dev.rung.gateway.local.LocalUpstream;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration file says.
 *
 * @param plan which can change while the gateway runs
 * @param limits of which most can change while the gateway runs, see {@link dev.rung.gateway.http.HttpServer#follow}
 * @param localQueue how many calls may wait for one model in this process; can change while the gateway runs
 * @param log the file into which a line for each request is written, or {@code stdout}; null for none; can change while the gateway runs
 */
public record GatewaySettings(
        RelayPlan plan,
        Limits limits,
        int localQueue,
        @Nullable String log) {
    public static final GatewaySettings DEFAULTS =
            new GatewaySettings(RelayPlan.NONE, Limits.DEFAULTS, LocalUpstream.DEFAULT_QUEUE, null);
}
