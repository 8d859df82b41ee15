package dev.rung.json.spec;

import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.core.task.Volume;
import dev.rung.json.Yaml;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads single values; a value that is not what it should be becomes a problem, and null. */
public final class Values {
    private static final Pattern MONEY = Pattern.compile("\\$\\s*([0-9]+(?:\\.[0-9]+)?)|([0-9]+(?:\\.[0-9]+)?)\\s*USD");
    private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(us|ms|s|m|min)");
    private static final Pattern BYTES = Pattern.compile("([0-9]{1,7})\\s*(KiB|MiB|GiB)");
    private static final Pattern VOLUME = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([kKmMbB])?\\s*/\\s*([a-z]+)");
    private static final Map<String, BigDecimal> NANOSECONDS = Map.of(
            "us",
            new BigDecimal("1e3"),
            "ms",
            new BigDecimal("1e6"),
            "s",
            new BigDecimal("1e9"),
            "m",
            new BigDecimal("60e9"),
            "min",
            new BigDecimal("60e9"));
    // A month is a twelfth of 365 days.
    private static final BigDecimal DAYS_A_YEAR = BigDecimal.valueOf(365);
    private static final Map<String, BigDecimal> TIMES_A_YEAR = Map.of(
            "second", DAYS_A_YEAR.multiply(BigDecimal.valueOf(86_400)),
            "minute", DAYS_A_YEAR.multiply(BigDecimal.valueOf(1_440)),
            "hour", DAYS_A_YEAR.multiply(BigDecimal.valueOf(24)),
            "day", DAYS_A_YEAR,
            "week", DAYS_A_YEAR.divide(BigDecimal.valueOf(7), 20, RoundingMode.HALF_EVEN),
            "month", BigDecimal.valueOf(12),
            "year", BigDecimal.ONE);

    private Values() {}

    /** Returns a text that is not blank, without the white space around it. */
    public static @Nullable Located<String> text(Yaml node, String expected, String example, Problems problems) {
        // A number or yes/no where a text is meant is that text: a salt of 7, a label named 404.
        if (node instanceof Yaml.Scalar scalar
                && scalar.value() != Json.Nil.NULL
                && !scalar.text().isBlank()) {
            return new Located<>(scalar.text().strip(), scalar.place());
        }
        problems.add(node.place(), node.describe(), expected, "Write, for example: " + example);
        return null;
    }

    /** Returns one text, or the texts of a list. */
    public static List<Located<String>> texts(Yaml node, String expected, String example, Problems problems) {
        List<Located<String>> texts = new ArrayList<>();
        for (Yaml item : node instanceof Yaml.Sequence sequence ? sequence.items() : List.of(node)) {
            Located<String> text = text(item, expected, example, problems);
            if (text != null) {
                texts.add(text);
            }
        }
        if (node instanceof Yaml.Sequence sequence && sequence.items().isEmpty()) {
            problems.add(node.place(), "an empty list", expected, "Write, for example: " + example);
        }
        return texts;
    }

