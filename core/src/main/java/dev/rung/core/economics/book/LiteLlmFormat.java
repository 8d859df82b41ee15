package dev.rung.core.economics.book;

import dev.rung.core.RungException;
import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads LiteLLM's {@code model_prices_and_context_window.json}.
 *
 * <p>Its prices are per single unit, and have neither dates nor extractors: the standard ones are used. Prices by the image, by the second of video and by
 * the session are left out; a model that has only such prices is left out too.
 */
public final class LiteLlmFormat {
    private static final Pattern LONG = Pattern.compile("(.+)_above_(\\d+)k_tokens");
    private static final Map<String, BillingUnit> UNITS = Map.ofEntries(
            Map.entry("input_cost_per_token", BillingUnit.INPUT_TOKENS),
            Map.entry("output_cost_per_token", BillingUnit.OUTPUT_TOKENS),
            Map.entry("cache_read_input_token_cost", BillingUnit.CACHE_READ_TOKENS),
            Map.entry("cache_creation_input_token_cost", BillingUnit.CACHE_WRITE_TOKENS),
            Map.entry("cache_creation_input_token_cost_above_1hr", BillingUnit.CACHE_WRITE_1H_TOKENS),
            Map.entry("input_cost_per_audio_token", BillingUnit.INPUT_AUDIO_TOKENS),
            Map.entry("output_cost_per_audio_token", BillingUnit.OUTPUT_AUDIO_TOKENS),
            Map.entry("cache_read_input_audio_token_cost", BillingUnit.CACHE_AUDIO_READ_TOKENS),
            Map.entry("cache_creation_input_audio_token_cost", BillingUnit.CACHE_AUDIO_WRITE_TOKENS),
            Map.entry("input_cost_per_image_token", BillingUnit.INPUT_IMAGE_TOKENS),
            Map.entry("output_cost_per_image_token", BillingUnit.OUTPUT_IMAGE_TOKENS),
            Map.entry("cache_read_input_image_token_cost", BillingUnit.CACHE_IMAGE_READ_TOKENS),
            Map.entry("output_cost_per_reasoning_token", BillingUnit.OUTPUT_REASONING_TOKENS),
            Map.entry("citation_cost_per_token", BillingUnit.OUTPUT_CITATION_TOKENS),
            Map.entry("input_cost_per_character", BillingUnit.INPUT_CHARACTERS),
            Map.entry("input_cost_per_pixel", BillingUnit.INPUT_PIXELS),
            Map.entry("input_cost_per_request", BillingUnit.REQUESTS),
            Map.entry("input_cost_per_query", BillingUnit.RERANK_SEARCHES),
            Map.entry("ocr_cost_per_page", BillingUnit.INPUT_DOCUMENT_PAGES),
            Map.entry("annotation_cost_per_page", BillingUnit.INPUT_ANNOTATED_DOCUMENT_PAGES));
    private static final Map<String, ServiceTier> TIERS =
            Map.of("_batches", ServiceTier.BATCH, "_flex", ServiceTier.FLEX, "_priority", ServiceTier.PRIORITY);

    private LiteLlmFormat() {}

    /** Returns whether {@code json} looks like this format: models by name, each with its provider. */
    public static boolean fits(Json json) {
        return json instanceof Json.Obj models
                && models.members().values().stream()
                        .anyMatch(value -> value instanceof Json.Obj model && model.get("litellm_provider") != null);
    }

    /** Returns the book in {@code json}, as {@link GenAiPricesFormat#read} does. */
    public static PriceBook read(Json json, String source, LocalDate asOf) {
        if (!(json instanceof Json.Obj models)) {
            throw RungException.WrongInput.at(source, "no object", "models by name", "Is it LiteLLM's price file?");
        }
        Map<String, List<ModelPrices>> byProvider = new TreeMap<>();
        Map<String, Set<String>> names = new TreeMap<>();
        models.members().forEach((name, value) -> {
            if (value instanceof Json.Obj model
                    && !name.equals("sample_spec")
                    && model.get("litellm_provider") instanceof Json.Str(String provider)) {
                Set<String> called = names(name, provider);
                model(name, called, model).ifPresent(prices -> {
                    byProvider
                            .computeIfAbsent(provider, id -> new ArrayList<>())
                            .add(prices);
                    names.computeIfAbsent(provider, id -> new HashSet<>()).addAll(called);
                });
            }
        });
        List<ProviderPrices> providers = new ArrayList<>();
        byProvider.forEach((id, prices) -> providers.add(new ProviderPrices(
                id,
                null,
                null,
                new ModelMatch.OneOf(names.getOrDefault(id, Set.of())),
                List.of(),
                StandardExtractors.ALL,
                prices)));
        return new PriceBook(source, asOf, providers);
    }

