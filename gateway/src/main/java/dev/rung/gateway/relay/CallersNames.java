package dev.rung.gateway.relay;

import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.RequestHeaders;
import dev.rung.gateway.openai.Consent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts the caller's names for fields in place of those of the chat completions into which its request was put. */
final class CallersNames {
    private static final String DROPPED = "x-rung-dropped";
    private static final Pattern HINT = Pattern.compile("(?<=" + Consent.HEADER + ": )[a-z_]+$");

    private final Translation translation;

    CallersNames(Translation translation) {
        this.translation = translation;
    }

    /** Returns the refusal about the field that the caller wrote. */
    Refusal refusal(Refusal refusal) {
        String field = refusal.parameter();
        if (field == null) {
            return refusal;
        }
        String message = HINT.matcher(refusal.message()).replaceAll(this::allowing);
        return new Refusal(refusal.status(), refusal.code(), message, translation.origin(field), refusal.headers());
    }

    private String allowing(MatchResult field) {
        // What stands for all messages has no one place of its own: the first of them is in the caller's list.
        String origin = field.group().equals("messages")
                ? Translation.top(translation.origin("messages[0]"))
                : translation.origin(field.group());
        return Matcher.quoteReplacement(origin);
    }

    /** Returns the header fields, in which what was left aside has the caller's names. */
    Map<String, String> headers(Map<String, String> headers) {
        String dropped = headers.get(DROPPED);
        if (dropped == null) {
            return headers;
        }
        Map<String, String> named = new LinkedHashMap<>(headers);
        named.put(
                DROPPED,
                Stream.of(dropped.split(", "))
                        .map(translation::origin)
                        .distinct()
                        .collect(Collectors.joining(", ")));
        return named;
    }

    /** Returns the header fields of the request, whose consent to leave something aside names it as chat completions do, too. */
    RequestHeaders consenting(RequestHeaders headers) {
        String said = headers.first(Consent.HEADER);
        if (said == null) {
            return headers;
        }
        Consent consent = Consent.of(said);
        Set<String> covered = new TreeSet<>(consent.fields());
        translation.origins().forEach((field, origin) -> {
            if (consent.covers(origin) || consent.covers(Translation.top(origin))) {
                covered.add(Translation.top(field));
            }
        });
        String all = String.join(", ", covered);
        return new RequestHeaders() {
            @Override
            public @Nullable String first(String name) {
                return name.equals(Consent.HEADER) ? all : headers.first(name);
            }

            @Override
            public void each(BiConsumer<String, String> field) {
                headers.each(field);
            }
        };
    }
}
