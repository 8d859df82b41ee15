package dev.rung.gateway.govern;

import dev.rung.core.economics.Price;
import dev.rung.core.economics.Pricing;
import dev.rung.core.economics.Usd;
import dev.rung.core.economics.book.BillingUnit;
import dev.rung.core.economics.book.Counts;
import dev.rung.core.economics.book.Extractor;
import dev.rung.core.economics.book.PriceBook;
import dev.rung.core.economics.book.ServiceTier;
import dev.rung.core.economics.book.StandardExtractors;
import dev.rung.core.json.Json;
import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.policy.Settlement;
import dev.rung.gateway.policy.Target;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What calls to targets cost: by the catalog where it has a price of the model, otherwise by the price books; thread-safe.
 *
 * <p>A release, or a model in this process, has no price before it answers: it is expected to cost what its answers cost lately.
 */
public final class TargetPrices {
    private static final double WEIGHT = 0.1;

    private final Function<Target, Optional<Pricing>> catalog;
    private final Supplier<List<PriceBook>> books;
    private final Map<Target, Known> known = new ConcurrentHashMap<>();
    private final Map<String, Double> lately = new ConcurrentHashMap<>();

    /** Where the price of a target comes from; both null where it is unknown. */
    private record Known(@Nullable Pricing catalog, PriceBook.@Nullable Found book) {}

    /**
     * What a call used.
     *
     * @param counts null where nobody said
     * @param cacheSaved what the provider's prompt cache saved, less what writing to it cost, in millionths of a millionth of a dollar; null where none was used or no price
     *     is known
     * @param estimated whether the price rests on an estimate, because the answer was cut off before its usage was told
     */
    record Used(
            @Nullable Counts counts, Price price, @Nullable Long cacheSaved, boolean estimated) {
        Used(@Nullable Counts counts, Price price, boolean estimated) {
            this(counts, price, null, estimated);
        }
    }

    /**
     * Makes the prices of a catalog and of books.
     *
     * @param catalog the prices of the catalog's own models
     * @param books the price books, the most believed first; asked when a price is looked up for the first time
     */
    public TargetPrices(Function<Target, Optional<Pricing>> catalog, Supplier<List<PriceBook>> books) {
        this.catalog = catalog;
        this.books = books;
    }

    /** Returns what so many tokens cost at a target, at most. */
    Price expected(Target target, Estimate estimate, Instant at) {
        if (target.isRelease() || target.isLocalModel()) {
            Double price = lately.get(learnt(target));
            return new Price.Known(price == null ? Usd.ZERO : new Usd(BigDecimal.valueOf(price)));
        }
        Known price = known(target);
        ServiceTier tier = estimate.tier();
        if (tier == null) {
            return new Price.Unknown("the service tier that is asked for is not one that is known");
        }
        if (price.catalog() != null && tier == ServiceTier.STANDARD) {
            Json.Obj usage = Json.object(
                    "prompt_tokens", Json.of(estimate.input()),
                    "completion_tokens", Json.of(estimate.output()),
                    "input_tokens", Json.of(estimate.input()),
                    "output_tokens", Json.of(estimate.output()));
            return price.catalog()
                    .price(usage, Duration.ZERO, at.atOffset(ZoneOffset.UTC).toLocalDate());
        }
        PriceBook.Found book = price.book() == null ? book(target).orElse(null) : price.book();
        if (book != null) {
            return book.model()
                    .quote(Counts.tokens(estimate.input(), estimate.output()), tier, at)
                    .price();
        }
        return new Price.Unknown("no price of " + target.name() + " is known");
    }

    /** Returns what a call used and cost, by what the upstream reported. */
    Used used(Target target, Settlement.Use.Reported reported, Estimate estimate, Instant at, Duration busy) {
        Json.Obj usage = merged(reported.usage());
        Known price = known(target);
        if (usage == null) {
            return cutOff(target, reported, estimate, at);
        }
        Counts counts = counts(target, price, usage);
        ServiceTier tier = usage.get("service_tier") instanceof Json.Str(String name)
                ? ServiceTier.named(name).orElse(null)
                : ServiceTier.STANDARD;
        if (tier == null) {
            return new Used(counts, new Price.Unknown("the service tier is not one that is known"), false);
        }
        // The catalog's prices are those of the standard tier.
        if (price.catalog() != null && tier == ServiceTier.STANDARD) {
            Pricing catalog = price.catalog();
            LocalDate day = at.atOffset(ZoneOffset.UTC).toLocalDate();
            Price paid = catalog.price(usage, busy, day);
            Long saved = counts == null
                    ? null
                    : CacheSaving.of(counts, paid, any -> catalog.price(PlainUsage.of(usage), busy, day));
            return new Used(counts, paid, saved, false);
        }
        if (counts == null) {
            return new Used(
                    null, new Price.Unknown("the usage record of " + target.name() + " has another form"), false);
        }
        PriceBook.Found book = price.book() == null ? book(target).orElse(null) : price.book();
        if (book == null) {
            return new Used(counts, new Price.Unknown("no price of " + target.name() + " is known"), false);
        }
        Price paid = book.model().quote(counts, tier, at).price();
        return new Used(
                counts,
                paid,
                CacheSaving.of(
                        counts,
                        paid,
                        plain -> book.model().quote(plain, tier, at).price()),
                false);
    }

