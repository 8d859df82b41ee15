package dev.rung.models.egress;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long a server wants to be left alone, in any of the three ways in which servers say it. */
public final class RetryAfter {
    private static final double A_YEAR_IN_MILLIS = 365 * 86_400_000.0;

    private RetryAfter() {}

    /** Returns the wait that {@code retry-after-ms} or {@code Retry-After} (seconds, or an HTTP date, RFC 9110 section 10.2.3) asks for; zero for none. */
    public static Duration of(@Nullable String millis, @Nullable String retryAfter, Instant now) {
        return Optional.ofNullable(millis)
                .flatMap(text -> scaled(text, 1))
                .or(() -> Optional.ofNullable(retryAfter)
                        .flatMap(text -> scaled(text, 1_000).or(() -> until(text, now))))
                .orElse(Duration.ZERO);
    }

    private static Optional<Duration> scaled(String text, double millis) {
        try {
            double value = Double.parseDouble(text.strip()) * millis;
            return value >= 0
                    ? Optional.of(Duration.ofMillis((long) Math.min(value, A_YEAR_IN_MILLIS)))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> until(String text, Instant now) {
        try {
            Instant then = ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(now, then);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
