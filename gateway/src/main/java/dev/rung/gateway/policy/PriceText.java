package dev.rung.gateway.policy;

import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Prices as header fields tell them: in dollars, to twelve digits that count; the ledger has them exact. */
public final class PriceText {
    private static final MathContext DIGITS = new MathContext(12, RoundingMode.HALF_EVEN);

    private PriceText() {}

    /** Returns the price without an exponent and without zeros at its end; {@code unknown} where no price is known. */
    public static String of(Price price) {
        return switch (price) {
            case Price.Known(Usd amount) -> text(amount.amount());
            case Price.Unknown unknown -> "unknown";
        };
    }

    private static String text(BigDecimal dollars) {
        BigDecimal rounded = dollars.round(DIGITS);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