    /** Learns what an answer of a release cost. */
    void learn(Target target, Price price) {
        if (price instanceof Price.Known(Usd amount)) {
            double dollars = amount.amount().doubleValue();
            lately.merge(learnt(target), dollars, (before, now) -> before + WEIGHT * (now - before));
        }
    }

    // A task and a model may have the same name.
    private static String learnt(Target target) {
        return target.isRelease() ? target.model() : target.name();
    }

    // Nobody said what was used: the input is taken as estimated, the output as what came of it.
    private Used cutOff(Target target, Settlement.Use.Reported reported, Estimate estimate, Instant at) {
        if (target.isLocalModel() && !lately.containsKey(learnt(target))) {
            return new Used(null, new Price.Unknown("the first answer of " + target.name() + " was cut off"), true);
        }
        if (reported.bytes() == 0 && reported.events() == 0) {
            return new Used(null, expected(target, estimate.of(estimate.input(), 0), at), true);
        }
        long output = Math.min(
                Math.max(reported.events(), reported.bytes() / 4), Math.max(estimate.output(), reported.events()));
        Counts counts = Counts.tokens(estimate.input(), output);
        return new Used(counts, expected(target, estimate.of(estimate.input(), output), at), true);
    }

    private Known known(Target target) {
        Known found = known.get(target);
        return found != null ? found : known.computeIfAbsent(target, this::look);
    }

    private Known look(Target target) {
        Optional<Pricing> own = catalog.apply(target);
        if (own.isPresent()) {
            return new Known(own.get(), null);
        }
        return new Known(null, book(target).orElse(null));
    }

    private Optional<PriceBook.Found> book(Target target) {
        String name = target.price() == null ? target.model() : target.price();
        List<PriceBook> known = books.get();
        int slash = name.indexOf('/');
        Optional<PriceBook.Found> found = slash > 0
                ? PriceBook.find(known, name.substring(0, slash), name.substring(slash + 1))
                : Optional.empty();
        return found.or(() -> PriceBook.find(known, target.upstream(), name)).or(() -> PriceBook.find(known, "", name));
    }

    private static @Nullable Counts counts(Target target, Known price, Json.Obj usage) {
        for (Extractor extractor : extractors(target.dialect(), price)) {
            Optional<Counts> counts = extractor.counts(usage);
            if (counts.isPresent()) {
                return counts.get();
            }
        }
        return null;
    }

    // The provider's own first: some leave reasoning out of what they call completion tokens.
    private static List<Extractor> extractors(Dialect dialect, Known price) {
        List<String> flavours = switch (dialect) {
            case OPENAI -> List.of("chat", "default", "embeddings");
            case RESPONSES -> List.of("responses");
            case ANTHROPIC -> List.of("anthropic", "default");
            case GEMINI -> List.of("gemini", "default", "embeddings");
        };
        List<Extractor> found = new ArrayList<>();
        if (price.book() != null) {
            for (String flavour : flavours) {
                price.book().provider().extractor(flavour).ifPresent(found::add);
            }
        }
        found.addAll(
                switch (dialect) {
                    case OPENAI -> List.of(StandardExtractors.OPENAI_CHAT, StandardExtractors.OPENAI_EMBEDDINGS);
                    case RESPONSES -> List.of(StandardExtractors.OPENAI_RESPONSES);
                    case ANTHROPIC -> List.of(StandardExtractors.ANTHROPIC);
                    case GEMINI -> List.of(StandardExtractors.GEMINI);
                });
        return found;
    }

    /** Returns the usage records of a stream as one: later members take the place of earlier ones, unless they are null. */
    static Json.@Nullable Obj merged(List<String> records) {
        Json.Obj merged = null;
        for (String text : records) {
            if (!(UsageText.parse(text) instanceof Json.Obj record)) {
                continue;
            }
            if (merged == null) {
                merged = record;
                continue;
            }
            LinkedHashMap<String, Json> members = new LinkedHashMap<>(merged.members());
            record.members().forEach((key, value) -> {
                if (!(value instanceof Json.Nil)) {
                    members.put(key, value);
                }
            });
            merged = new Json.Obj(members);
        }
        return merged;
    }

    static long tokens(@Nullable Counts counts) {
        return counts == null ? 0 : counts.tokens(BillingUnit.INPUT_TOKENS) + counts.tokens(BillingUnit.OUTPUT_TOKENS);
    }
}
