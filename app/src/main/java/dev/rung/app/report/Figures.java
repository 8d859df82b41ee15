package dev.rung.app.report;

import dev.rung.core.economics.Usd;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them; the same in the table on the screen and in the report, whatever the machine's language. */
public final class Figures {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int SECONDS_PER_MINUTE = 60;

    private Figures() {}

    /** Returns a share such as {@code 0.943}. */
    public static String share(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.3f", value);
    }

    /** Returns a probability that an answer is right, which is never shown as certainty: {@code 0.812}, {@code >0.999}. */
    public static String confidence(double probability) {
        if (probability > 0.999) {
            return ">0.999";
        }
        return probability < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", probability);
    }

    /** Returns a bound that somebody wrote, without zeros to fill it up: {@code 0.90}, {@code 0.945}. */
    public static String bound(double value) {
        BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
        return exact.setScale(Math.max(2, exact.scale()), RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    /** Returns an interval such as {@code [0.917, 0.963]}. */
    public static String interval(double low, double high) {
        return "[" + share(low) + ", " + share(high) + "]";
    }

    /** Returns a time to an answer: {@code 0.41 ms}, {@code 4.1 ms}, {@code 410 ms}, {@code 2.3 s}. */
    public static String time(Duration time) {
        double millis = time.toNanos() / NANOS_PER_MILLI;
        if (millis >= 9_950) {
            return String.format(Locale.ROOT, "%,.0f s", millis / 1_000);
        }
        if (millis >= 999.5) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1_000);
        }
        if (millis >= 9.95) {
            return String.format(Locale.ROOT, "%.0f ms", millis);
        }
        return String.format(Locale.ROOT, millis >= 0.995 ? "%.1f ms" : "%.2f ms", millis);
    }

    /** Returns how long something took: {@code 0.4 s}, {@code 14 s}, {@code 2 min 3 s}. */
    public static String span(Duration span) {
        double seconds = span.toNanos() / 1e9;
        if (seconds < 9.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < 2 * SECONDS_PER_MINUTE) {
            return whole + " s";
        }
        long minutes = whole / SECONDS_PER_MINUTE;
        if (minutes < 2 * SECONDS_PER_MINUTE) {
            return minutes + " min " + whole % SECONDS_PER_MINUTE + " s";
        }
        return minutes / SECONDS_PER_MINUTE + " h " + minutes % SECONDS_PER_MINUTE + " min";
    }

    /** Returns a count such as {@code 12,345}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Returns a count and its noun, such as {@code 1 example} or {@code 12 examples}. */
    public static String count(long count, String noun) {
        return count(count) + " " + (count == 1 ? noun : noun + "s");
    }

    /** Returns a sum that a person budgets with: cents below ten dollars, whole dollars above. */
    public static String sum(Usd sum) {
        BigDecimal amount = sum.amount();
        boolean large = amount.abs().compareTo(BigDecimal.TEN) >= 0;
        if (!large) {
            return sum.toString();
        }
        return String.format(
                Locale.ROOT, "$%,d", amount.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
    }

    /** Returns dollars as a mark on an axis has room for them: {@code $0.20}, {@code $2}, and powers of ten where they are small. */
    static String axisDollars(double dollars) {
        if (dollars >= 0.01 || dollars == 0) {
            return new Usd(BigDecimal.valueOf(dollars)).toString();
        }
        int power = (int) Math.floor(Math.log10(dollars) + 1e-9);
        long factor = Math.round(dollars / Math.pow(10, power));
        StringBuilder digits = new StringBuilder();
        for (char digit : Integer.toString(-power).toCharArray()) {
            digits.append("⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0'));
        }
        return "$" + (factor == 1 ? "" : factor + "·") + "10⁻" + digits;
    }

    /** Returns a small probability such as {@code 0.025} or {@code 0.00021}. */
    static String error(double probability) {
        return probability == 0
                ? "0"
                : new BigDecimal(probability).round(new MathContext(2)).toPlainString();
    }

    /** Returns a number to a tenth, without a zero to fill it up. */
    static String tenth(double value) {
        double tenths = Math.round(value * 10) / 10.0;
        return tenths == Math.rint(tenths) ? Long.toString((long) tenths) : String.format(Locale.ROOT, "%.1f", tenths);
    }
}
