package dev.rung.gateway;

import dev.rung.gateway.http.Limits;
import java.time.Duration;

/**
 * Where the gateway listens, and within which bounds.
 *
 * @param host a name or address of this machine; the default takes calls from this machine only
 * @param port 0 for any that is free
 * @param drain how long {@link Gateway#close} waits for requests under way
 */
public record GatewayConfig(String host, int port, Limits limits, Duration drain) {
    public static final GatewayConfig DEFAULTS =
            new GatewayConfig("127.0.0.1", 8080, Limits.DEFAULTS, Duration.ofSeconds(20));

    public GatewayConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
        if (drain.isNegative()) {
            throw new IllegalArgumentException("a time to drain is not negative: " + drain);
        }
    }

    /** Returns this configuration at another address. */
    public GatewayConfig at(String otherHost, int otherPort) {
        return new GatewayConfig(otherHost, otherPort, limits, drain);
    }

    public GatewayConfig within(Limits otherLimits) {
        return new GatewayConfig(host, port, otherLimits, drain);
    }
}
