package dev.rung.models.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.core.model.ModelId;
import dev.rung.json.JsonText;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shipped prices against pydantic/genai-prices: its price table, and real usage bodies with the price that it computes for them. */
class PricesAgainstPublicDataTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    @ParameterizedTest
    @CsvSource({
        "gpt-5-nano, openai, gpt-5-nano",
        "gpt-5-mini, openai, gpt-5-mini",
        "gpt-5.4-nano, openai, gpt-5.4-nano",
        "gpt-5.4-mini, openai, gpt-5.4-mini",
        "gemini-2.5-flash-lite, google, gemini-2.5-flash-lite",
        "claude-haiku, anthropic, claude-haiku-4-5"
    })
    void a_million_tokens_in_and_out_cost_what_the_public_table_says(String id, String provider, String model) {
        Json.Obj usage = (Json.Obj) JsonText.parse("""
                {"prompt_tokens": 1000000, "completion_tokens": 1000000, "total_tokens": 2000000}""");
        Json.Obj prices = prices(provider, model);
        assertThat(Catalog.shipped().require(new ModelId(id)).pricing().price(usage, Duration.ZERO, DAY))
                .isEqualTo(new Price.Known(new Usd(prices.number("input_mtok").add(prices.number("output_mtok")))));
    }

    @Test
    void real_usage_bodies_cost_what_the_reference_computes_to_the_last_digit() {
        Map<String, ModelId> ours = Map.of(
                "gpt-5-mini-2025-08-07", new ModelId("gpt-5-mini"),
                "gpt-5.4-mini-2026-03-17", new ModelId("gpt-5.4-mini"));
        Map<ModelId, Integer> compared = new HashMap<>();
        for (Json item : ((Json.Arr) JsonText.read(data("genai-prices/usages.json"))).items()) {
            Json.Obj body = ((Json.Obj) item).object("body");
            ModelId id = body.get("model") instanceof Json.Str(String name) ? ours.get(name) : null;
            Optional<BigDecimal> reference = id == null ? Optional.empty() : referencePrice((Json.Obj) item);
            if (id != null && reference.isPresent()) {
                Price price = Catalog.shipped().require(id).pricing().price(body.object("usage"), Duration.ZERO, DAY);
                assertThat(price).as(body.canonical()).isEqualTo(new Price.Known(new Usd(reference.get())));
                compared.merge(id, 1, Integer::sum);
            }
        }
        assertThat(compared).containsEntry(new ModelId("gpt-5-mini"), 54).containsEntry(new ModelId("gpt-5.4-mini"), 8);
    }

    private static Optional<BigDecimal> referencePrice(Json.Obj item) {
        for (Json extraction : item.array("extracted")) {
            for (Json each : ((Json.Obj) extraction).array("extractors")) {
                Json.Obj extractor = (Json.Obj) each;
                if (extractor.string("provider_id").equals("openai")
                        && extractor.string("api_flavor").equals("chat")
                        && extractor.get("input_price") instanceof Json.Str(String in)
                        && extractor.get("output_price") instanceof Json.Str(String out)) {
                    return Optional.of(new BigDecimal(in).add(new BigDecimal(out)));
                }
            }
        }
        return Optional.empty();
    }

    private static Json.Obj prices(String provider, String model) {
        for (Json each : ((Json.Arr) JsonText.read(data("genai-prices/data.json"))).items()) {
            if (((Json.Obj) each).string("id").equals(provider)) {
                for (Json candidate : ((Json.Obj) each).array("models")) {
                    if (((Json.Obj) candidate).string("id").equals(model)) {
                        return ((Json.Obj) candidate).object("prices");
                    }
                }
            }
        }
        throw new AssertionError("the table has no " + model);
    }

    private static Path data(String name) {
        String folder = System.getenv().getOrDefault("RUNG_DATA", "../../shared/data");
        Path file = Path.of(folder).resolve(name);
        Assumptions.assumeTrue(Files.exists(file), () -> "set RUNG_DATA to the folder with " + name);
        return file;
    }
}
