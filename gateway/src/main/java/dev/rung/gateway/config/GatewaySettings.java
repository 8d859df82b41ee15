package dev.rung.gateway.config;

import dev.rung.gateway.http.Limits;
import dev.rung.gateway.local.LocalUpstream;

/**
 * What a configuration file says.
 *
 * @param plan which can change while the gateway runs
 * @param limits which are taken up at its start
 * @param localQueue how many calls may wait for one model in this process; can change while the gateway runs
 */
public record GatewaySettings(RelayPlan plan, Limits limits, int localQueue) {
    public static final GatewaySettings DEFAULTS =
            new GatewaySettings(RelayPlan.NONE, Limits.DEFAULTS, LocalUpstream.DEFAULT_QUEUE);
}
