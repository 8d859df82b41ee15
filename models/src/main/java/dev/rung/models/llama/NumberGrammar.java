package dev.rung.models.llama;

import dev.rung.core.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers as grammars: few integers one by one, others by sign and number of digits, which may allow some beyond the bounds. */
final class NumberGrammar {
    private static final int MOST_DIGITS = 15;

    private NumberGrammar() {}

    static String integer(Json.Obj schema, int mostEnumerated) {
        @Nullable BigInteger least = least(schema);
        @Nullable BigInteger most = most(schema);
        if (least != null && most != null) {
            BigInteger span = most.subtract(least);
            if (span.signum() < 0) {
                throw SchemaGrammar.refused("#", "minimum above maximum", "a range with an integer in it");
            }
            if (span.compareTo(BigInteger.valueOf(mostEnumerated)) < 0) {
                List<String> all = new ArrayList<>();
                for (BigInteger i = least; i.compareTo(most) <= 0; i = i.add(BigInteger.ONE)) {
                    all.add("\"" + i + "\"");
                }
                return String.join(" | ", all);
            }
        }
        return sign(least == null ? null : new BigDecimal(least)) + whole(least, most);
    }

    static String number(Json.Obj schema) {
        @Nullable BigDecimal least = bound(schema, "minimum", "exclusiveMinimum");
        return sign(least) + whole(null, null) + " (\".\" [0-9]{1," + MOST_DIGITS + "})?";
    }

    private static String sign(@Nullable BigDecimal least) {
        return least != null && least.signum() >= 0 ? "" : "\"-\"? ";
    }

    private static String whole(@Nullable BigInteger least, @Nullable BigInteger most) {
        int digits = MOST_DIGITS;
        if (most != null && least != null) {
            int longest = most.abs().max(least.abs()).toString().length();
            digits = Math.min(MOST_DIGITS, longest);
        }
        String positive = "[1-9] [0-9]{0," + (digits - 1) + "}";
        return least != null && least.signum() > 0 ? positive : "(\"0\" | " + positive + ")";
    }

    private static @Nullable BigInteger least(Json.Obj schema) {
        BigDecimal exclusive = value(schema, "exclusiveMinimum");
        BigDecimal inclusive = value(schema, "minimum");
        BigInteger fromExclusive = exclusive == null
                ? null
                : exclusive.setScale(0, RoundingMode.FLOOR).toBigInteger().add(BigInteger.ONE);
        BigInteger fromInclusive = inclusive == null
                ? null
                : inclusive.setScale(0, RoundingMode.CEILING).toBigInteger();
        return fromExclusive == null
                ? fromInclusive
                : fromInclusive == null ? fromExclusive : fromExclusive.max(fromInclusive);
    }

    private static @Nullable BigInteger most(Json.Obj schema) {
        BigDecimal exclusive = value(schema, "exclusiveMaximum");
        BigDecimal inclusive = value(schema, "maximum");
        BigInteger fromExclusive = exclusive == null
                ? null
                : exclusive.setScale(0, RoundingMode.CEILING).toBigInteger().subtract(BigInteger.ONE);
        BigInteger fromInclusive = inclusive == null
                ? null
                : inclusive.setScale(0, RoundingMode.FLOOR).toBigInteger();
        return fromExclusive == null
                ? fromInclusive
                : fromInclusive == null ? fromExclusive : fromExclusive.min(fromInclusive);
    }

    private static @Nullable BigDecimal bound(Json.Obj schema, String inclusive, String exclusive) {
        BigDecimal first = value(schema, inclusive);
        return first == null ? value(schema, exclusive) : first;
    }

    private static @Nullable BigDecimal value(Json.Obj schema, String keyword) {
        return schema.get(keyword) instanceof Json.Num(BigDecimal number) ? number : null;
    }
}
