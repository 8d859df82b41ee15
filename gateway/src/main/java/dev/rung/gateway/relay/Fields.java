package dev.rung.gateway.relay;

import dev.rung.gateway.http.RequestHeaders;
import dev.rung.gateway.policy.Dialect;
import dev.rung.models.egress.RelayReply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which header fields go on, in both directions: those between the two ends do; those of one connection (RFC 9110, section 7.6.1), of credentials, and of the
 * gateway itself do not.
 */
final class Fields {
    private static final Set<String> NOT_UP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "proxy-authorization",
            "proxy-authenticate",
            "host",
            "content-length",
            "content-encoding",
            "expect",
            "accept-encoding",
            "authorization",
            "x-api-key",
            "x-goog-api-key",
            "api-key",
            "cookie",
            "forwarded",
            "via",
            "openai-organization",
            "openai-project",
            "x-goog-user-project",
            "x-real-ip",
            "origin",
            "referer");
    private static final Set<String> NOT_DOWN = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "proxy-authenticate",
            "content-length",
            "set-cookie",
            "set-cookie2",
            "alt-svc",
            "server",
            "date",
            "via",
            "strict-transport-security",
            "x-request-id",
            "www-authenticate",
            "nel",
            "report-to",
            "x-accel-buffering");
    private static final String TRACE_PARENT = "traceparent";
    private static final String ANTHROPIC_VERSION = "anthropic-version";
    private static final String OLDEST_ANTHROPIC_VERSION = "2023-06-01";

    private Fields() {}

    /** Returns the fields for the upstream: the caller's that go on, the span under which the upstream's are, and the upstream's own key; {@code foreign} tells whether it speaks another dialect. */
    static List<String> up(
            RequestHeaders caller,
            Dialect dialect,
            @Nullable String key,
            @Nullable String traceparent,
            boolean streamed,
            boolean foreign) {
        List<String> fields = new ArrayList<>(32);
        Set<String> nominated = nominated(caller.first("connection"));
        caller.each((name, value) -> {
            if (!NOT_UP.contains(name)
                    && !name.startsWith("x-rung-")
                    && !name.startsWith("x-forwarded-")
                    && !name.startsWith("sec-")
                    && !(foreign && isOfDialect(name))
                    && !(traceparent != null && name.equals(TRACE_PARENT))
                    && !nominated.contains(name)) {
                fields.add(name);
                fields.add(value);
            }
        });
        if (traceparent != null) {
            fields.add(TRACE_PARENT);
            fields.add(traceparent);
        }
        String encodings = caller.first("accept-encoding");
        fields.add("accept-encoding");
        // A compressed stream would wait for its compressor.
        fields.add(!streamed && !foreign && encodings != null && encodings.contains("gzip") ? "gzip" : "identity");
        credentials(caller, dialect, key, foreign, fields);
        return fields;
    }

    /** Tells whether a field means something to one vendor only. */
    private static boolean isOfDialect(String name) {
        return name.startsWith("anthropic-")
                || name.startsWith("openai-")
                || name.startsWith("x-goog-")
                || name.startsWith("x-stainless-");
    }

    private static void credentials(
            RequestHeaders caller, Dialect dialect, @Nullable String key, boolean foreign, List<String> fields) {
        if (dialect == Dialect.ANTHROPIC && (foreign || caller.first(ANTHROPIC_VERSION) == null)) {
            fields.add(ANTHROPIC_VERSION);
            fields.add(OLDEST_ANTHROPIC_VERSION);
        }
        if (key == null) {
            return;
        }
        switch (dialect) {
            case OPENAI, RESPONSES -> {
                fields.add("authorization");
                fields.add("Bearer " + key);
            }
            case ANTHROPIC -> {
                fields.add("x-api-key");
                fields.add(key);
            }
            case GEMINI -> {
                fields.add("x-goog-api-key");
                fields.add(key);
            }
        }
    }

    /** Returns the fields that {@code Connection} names, which belong to that connection. */
    private static Set<String> nominated(@Nullable String connection) {
        if (connection == null || connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close")) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        for (String name : connection.split(",")) {
            names.add(name.strip().toLowerCase(Locale.ROOT));
        }
        return names;
    }

    /** Returns the fields for the caller: the upstream's that go on, to which the gateway's may be added. */
    static Map<String, String> down(RelayReply reply) {
        Map<String, String> fields = new LinkedHashMap<>();
        Set<String> nominated = nominated(reply.header("connection"));
        reply.each((name, value) -> {
            if (!NOT_DOWN.contains(name)
                    && !name.startsWith("x-rung-")
                    && !nominated.contains(name)
                    && isClean(name)
                    && isClean(value)) {
                fields.merge(name, value, (one, other) -> one + ", " + other);
            }
        });
        return fields;
    }

    private static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }
}
