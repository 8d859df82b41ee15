package dev.rung.gateway.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The header fields of a request as the server library has them. */
record ServerFields(Headers headers) implements RequestHeaders {
    // The endpoints ask for a few names over and over; the bound keeps anything else out.
    private static final Map<String, HeaderName> NAMES = new ConcurrentHashMap<>();
    private static final int MOST_NAMES = 256;

    static HeaderName name(String name) {
        HeaderName known = NAMES.get(name);
        if (known == null) {
            known = HeaderNames.create(name);
            if (NAMES.size() < MOST_NAMES) {
                NAMES.put(name, known);
            }
        }
        return known;
    }

    @Override
    public @Nullable String first(String name) {
        HeaderName known = name(name);
        return headers.contains(known) ? headers.get(known).get() : null;
    }

    @Override
    public void each(BiConsumer<String, String> field) {
        for (Header header : headers) {
            String name = header.headerName().lowerCase();
            if (header.valueCount() == 1) {
                field.accept(name, header.get());
            } else {
                header.allValues().forEach(value -> field.accept(name, value));
            }
        }
    }
}
