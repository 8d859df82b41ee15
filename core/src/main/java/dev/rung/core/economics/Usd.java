package dev.rung.core.economics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;

/** An exact amount of United States dollars; never rounded until it is shown. */
public record Usd(BigDecimal amount) implements Comparable<Usd> {
    public static final Usd ZERO = new Usd(BigDecimal.ZERO);

    public Usd {
        amount = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
    }

    /** Returns the amount written in {@code dollars}, such as {@code "0.20"}. */
    public static Usd of(String dollars) {
        return new Usd(new BigDecimal(dollars));
    }

    public Usd plus(Usd other) {
        return new Usd(amount.add(other.amount));
    }

    public Usd minus(Usd other) {
        return new Usd(amount.subtract(other.amount));
    }

    public Usd times(long factor) {
        return new Usd(amount.multiply(BigDecimal.valueOf(factor)));
    }

    public Usd times(BigDecimal factor) {
        return new Usd(amount.multiply(factor));
    }

    /** Returns this price of a million, for {@code count} of them. */
    public Usd perMillion(long count) {
        return new Usd(amount.multiply(BigDecimal.valueOf(count)).movePointLeft(6));
    }

    /** Returns this price of an hour, for {@code time}; to 30 significant digits. */
    public Usd perHour(Duration time) {
        BigDecimal hours = BigDecimal.valueOf(time.toNanos())
                .divide(BigDecimal.valueOf(3_600_000_000_000L), MathContext.DECIMAL128);
        return new Usd(amount.multiply(hours, new MathContext(30, RoundingMode.HALF_EVEN)));
    }

    @Override
    public int compareTo(Usd other) {
        return amount.compareTo(other.amount);
    }

    /** Returns the amount for people: at least two decimals, and at least two significant digits, such as {@code $0.20} or {@code $0.00041}. */
    @Override
    public String toString() {
        if (amount.signum() == 0) {
            return "$0.00";
        }
        int leading = amount.precision() - amount.scale();
        int decimals = leading > 0 ? 2 : Math.max(2, 2 - leading);
        String digits = amount.abs().setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
        return (amount.signum() < 0 ? "-$" : "$") + digits;
    }
}
