package dev.rung.gateway.limits;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** After how long a budget is full again; days and months are UTC's. */
public enum Period {
    DAY,
    MONTH,
    /** Never. */
    TOTAL;

    /** Returns the second at which the window around {@code now} began. */
    public long start(long now) {
        return switch (this) {
            case DAY -> now - Math.floorMod(now, 86_400L);
            case MONTH -> month(now).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
            case TOTAL -> 0;
        };
    }

    /** Returns when the window around {@code now} ends; empty for never. */
    public Optional<Instant> end(long now) {
        return switch (this) {
            case DAY -> Optional.of(Instant.ofEpochSecond(start(now) + 86_400));
            case MONTH ->
                Optional.of(
                        month(now).plusMonths(1).atStartOfDay(ZoneOffset.UTC).toInstant());
            case TOTAL -> Optional.empty();
        };
    }

    private static LocalDate month(long now) {
        return OffsetDateTime.ofInstant(Instant.ofEpochSecond(now), ZoneOffset.UTC)
                .toLocalDate()
                .withDayOfMonth(1);
    }
}
