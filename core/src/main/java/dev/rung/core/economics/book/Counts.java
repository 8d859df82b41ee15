package dev.rung.core.economics.book;

import dev.rung.core.json.Json;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many of each unit were used, as a provider reported them; a unit that was not reported is absent.
 *
 * @param reported numbers that are not negative; a whole includes its parts
 */
public record Counts(Map<BillingUnit, BigDecimal> reported) {
    public static final Counts NONE = new Counts(Map.of());

    public Counts {
        EnumMap<BillingUnit, BigDecimal> copy = new EnumMap<>(BillingUnit.class);
        copy.putAll(reported);
        copy.forEach((unit, count) -> {
            if (count.signum() < 0) {
                throw new IllegalArgumentException(unit.countKey() + " is negative: " + count);
            }
        });
        reported = Collections.unmodifiableMap(copy);
    }

    /** Returns counts of input and output tokens alone. */
    public static Counts tokens(long input, long output) {
        return new Counts(Map.of(
                BillingUnit.INPUT_TOKENS, BigDecimal.valueOf(input),
                BillingUnit.OUTPUT_TOKENS, BigDecimal.valueOf(output)));
    }

    /** Returns what was reported for {@code unit}, or null. */
    public @Nullable BigDecimal of(BillingUnit unit) {
        return reported.get(unit);
    }

    /** Returns the count of {@code unit} as a whole number; 0 where none was reported. */
    public long tokens(BillingUnit unit) {
        BigDecimal count = reported.get(unit);
        return count == null ? 0 : count.longValue();
    }

    boolean used(BillingUnit unit) {
        BigDecimal count = reported.get(unit);
        return count != null && count.signum() > 0;
    }

    /** Returns the counts by their names. */
    public Json.Obj json() {
        Json.Obj json = Json.object();
        for (Map.Entry<BillingUnit, BigDecimal> count : reported.entrySet()) {
            json = json.with(count.getKey().countKey(), Json.of(count.getValue()));
        }
        return json;
    }
}