    // "groq/llama-3.1-8b" of the provider groq is also called llama-3.1-8b.
    private static Set<String> names(String name, String provider) {
        return name.startsWith(provider + "/") ? Set.of(name, name.substring(provider.length() + 1)) : Set.of(name);
    }

    private static Optional<ModelPrices> model(String name, Set<String> names, Json.Obj json) {
        Map<ServiceTier, Map<BillingUnit, Found>> found = new EnumMap<>(ServiceTier.class);
        json.members().forEach((key, value) -> {
            if (value instanceof Json.Num(BigDecimal price) && price.signum() >= 0) {
                take(key, price, found);
            }
        });
        Usd search = search(json.get("search_context_cost_per_query"));
        if (search != null) {
            found.values().forEach(tier -> tier.put(BillingUnit.WEB_SEARCHES, new Found(search)));
        }
        if (json.get("file_search_cost_per_1k_calls") instanceof Json.Num(BigDecimal price)) {
            found.values().forEach(tier -> tier.put(BillingUnit.STORAGE_SEARCHES, new Found(new Usd(price))));
        }
        if (json.get("mode") instanceof Json.Str(String mode)
                && mode.equals("audio_transcription")
                && json.get("input_cost_per_second") instanceof Json.Num(BigDecimal second)) {
            found.computeIfAbsent(ServiceTier.STANDARD, tier -> new EnumMap<>(BillingUnit.class))
                    .put(
                            BillingUnit.INPUT_AUDIO_SECONDS,
                            new Found(new Usd(second.multiply(BillingUnit.INPUT_AUDIO_SECONDS.per()))));
        }
        Map<ServiceTier, List<ModelPrices.Dated>> tiers = new EnumMap<>(ServiceTier.class);
        found.forEach((tier, units) -> {
            Map<BillingUnit, Rate> rates = new EnumMap<>(BillingUnit.class);
            units.forEach((unit, price) -> {
                if (price.base != null) {
                    rates.put(unit, new Rate(price.base, price.steps));
                }
            });
            if (!rates.isEmpty()) {
                tiers.put(tier, List.of(new ModelPrices.Dated(new When.Always(), new Rates(rates, List.of()))));
            }
        });
        return tiers.isEmpty()
                ? Optional.empty()
                : Optional.of(new ModelPrices(name, new ModelMatch.OneOf(names), tiers));
    }

    private static void take(String key, BigDecimal price, Map<ServiceTier, Map<BillingUnit, Found>> found) {
        ServiceTier tier = ServiceTier.STANDARD;
        String rest = key;
        for (Map.Entry<String, ServiceTier> suffix : TIERS.entrySet()) {
            if (rest.endsWith(suffix.getKey())) {
                tier = suffix.getValue();
                rest = rest.substring(0, rest.length() - suffix.getKey().length());
            }
        }
        Matcher step = LONG.matcher(rest);
        long above = 0;
        if (step.matches()) {
            above = Long.parseLong(step.group(2)) * 1_000;
            rest = step.group(1);
        }
        BillingUnit unit = UNITS.get(rest);
        if (unit == null) {
            return;
        }
        Found at = found.computeIfAbsent(tier, t -> new EnumMap<>(BillingUnit.class))
                .computeIfAbsent(unit, u -> new Found(null));
        Usd whole = new Usd(price.multiply(unit.per()));
        if (above > 0) {
            at.steps.add(new Rate.Step(above, whole));
        } else {
            at.base = whole;
        }
    }

    // A search has a price by the size of what it brings, which a usage record does not tell: taken where all sizes
    // cost the same.
    private static @Nullable Usd search(@Nullable Json json) {
        if (json instanceof Json.Obj sizes
                && sizes.members().values().stream().distinct().count() == 1
                && sizes.members().firstEntry().getValue() instanceof Json.Num(BigDecimal price)) {
            return new Usd(price.multiply(BillingUnit.WEB_SEARCHES.per()));
        }
        return null;
    }

    private static final class Found {
        private @Nullable Usd base;
        private final List<Rate.Step> steps = new ArrayList<>();

        Found(@Nullable Usd base) {
            this.base = base;
        }
    }
}
