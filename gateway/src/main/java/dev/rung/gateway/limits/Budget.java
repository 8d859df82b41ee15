package dev.rung.gateway.limits;

import dev.rung.core.economics.Usd;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much may be used in a period.
 *
 * @param limit in units of the measure
 */
public record Budget(Measure measure, Period period, long limit) {
    private static final Pattern TEXT =
            Pattern.compile("(?:\\$([0-9]+(?:\\.[0-9]+)?)|([0-9]+) *(tokens|requests)) */ *(day|month|total)");

    public Budget {
        if (limit < 0) {
            throw new IllegalArgumentException("a budget is not negative");
        }
    }

    /** Returns the budget in {@code text}, such as {@code $5/day}, {@code 2000000 tokens/month} or {@code 100 requests/total}. */
    public static Budget parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT).replace("_", ""));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "found " + text + ", expected a budget such as $5/day, 2000000 tokens/month or 100 requests/total");
        }
        Period period = Period.valueOf(matcher.group(4).toUpperCase(Locale.ROOT));
        if (matcher.group(1) != null) {
            BigDecimal dollars = new BigDecimal(matcher.group(1));
            if (dollars.compareTo(BigDecimal.valueOf(4_000_000)) > 0) {
                throw new IllegalArgumentException("found " + text + ", expected at most $4000000");
            }
            return new Budget(Measure.MONEY, period, Money.of(new Usd(dollars)));
        }
        Measure measure = matcher.group(3).equals("tokens") ? Measure.TOKENS : Measure.REQUESTS;
        if (matcher.group(2).length() > 17) {
            throw new IllegalArgumentException("found " + text + ", expected a number of at most 17 digits");
        }
        return new Budget(measure, period, Long.parseLong(matcher.group(2)));
    }

    /** Returns an amount of this budget's measure for people. */
    public String shown(long amount) {
        return switch (measure) {
            case MONEY -> "$" + Money.usd(amount).amount().toPlainString();
            case TOKENS -> "%,d tokens".formatted(amount);
            case REQUESTS -> "%,d requests".formatted(amount);
        };
    }

    @Override
    public String toString() {
        String amount = measure == Measure.MONEY ? shown(limit) : limit + " " + measure.key();
        return amount + "/" + period.name().toLowerCase(Locale.ROOT);
    }
}
