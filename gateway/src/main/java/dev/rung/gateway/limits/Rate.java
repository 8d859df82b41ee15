package dev.rung.gateway.limits;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much may be used a minute.
 *
 * @param measure tokens or requests
 * @param burst how much may be used at once after a pause
 */
public record Rate(Measure measure, long perMinute, long burst) {
    private static final Pattern TEXT =
            Pattern.compile("([0-9]{1,10}) *(requests|tokens) */ *min(?:ute)?(?: +burst +([0-9]{1,10}))?");

    public Rate {
        if (measure == Measure.MONEY || perMinute < 1 || burst < 1) {
            throw new IllegalArgumentException("a rate is at least one request or token a minute");
        }
    }

    /** Returns the rate in {@code text}, such as {@code 60 requests/min} or {@code 100000 tokens/min burst 20000}; without a burst, a minute's worth. */
    public static Rate parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT).replace("_", ""));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "found " + text + ", expected a rate such as 60 requests/min or 100000 tokens/min burst 20000");
        }
        long perMinute = Long.parseLong(matcher.group(1));
        String burst = matcher.group(3);
        return new Rate(
                matcher.group(2).equals("tokens") ? Measure.TOKENS : Measure.REQUESTS,
                perMinute,
                burst == null ? perMinute : Long.parseLong(burst));
    }

    @Override
    public String toString() {
        return perMinute + " " + measure.key() + "/min" + (burst == perMinute ? "" : " burst " + burst);
    }
}
