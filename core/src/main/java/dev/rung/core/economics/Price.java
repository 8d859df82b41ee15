package dev.rung.core.economics;

/** What an answer cost: an amount, or unknown; never zero for want of a price. */
public sealed interface Price {
    /** A price that could be computed. */
    record Known(Usd amount) implements Price {
        @Override
        public String toString() {
            return amount.toString();
        }
    }

    /** A price that could not be computed, and why. */
    record Unknown(String why) implements Price {
        @Override
        public String toString() {
            return "unknown";
        }
    }

    /** Returns the sum, which is unknown as soon as one part is. */
    default Price plus(Price other) {
        return switch (this) {
            case Unknown unknown -> unknown;
            case Known(Usd mine) ->
                switch (other) {
                    case Unknown unknown -> unknown;
                    case Known(Usd theirs) -> new Known(mine.plus(theirs));
                };
        };
    }
}
