package dev.rung.gateway.limits;

import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.core.model.Residency;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the callers of one scope: everybody, a key, a team, a user or a tag. What is null says nothing; of several scopes, each must be kept.
 *
 * @param models names that callers may ask for; {@code *} stands for anything
 * @param data where their data may go
 * @param maxPrice what a call may cost at most, by its estimate
 * @param content what the ledger keeps of requests and replies
 * @param cache for how long replies are given again; zero for not at all
 */
public record Rules(
        List<Budget> budgets,
        List<Rate> rates,
        @Nullable List<String> models,
        @Nullable Residency data,
        @Nullable Usd maxPrice,
        @Nullable Content content,
        @Nullable Duration cache) {
    public static final Rules NONE = new Rules(List.of(), List.of(), null, null, null, null, null);

    public Rules {
        budgets = List.copyOf(budgets);
        rates = List.copyOf(rates);
        models = models == null ? null : List.copyOf(models);
    }

    /** What is kept of a request and its reply. */
    public enum Content {
        NONE,
        /** Their SHA-256. */
        HASHED,
        /** Their text without what looks like a secret or a person's data. */
        REDACTED,
        FULL
    }

    /** Returns the rules as they are stored. */
    public Json.Obj json() {
        Json.Obj json = Json.object();
        if (!budgets.isEmpty()) {
            json = json.with(
                    "budgets",
                    Json.strings(budgets.stream().map(Budget::toString).toList()));
        }
        if (!rates.isEmpty()) {
            json = json.with(
                    "rates", Json.strings(rates.stream().map(Rate::toString).toList()));
        }
        if (models != null) {
            json = json.with("models", Json.strings(models));
        }
        if (data != null) {
            json = json.with("data", Json.of(data.name().toLowerCase(Locale.ROOT)));
        }
        if (maxPrice != null) {
            json = json.with("max_price", Json.of("$" + maxPrice.amount().toPlainString()));
        }
        if (content != null) {
            json = json.with("content", Json.of(content.name().toLowerCase(Locale.ROOT)));
        }
        if (cache != null) {
            json = json.with("cache", Json.of(cache.toString()));
        }
        return json;
    }

    /** Returns the rules in {@code json}; what is wrong there is an {@link IllegalArgumentException} that says so. */
    public static Rules of(Json.Obj json) {
        List<String> models = json.get("models") == null ? null : texts(json, "models", text -> text);
        return new Rules(
                texts(json, "budgets", Budget::parse),
                texts(json, "rates", Rate::parse),
                models,
                text(json, "data", Rules::residency),
                text(json, "max_price", Rules::dollars),
                text(json, "content", text -> named(Content.class, text)),
                text(json, "cache", Rules::duration));
    }

    /** Returns the dollars in {@code text}, such as {@code $0.10}. */
    public static Usd dollars(String text) {
        try {
            return new Usd(new BigDecimal(text.startsWith("$") ? text.substring(1) : text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("found " + text + ", expected dollars such as $0.10", e);
        }
    }

    public static Residency residency(String text) {
        return named(Residency.class, text);
    }

    public static Content content(String text) {
        return named(Content.class, text);
    }

    /** Returns the duration in {@code text}, such as {@code 30s}, {@code 10m}, {@code 1h}, {@code 7d} or {@code PT1H}. */
    public static Duration duration(String text) {
        String plain = text.strip().toUpperCase(Locale.ROOT);
        try {
            if (plain.startsWith("P") || plain.equals("0")) {
                return plain.equals("0") ? Duration.ZERO : Duration.parse(plain);
            }
            return Duration.parse(plain.endsWith("D") ? "P" + plain : "PT" + plain);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("found " + text + ", expected a time such as 30s, 10m, 1h or 7d", e);
        }
    }

    private static <E extends Enum<E>> E named(Class<E> type, String text) {
        for (E each : type.getEnumConstants()) {
            if (each.name().equalsIgnoreCase(text)) {
                return each;
            }
        }
        throw new IllegalArgumentException("found " + text + ", expected one of "
                + List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT));
    }

    private static <T> @Nullable T text(Json.Obj json, String key, Function<String, T> read) {
        return json.get(key) instanceof Json.Str(String text) ? read.apply(text) : null;
    }

    private static <T> List<T> texts(Json.Obj json, String key, Function<String, T> read) {
        List<T> all = new ArrayList<>();
        if (json.get(key) instanceof Json.Arr(List<Json> items)) {
            for (Json item : items) {
                all.add(read.apply(((Json.Str) item).value()));
            }
        }
        return all;
    }
}