    /** Returns one of the constants of {@code type} by its lower-case name. */
    public static <E extends Enum<E>> @Nullable E word(Yaml node, Class<E> type, Problems problems) {
        List<String> known = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String name = constant.name().toLowerCase(Locale.ROOT);
            known.add(name);
            if (node instanceof Yaml.Scalar scalar && scalar.text().equals(name)) {
                return constant;
            }
        }
        if (node instanceof Yaml.Scalar scalar) {
            problems.unknownWord(node.place(), "the word", scalar.text(), known);
            return null;
        }
        problems.add(node.place(), node.describe(), "one of " + String.join(", ", known), "Choose one");
        return null;
    }

    /** Returns a rate from 0 to 1, written {@code 0.90} or {@code 90%}. */
    public static @Nullable Double rate(Yaml node, Problems problems) {
        BigDecimal rate = null;
        if (node instanceof Yaml.Scalar scalar) {
            if (scalar.value() instanceof Json.Num(BigDecimal number)) {
                rate = number;
            } else if (scalar.text().matches("[0-9]+(\\.[0-9]+)?\\s*%")) {
                rate = new BigDecimal(scalar.text().replace("%", "").strip()).movePointLeft(2);
            }
        }
        if (rate == null) {
            problems.add(node.place(), node.describe(), "a rate from 0 to 1", "Write, for example: 0.90 or 90%");
            return null;
        }
        if (rate.signum() < 0 || rate.compareTo(BigDecimal.ONE) > 0) {
            boolean percent = rate.signum() > 0 && rate.compareTo(BigDecimal.valueOf(100)) <= 0;
            problems.add(
                    node.place(),
                    node.describe(),
                    "a rate from 0 to 1",
                    percent ? "Did you mean " + rate.toPlainString() + "%?" : "Write, for example: 0.90 or 90%");
            return null;
        }
        return rate.doubleValue();
    }

    /** Returns an amount of dollars, such as {@code $0.20}. */
    public static @Nullable Usd money(Yaml node, Problems problems) {
        if (node instanceof Yaml.Scalar scalar) {
            Matcher matcher = MONEY.matcher(scalar.text());
            if (matcher.matches()) {
                return Usd.of(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            }
            if (scalar.value() instanceof Json.Num(BigDecimal number) && number.signum() >= 0) {
                problems.add(
                        node.place(),
                        node.describe(),
                        "an amount with its currency",
                        "Did you mean $" + scalar.text() + "?");
                return null;
            }
        }
        problems.add(node.place(), node.describe(), "an amount of dollars", "Write, for example: $0.20");
        return null;
    }

    /** Returns a time above zero, such as {@code 300ms} or {@code 2s}. */
    public static @Nullable Duration duration(Yaml node, Problems problems) {
        if (node instanceof Yaml.Scalar scalar) {
            Matcher matcher = DURATION.matcher(scalar.text());
            BigDecimal unit = matcher.matches() ? NANOSECONDS.get(matcher.group(2)) : null;
            if (unit != null) {
                BigDecimal nanoseconds = new BigDecimal(matcher.group(1)).multiply(unit);
                if (nanoseconds.signum() > 0 && nanoseconds.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) < 0) {
                    return Duration.ofNanos(nanoseconds.longValue());
                }
            } else if (scalar.value() instanceof Json.Num) {
                problems.add(
                        node.place(), node.describe(), "a time with its unit", "Did you mean " + scalar.text() + "ms?");
                return null;
            }
        }
        problems.add(node.place(), node.describe(), "a time above zero", "Write, for example: 300ms or 2s");
        return null;
    }

    /** Returns a number of requests by time, such as {@code 120k/month}. */
    public static @Nullable Volume volume(Yaml node, Problems problems) {
        Matcher matcher = VOLUME.matcher(node instanceof Yaml.Scalar scalar ? scalar.text() : "");
        BigDecimal times = matcher.matches() ? TIMES_A_YEAR.get(matcher.group(3)) : null;
        if (times == null) {
            problems.add(
                    node.place(),
                    node.describe(),
                    "a number of requests by second, minute, hour, day, week, month or year",
                    "Write, for example: 120k/month or 4M/day");
            return null;
        }
        String letter = matcher.group(2) == null ? "" : matcher.group(2).toLowerCase(Locale.ROOT);
        int zeros = switch (letter) {
            case "k" -> 3;
            case "m" -> 6;
            case "b" -> 9;
            default -> 0;
        };
        BigDecimal month = new BigDecimal(matcher.group(1))
                .movePointRight(zeros)
                .multiply(times)
                .divide(BigDecimal.valueOf(12), 0, RoundingMode.HALF_UP);
        if (month.precision() > 18) {
            problems.add(
                    node.place(), node.describe(), "a number of requests that the world can send", "Check the unit");
            return null;
        }
        return new Volume(month.longValueExact());
    }

    /** Returns a whole number. */
    public static @Nullable Long whole(Yaml node, Problems problems) {
        if (node instanceof Yaml.Scalar scalar
                && scalar.value() instanceof Json.Num(BigDecimal number)
                && number.scale() <= 0
                && number.precision() - number.scale() <= 18) {
            return number.longValueExact();
        }
        problems.add(node.place(), node.describe(), "a whole number of at most 18 digits", "Write, for example: 42");
        return null;
    }

    /** Returns a number of bytes from 1 to 2 GiB, such as {@code 32MiB} or {@code 512KiB}. */
    public static @Nullable Integer bytes(Yaml node, Problems problems) {
        Matcher matcher = BYTES.matcher(node instanceof Yaml.Scalar scalar ? scalar.text() : "");
        if (matcher.matches()) {
            int shift = switch (matcher.group(2)) {
                case "KiB" -> 10;
                case "MiB" -> 20;
                default -> 30;
            };
            long bytes = Long.parseLong(matcher.group(1)) << shift;
            if (bytes > 0 && bytes <= Integer.MAX_VALUE) {
                return (int) bytes;
            }
        }
        problems.add(
                node.place(),
                node.describe(),
                "a number of bytes below 2 GiB, with its unit",
                "Write, for example: 32MiB or 512KiB");
        return null;
    }
}
