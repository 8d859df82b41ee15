package dev.rung.core.economics.book;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prices of many providers' models, from one source, as they were known on one day.
 *
 * @param source where the prices were read
 * @param asOf the day on which they were known to hold
 */
public record PriceBook(String source, LocalDate asOf, List<ProviderPrices> providers) {
    /** How old prices may be before whoever uses them is warned. */
    public static final Duration FRESH = Duration.ofDays(30);

    // A day without dashes in a model's name, as some routers write it: gpt-5.2-20251211.
    private static final Pattern COMPACT_DAY =
            Pattern.compile("-(20\\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])(?=-|:|$)");

    public PriceBook {
        providers = List.copyOf(providers);
    }

    /** A price found, and the book that states it. */
    public record Found(PriceBook book, ProviderPrices provider, ModelPrices model) {}

    /**
     * Returns the prices of {@code model} in the first of {@code books} that has it.
     *
     * @param provider the provider's name; empty for the home of the model
     */
    public static Optional<Found> find(List<PriceBook> books, String provider, String model) {
        for (PriceBook book : books) {
            Optional<ProviderPrices> seller = provider.isEmpty() ? book.homeOf(model) : book.provider(provider);
            Optional<Found> found =
                    seller.flatMap(known -> book.model(known, model).map(prices -> new Found(book, known, prices)));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Returns the provider that {@code name} means: by its id first, then by other names. */
    public Optional<ProviderPrices> provider(String name) {
        String wanted = name.toLowerCase(Locale.ROOT).strip();
        for (ProviderPrices provider : providers) {
            if (provider.id().equals(wanted)) {
                return Optional.of(provider);
            }
        }
        for (ProviderPrices provider : providers) {
            if (provider.names() != null && provider.names().matches(wanted)) {
                return Optional.of(provider);
            }
        }
        return Optional.empty();
    }

    /** Returns the provider whose API is at {@code address}. */
    public Optional<ProviderPrices> providerAt(String address) {
        for (ProviderPrices provider : providers) {
            if (provider.address() != null
                    && provider.address().matcher(address).lookingAt()) {
                return Optional.of(provider);
            }
        }
        return Optional.empty();
    }

    /** Returns the provider that is the home of {@code model}. */
    public Optional<ProviderPrices> homeOf(String model) {
        String wanted = model.toLowerCase(Locale.ROOT);
        for (ProviderPrices provider : providers) {
            if (provider.models() != null && provider.models().matches(wanted)) {
                return Optional.of(provider);
            }
        }
        return Optional.empty();
    }

    /** Returns the prices of {@code model} at {@code provider}, or those of a provider whose models it sells. */
    public Optional<ModelPrices> model(ProviderPrices provider, String model) {
        String wanted = model.toLowerCase(Locale.ROOT);
        Optional<ModelPrices> found = exactly(provider, wanted);
        if (found.isPresent()) {
            return found;
        }
        String dashed = dashed(wanted);
        return dashed.equals(wanted) ? found : exactly(provider, dashed);
    }

    /** Returns a warning when these prices are older than {@link #FRESH} at {@code now}. */
    public Optional<String> staleness(Instant now) {
        long days = asOf.atStartOfDay()
                .until(now.atOffset(ZoneOffset.UTC).toLocalDateTime(), java.time.temporal.ChronoUnit.DAYS);
        return days <= FRESH.toDays()
                ? Optional.empty()
                : Optional.of("the prices of " + source + " are of " + asOf + ", " + days
                        + " days old: import newer ones with rung prices import");
    }

    private Optional<ModelPrices> exactly(ProviderPrices provider, String model) {
        Optional<ModelPrices> own = provider.own(model);
        for (int i = 0; own.isEmpty() && i < provider.fallbacks().size(); i++) {
            String fallback = provider.fallbacks().get(i);
            own = providers.stream()
                    .filter(other -> other.id().equals(fallback))
                    .findFirst()
                    .flatMap(other -> other.own(model));
        }
        return own;
    }

    private static String dashed(String model) {
        Matcher matcher = COMPACT_DAY.matcher(model);
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            String day = matcher.group(1) + "-" + matcher.group(2) + "-" + matcher.group(3);
            matcher.appendReplacement(text, isDay(day) ? "-" + day : Matcher.quoteReplacement(matcher.group()));
        }
        return matcher.appendTail(text).toString();
    }

    private static boolean isDay(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
