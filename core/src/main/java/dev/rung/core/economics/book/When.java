package dev.rung.core.economics.book;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** When prices hold; all times are UTC. */
public sealed interface When {
    boolean holds(Instant at);

    /** At any time. */
    record Always() implements When {
        @Override
        public boolean holds(Instant at) {
            return true;
        }
    }

    /** From the start of a day on. */
    record From(LocalDate day) implements When {
        @Override
        public boolean holds(Instant at) {
            return !at.atOffset(ZoneOffset.UTC).toLocalDate().isBefore(day);
        }
    }

    /** Every day from {@code start} to before {@code end}; over midnight where the end is the earlier. */
    record Daily(LocalTime start, LocalTime end) implements When {
        @Override
        public boolean holds(Instant at) {
            LocalTime time = at.atOffset(ZoneOffset.UTC).toLocalTime();
            boolean begun = !time.isBefore(start);
            boolean open = time.isBefore(end);
            return end.isBefore(start) ? begun || open : begun && open;
        }
    }
}
