package dev.rung.ladder.simulation;

import dev.rung.core.json.Json;
import java.util.Locale;

/** What stands in one place of a table: for people by {@link #text}, for programs by {@link #toJson}. */
public sealed interface Cell {
    String text();

    Json toJson();

    /** A text. */
    record Words(String text) implements Cell {
        @Override
        public Json toJson() {
            return Json.of(text);
        }
    }

    /** A whole number. */
    record Count(long value) implements Cell {
        @Override
        public String text() {
            return String.format(Locale.ROOT, "%,d", value);
        }

        @Override
        public Json toJson() {
            return Json.of(value);
        }
    }

    /** A number, shown with so many decimals. */
    record Decimal(double value, int decimals) implements Cell {
        @Override
        public String text() {
            return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%." + decimals + "f", value);
        }

        @Override
        public Json toJson() {
            return Json.of(value);
        }
    }

    /** How often something happened, in per cent. */
    record Rate(Share share) implements Cell {
        @Override
        public String text() {
            return String.format(
                    Locale.ROOT, "%.2f %% [%.2f, %.2f]", 100 * share.value(), 100 * share.low(), 100 * share.high());
        }

        @Override
        public Json toJson() {
            return Json.object(
                            "share", Json.of(share.value()),
                            "low", Json.of(share.low()),
                            "high", Json.of(share.high()))
                    .with("hits", Json.of(share.hits()))
                    .with("worlds", Json.of(share.of()));
        }
    }

    /** A mean over worlds. */
    record Average(Mean mean, int decimals) implements Cell {
        @Override
        public String text() {
            String number = "%." + decimals + "f";
            return String.format(
                    Locale.ROOT, number + " [" + number + ", " + number + "]", mean.value(), mean.low(), mean.high());
        }

        @Override
        public Json toJson() {
            return Json.object("mean", Json.of(mean.value()), "low", Json.of(mean.low()), "high", Json.of(mean.high()));
        }
    }
}
