package dev.rung.gateway.limits;

import dev.rung.core.economics.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Dollars as whole numbers, in millionths of a millionth; up to nine million dollars. */
public final class Money {
    private static final int SCALE = 12;

    private Money() {}

    /** Returns the amount, rounded up: spending is over-counted by less than a millionth of a millionth of a dollar, and never lost. */
    public static long of(Usd amount) {
        BigDecimal scaled = amount.amount().movePointRight(SCALE).setScale(0, RoundingMode.CEILING);
        return scaled.unscaledValue().bitLength() > 62 ? Long.MAX_VALUE / 2 : scaled.longValue();
    }

    public static Usd usd(long amount) {
        return new Usd(BigDecimal.valueOf(amount, SCALE));
    }
}
