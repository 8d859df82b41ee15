package dev.rung.models.egress;

import java.time.Duration;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.util.Timeout;

/** How long a relayed request may wait for a connection, and for each part of the reply; made once and shared. Immutable. */
public final class RelayTimes {
    private static final Timeout FOR_A_PLACE = Timeout.ofSeconds(2);

    private final RequestConfig config;
    private final Duration silence;

    private RelayTimes(RequestConfig config, Duration silence) {
        this.config = config;
        this.silence = silence;
    }

    /** Returns the times: {@code connect} for a new connection, {@code silence} for the first byte and between any two. */
    @SuppressWarnings("deprecation") // the limit that belongs to a connection's pool cannot differ by deployment
    public static RelayTimes of(Duration connect, Duration silence) {
        return new RelayTimes(
                RequestConfig.custom()
                        .setConnectTimeout(Timeout.of(connect))
                        .setConnectionRequestTimeout(FOR_A_PLACE)
                        .setProtocolUpgradeEnabled(false)
                        .build(),
                silence);
    }

    RequestConfig config() {
        return config;
    }

    Duration silence() {
        return silence;
    }
}
