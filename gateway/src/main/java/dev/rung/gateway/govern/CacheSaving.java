package dev.rung.gateway.govern;

import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.economics.book.BillingUnit;
import dev.rung.core.economics.book.Counts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a provider's prompt cache saved: what the same tokens would have cost as plain input, less what they did cost. */
final class CacheSaving {
    private static final int SCALE = 12;

    private CacheSaving() {}

    /**
     * Returns the saving in millionths of a millionth of a dollar, below 0 where writing cost more than reading saved; null where no cache was used or a price is not known.
     *
     * @param counts of which the whole of the input includes what was read from a cache and written to one
     */
    static @Nullable Long of(Counts counts, Price paid, Function<Counts, Price> price) {
        Map<BillingUnit, BigDecimal> plain = new EnumMap<>(BillingUnit.class);
        boolean used = false;
        for (Map.Entry<BillingUnit, BigDecimal> count : counts.reported().entrySet()) {
            if (count.getKey().name().startsWith("CACHE_")) {
                used |= count.getValue().signum() > 0;
            } else {
                plain.put(count.getKey(), count.getValue());
            }
        }
        if (used
                && paid instanceof Price.Known(Usd actual)
                && price.apply(new Counts(plain)) instanceof Price.Known(Usd without)) {
            return without.amount()
                    .subtract(actual.amount())
                    .movePointRight(SCALE)
                    .setScale(0, RoundingMode.FLOOR)
                    .longValue();
        }
        return null;
    }
}
