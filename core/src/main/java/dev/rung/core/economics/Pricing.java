package dev.rung.core.economics;

import dev.rung.core.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a model's use turns into money. */
public sealed interface Pricing {
    /** Returns what a use on {@code day} costs, given the provider's own usage record and the time that the model was busy. */
    Price price(Json.@Nullable Obj rawUsage, Duration busy, LocalDate day);

    /** Metered prices, each valid from a date on. */
    record Metered(List<Tariff> tariffs) implements Pricing {
        public Metered {
            tariffs =
                    tariffs.stream().sorted(Comparator.comparing(Tariff::from)).toList();
        }

        @Override
        public Price price(Json.@Nullable Obj rawUsage, Duration busy, LocalDate day) {
            if (rawUsage == null) {
                return new Price.Unknown("the provider sent no usage");
            }
            Tariff valid = null;
            for (Tariff tariff : tariffs) {
                if (!tariff.from().isAfter(day)) {
                    valid = tariff;
                }
            }
            return valid == null ? new Price.Unknown("no price is known for " + day) : valid.price(rawUsage);
        }
    }

    /** Time on a machine of one's own, at a price an hour that somebody assumed; the source says who. */
    record MachineTime(Usd perHour, LocalDate asOf, String source) implements Pricing {
        @Override
        public Price price(Json.@Nullable Obj rawUsage, Duration busy, LocalDate day) {
            return new Price.Known(perHour.perHour(busy));
        }
    }

    /** No price is known. */
    record Unpriced(String why) implements Pricing {
        @Override
        public Price price(Json.@Nullable Obj rawUsage, Duration busy, LocalDate day) {
            return new Price.Unknown(why);
        }
    }

    /** The meters that hold from a day on, and where they were read. */
    record Tariff(LocalDate from, String source, List<Meter> meters) {
        public Tariff {
            meters = List.copyOf(meters);
        }

        Price price(Json.Obj rawUsage) {
            Usd sum = Usd.ZERO;
            for (Meter meter : meters) {
                BigDecimal count = meter.count(rawUsage);
                if (count == null) {
                    return new Price.Unknown("usage has no number at " + meter.pointer());
                }
                sum = sum.plus(
                        new Usd(meter.perMillion().amount().multiply(count).movePointLeft(6)));
            }
            return new Price.Known(sum);
        }
    }

    /**
     * A price per million units, counted at a JSON pointer into the provider's raw usage, less the counts at other pointers that have meters of their
     * own (cached tokens inside prompt tokens, say). A missing count is zero only where {@code optional}.
     */
    record Meter(String pointer, List<String> less, Usd perMillion, boolean optional) {
        public Meter {
            less = List.copyOf(less);
        }

        @Nullable
        BigDecimal count(Json.Obj rawUsage) {
            BigDecimal total = number(rawUsage, pointer);
            if (total == null) {
                return optional ? BigDecimal.ZERO : null;
            }
            for (String part : less) {
                BigDecimal count = number(rawUsage, part);
                total = count == null ? total : total.subtract(count);
            }
            return total.max(BigDecimal.ZERO);
        }

        private static @Nullable BigDecimal number(Json root, String pointer) {
            Json at = root;
            for (String step : pointer.substring(1).split("/", -1)) {
                at = at instanceof Json.Obj object
                        ? object.get(step.replace("~1", "/").replace("~0", "~"))
                        : null;
                if (at == null) {
                    return null;
                }
            }
            return at instanceof Json.Num n ? n.value() : null;
        }
    }
}
