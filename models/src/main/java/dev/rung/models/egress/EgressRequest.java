package dev.rung.models.egress;

import dev.rung.core.model.Residency;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to leave the process.
 *
 * @param place where the server runs, as the catalog says; {@link Residency#LOCAL} is checked, the others are taken on trust
 * @param method such as {@code POST}
 * @param headers by name; may hold secrets, which is why this record never prints them
 * @param body sent as UTF-8; or null for none
 */
public record EgressRequest(
        URI uri,
        Residency place,
        String method,
        Map<String, String> headers,
        @Nullable String body,
        Timeouts timeouts) {
    public EgressRequest {
        headers = Map.copyOf(headers);
        String scheme = uri.getScheme();
        if (uri.getHost() == null || !("https".equals(scheme) || "http".equals(scheme))) {
            throw new IllegalArgumentException("not an http or https address: " + uri);
        }
    }

    /** Returns a request that asks for a resource. */
    public static EgressRequest get(URI uri, Residency place, Map<String, String> headers, Timeouts timeouts) {
        return new EgressRequest(uri, place, "GET", headers, null, timeouts);
    }

    /** Returns a request that sends JSON. */
    public static EgressRequest postJson(
            URI uri, Residency place, Map<String, String> headers, String body, Timeouts timeouts) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Content-Type", "application/json");
        return new EgressRequest(uri, place, "POST", all, body, timeouts);
    }

    /** Returns scheme, host and port, which are no secret. */
    String origin() {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    @Override
    public String toString() {
        return method + " " + origin() + uri.getPath();
    }
}
