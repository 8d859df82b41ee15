package dev.rung.core.economics.book;

import dev.rung.core.RungException;
import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads the price data of pydantic/genai-prices, version 2. */
public final class GenAiPricesFormat {
    /** How a router names what it gives away. The format has no other way to say that a model is free; without prices and this name, a price is unknown. */
    private static final String FREE = ":free";

    private GenAiPricesFormat() {}

    /** Returns whether {@code json} looks like this format: a list of providers. */
    public static boolean fits(Json json) {
        return json instanceof Json.Arr(List<Json> items)
                && !items.isEmpty()
                && items.getFirst() instanceof Json.Obj first
                && first.get("models") instanceof Json.Arr;
    }

    /**
     * Returns the book in {@code json}.
     *
     * @param source names the file, in errors and in the book
     * @param asOf the day of the data, which the format does not tell
     * @throws RungException.WrongInput where the data is not of the format; the message says where
     */
    public static PriceBook read(Json json, String source, LocalDate asOf) {
        if (!(json instanceof Json.Arr(List<Json> items))) {
            throw RungException.WrongInput.at(source, "no list", "a list of providers", "Is it version 2 of the data?");
        }
        List<ProviderPrices> providers = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String at = source + ": [" + i + "]";
            try {
                providers.add(provider((Json.Obj) items.get(i)));
            } catch (ClassCastException | IllegalArgumentException | DateTimeException e) {
                throw RungException.WrongInput.at(
                        at,
                        String.valueOf(e.getMessage()),
                        "a provider as of genai-prices version 2",
                        "Import a sound file");
            }
        }
        return new PriceBook(source, asOf, providers);
    }

    private static ProviderPrices provider(Json.Obj json) {
        List<ModelPrices> models = new ArrayList<>();
        for (Json model : json.array("models")) {
            models.add(model((Json.Obj) model));
        }
        List<Extractor> extractors = new ArrayList<>();
        for (Json extractor : items(json, "extractors")) {
            extractor((Json.Obj) extractor).ifPresent(extractors::add);
        }
        List<String> fallbacks = new ArrayList<>();
        items(json, "fallback_model_providers").forEach(id -> fallbacks.add(((Json.Str) id).value()));
        return new ProviderPrices(
                json.string("id"),
                json.get("api_pattern") instanceof Json.Str(String pattern) ? pattern(pattern) : null,
                match(json.get("provider_match")),
                match(json.get("model_match")),
                fallbacks,
                extractors,
                models);
    }

    private static ModelPrices model(Json.Obj json) {
        ModelMatch match = match(json.require("match"));
        if (match == null) {
            throw new IllegalArgumentException("\"match\": null");
        }
        List<ModelPrices.Dated> dated = new ArrayList<>();
        switch (json.require("prices")) {
            case Json.Obj none
            when none.members().isEmpty() && json.string("id").endsWith(FREE) ->
                dated.add(new ModelPrices.Dated(new When.Always(), free()));
            case Json.Obj one -> dated.add(new ModelPrices.Dated(new When.Always(), rates(one)));
            case Json.Arr(List<Json> several) ->
                several.forEach(each -> {
                    Json.Obj conditional = (Json.Obj) each;
                    dated.add(new ModelPrices.Dated(
                            when(conditional.get("constraint")), rates(conditional.object("prices"))));
                });
            case Json.Str wrong -> throw new IllegalArgumentException("prices: " + wrong);
            case Json.Num wrong -> throw new IllegalArgumentException("prices: " + wrong);
            case Json.Bool wrong -> throw new IllegalArgumentException("prices: " + wrong);
            case Json.Nil wrong -> throw new IllegalArgumentException("prices: " + wrong);
        }
        return new ModelPrices(json.string("id"), match, Map.of(ServiceTier.STANDARD, dated));
    }

    private static Rates free() {
        Rate nothing = Rate.flat(Usd.ZERO);
        return new Rates(Map.of(BillingUnit.INPUT_TOKENS, nothing, BillingUnit.OUTPUT_TOKENS, nothing), List.of());
    }

    private static Rates rates(Json.Obj json) {
        Map<BillingUnit, Rate> rates = new EnumMap<>(BillingUnit.class);
        List<String> unreadable = new ArrayList<>();
        json.members().forEach((key, value) -> {
            Optional<BillingUnit> unit = BillingUnit.priced(key);
            if (unit.isEmpty()) {
                unreadable.add(key);
            } else {
                rates.put(unit.get(), rate(value, key));
            }
        });
        return new Rates(rates, unreadable);
    }

    private static Rate rate(Json json, String key) {
        if (json instanceof Json.Num(BigDecimal value)) {
            return Rate.flat(new Usd(value));
        }
        if (json instanceof Json.Obj tiered) {
            List<Rate.Step> steps = new ArrayList<>();
            for (Json each : tiered.array("tiers")) {
                Json.Obj tier = (Json.Obj) each;
                steps.add(new Rate.Step(tier.number("start").longValueExact(), new Usd(tier.number("price"))));
            }
            return new Rate(new Usd(tiered.number("base")), steps);
        }
        throw new IllegalArgumentException("\"" + key + "\": " + json);
    }

    private static When when(@Nullable Json json) {
        if (!(json instanceof Json.Obj constraint)) {
            return new When.Always();
        }
        return constraint.get("start_date") instanceof Json.Str(String day)
                ? new When.From(LocalDate.parse(day))
                : new When.Daily(time(constraint.string("start_time")), time(constraint.string("end_time")));
    }

    private static LocalTime time(String text) {
        return text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
                ? OffsetTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC).toLocalTime()
                : LocalTime.parse(text);
    }

    private static @Nullable ModelMatch match(@Nullable Json json) {
        if (!(json instanceof Json.Obj clause)) {
            return null;
        }
        if (clause.members().size() != 1) {
            throw new IllegalArgumentException("a clause has one member, found " + clause);
        }
        String kind = clause.members().firstEntry().getKey();
        return switch (kind) {
            case "equals" -> new ModelMatch.Equal(clause.string(kind));
            case "starts_with" -> new ModelMatch.Prefix(clause.string(kind));
            case "ends_with" -> new ModelMatch.Suffix(clause.string(kind));
            case "contains" -> new ModelMatch.Containing(clause.string(kind));
            case "regex" -> new ModelMatch.Regex(pattern(clause.string(kind)));
            case "or" -> new ModelMatch.Any(clauses(clause.array(kind)));
            case "and" -> new ModelMatch.Every(clauses(clause.array(kind)));
            default -> throw new IllegalArgumentException("the clause \"" + kind.toLowerCase(Locale.ROOT) + "\"");
        };
    }

    private static List<ModelMatch> clauses(List<Json> json) {
        List<ModelMatch> matches = new ArrayList<>();
        for (Json each : json) {
            ModelMatch match = match(each);
            if (match == null) {
                throw new IllegalArgumentException("the clause " + each);
            }
            matches.add(match);
        }
        return matches;
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("the pattern " + text, e);
        }
    }

    // An extractor whose required numbers go to units that are not known here cannot tell what was used.
    private static Optional<Extractor> extractor(Json.Obj json) {
        List<Extractor.Mapping> mappings = new ArrayList<>();
        for (Json each : json.array("mappings")) {
            Json.Obj mapping = (Json.Obj) each;
            Optional<BillingUnit> unit = BillingUnit.counted(mapping.string("dest"));
            boolean required = !(mapping.get("required") instanceof Json.Bool(boolean asked)) || asked;
            if (unit.isPresent()) {
                mappings.add(new Extractor.Mapping(path(mapping.require("path")), unit.get(), required));
            } else if (required) {
                return Optional.empty();
            }
        }
        Json model = json.get("model_path");
        return Optional.of(new Extractor(
                json.get("api_flavor") instanceof Json.Str(String flavour) ? flavour : "default",
                path(json.require("root")),
                model == null ? UsagePath.of("model") : path(model),
                mappings));
    }

    private static UsagePath path(Json json) {
        if (json instanceof Json.Str(String key)) {
            return UsagePath.of(key);
        }
        List<UsagePath.Step> steps = new ArrayList<>();
        for (Json step : ((Json.Arr) json).items()) {
            if (step instanceof Json.Str(String key)) {
                steps.add(new UsagePath.Member(key));
            } else {
                Json.Obj item = (Json.Obj) step;
                ModelMatch match = match(item.require("match"));
                if (match == null) {
                    throw new IllegalArgumentException("the step " + item);
                }
                steps.add(new UsagePath.Item(item.string("field"), match));
            }
        }
        return new UsagePath(steps);
    }

    private static List<Json> items(Json.Obj json, String key) {
        return json.get(key) instanceof Json.Arr(List<Json> items) ? items : List.of();
    }
}
