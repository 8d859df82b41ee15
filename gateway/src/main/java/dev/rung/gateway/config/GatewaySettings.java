package dev.rung.gateway.config;

import dev.rung.gateway.http.Limits;

/** What a configuration file says: the plan, which can change while the gateway runs, and the limits, which are taken up at its start. */
public record GatewaySettings(RelayPlan plan, Limits limits) {
    public static final GatewaySettings DEFAULTS = new GatewaySettings(RelayPlan.NONE, Limits.DEFAULTS);
}
