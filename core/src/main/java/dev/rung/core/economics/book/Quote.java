package dev.rung.core.economics.book;

import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;

/** What a use costs, in parts, or why that is unknown. */
public sealed interface Quote {
    /** A price in parts; {@code other} is what belongs to neither side, such as searches. */
    record Bill(Usd input, Usd output, Usd other) implements Quote {
        public Usd total() {
            return input.plus(output).plus(other);
        }

        @Override
        public Price price() {
            return new Price.Known(total());
        }
    }

    /** A price that cannot be told, and why. */
    record Unknown(String why) implements Quote {
        @Override
        public Price price() {
            return new Price.Unknown(why);
        }
    }

    Price price();
}
