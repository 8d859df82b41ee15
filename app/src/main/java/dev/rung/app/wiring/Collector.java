package dev.rung.app.wiring;

import dev.rung.core.RungException;
import dev.rung.core.model.Residency;
import dev.rung.gateway.observe.Spans;
import dev.rung.models.egress.Egress;
import dev.rung.models.egress.EgressRequest;
import dev.rung.models.egress.Timeouts;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends spans to the OpenTelemetry collector that the environment names by its standard variables; thread-safe. */
final class Collector implements Spans.Sender, AutoCloseable {
    private static final Timeouts TIMEOUTS = new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10));
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final Egress egress;
    private final URI address;
    private final Map<String, String> headers;

    private Collector(Egress egress, URI address, Map<String, String> headers) {
        this.egress = egress;
        this.address = address;
        this.headers = headers;
    }

    /**
     * Returns the collector of {@code OTEL_EXPORTER_OTLP_TRACES_ENDPOINT} or {@code OTEL_EXPORTER_OTLP_ENDPOINT}, with the header fields of
     * {@code OTEL_EXPORTER_OTLP_HEADERS}; empty when neither is set.
     */
    static Optional<Collector> of(Map<String, String> environment) {
        String traces = environment.get("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
        String all = environment.get("OTEL_EXPORTER_OTLP_ENDPOINT");
        if ((traces == null || traces.isBlank()) && (all == null || all.isBlank())) {
            return Optional.empty();
        }
        String text = traces != null && !traces.isBlank()
                ? traces.strip()
                : String.valueOf(all).strip().replaceAll("/+$", "") + "/v1/traces";
        return Optional.of(new Collector(
                Egress.under(Residency.ANYWHERE, environment),
                address(text),
                headers(environment.getOrDefault("OTEL_EXPORTER_OTLP_HEADERS", ""))));
    }

    /** Returns the share of traces to be recorded that begin here: {@code OTEL_TRACES_SAMPLER_ARG}, or all. */
    static double share(Map<String, String> environment) {
        try {
            return Math.clamp(Double.parseDouble(environment.getOrDefault("OTEL_TRACES_SAMPLER_ARG", "1")), 0, 1);
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    private static URI address(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // said below, together with what has no host
        }
        throw RungException.WrongInput.at(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "an address of another form",
                "http://HOST:4318 or https://HOST",
                "Correct it");
    }

    private static Map<String, String> headers(String text) {
        Map<String, String> headers = new HashMap<>();
        for (String pair : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                headers.put(
                        pair.substring(0, equals).strip(),
                        URLDecoder.decode(pair.substring(equals + 1).strip(), StandardCharsets.UTF_8));
            }
        }
        return headers;
    }

    @Override
    public void send(String json) throws IOException {
        Residency place = HERE.contains(address.getHost()) ? Residency.LOCAL : Residency.ANYWHERE;
        int status = egress.exchange(
                EgressRequest.postJson(address, place, headers, json, TIMEOUTS), reply -> reply.status());
        if (status / 100 != 2) {
            throw new IOException("the collector answered " + status);
        }
    }

    @Override
    public void close() {
        egress.close();
    }
}
