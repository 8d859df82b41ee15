package dev.rung.models.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.RungException;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.economics.book.BillingUnit;
import dev.rung.core.economics.book.Counts;
import dev.rung.core.economics.book.Discrepancy;
import dev.rung.core.economics.book.ModelPrices;
import dev.rung.core.economics.book.PriceBook;
import dev.rung.core.economics.book.Quote;
import dev.rung.core.economics.book.ServiceTier;
import dev.rung.core.economics.book.StandardExtractors;
import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceShelfTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 1);
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant NIGHT = Instant.parse("2026-11-20T23:00:00Z");

    private static final String GENAI = """
            [{"id": "acme", "name": "Acme", "api_pattern": "https://api\\\\.acme\\\\.test", "provider_match": {"contains": "acme"},
              "model_match": {"starts_with": "acme-"},
              "extractors": [{"root": "usage", "mappings": [
                 {"path": "in", "dest": "input_tokens", "required": true},
                 {"path": ["detail", "cached"], "dest": "cache_read_tokens", "required": false},
                 {"path": "out", "dest": "output_tokens", "required": true}]}],
              "models": [
               {"id": "acme-long", "match": {"equals": "acme-long"}, "prices": {
                  "input_mtok": {"base": 1, "tiers": [{"start": 200000, "price": 2}]}, "cache_read_mtok": 0.1,
                  "output_mtok": {"base": 3, "tiers": [{"start": 200000, "price": 4.5}]}}},
               {"id": "acme-night", "match": {"or": [{"equals": "acme-night"}, {"regex": "^acme-n\\\\d+$"}]}, "prices": [
                  {"prices": {"input_mtok": 0.5, "output_mtok": 1}},
                  {"constraint": {"start_time": "08:00:00Z", "end_time": "20:00:00Z"}, "prices": {"input_mtok": 1, "output_mtok": 2}}]},
               {"id": "acme-dated-2026-10-01", "match": {"equals": "acme-dated-2026-10-01"}, "prices": [
                  {"prices": {"input_mtok": 8, "output_mtok": 8}},
                  {"constraint": {"start_date": "2026-11-20"}, "prices": {"input_mtok": 2, "output_mtok": 2}}]},
               {"id": "acme-new", "match": {"equals": "acme-new"}, "prices": {"input_mtok": 1, "thoughts_mtok": 7}},
               {"id": "acme-bare", "match": {"equals": "acme-bare"}, "prices": {}},
               {"id": "acme-audio", "match": {"equals": "acme-audio"}, "prices": {"input_audio_hours": 0.111, "requests_kcount": 2}}]}]
            """;

    private static final String LITELLM = """
            {"sample_spec": {"litellm_provider": "one of many", "input_cost_per_token": 0},
             "acme/acme-long": {"litellm_provider": "acme", "mode": "chat", "input_cost_per_token": 1e-06, "output_cost_per_token": 4e-06,
               "input_cost_per_token_above_200k_tokens": 2e-06, "input_cost_per_token_batches": 5e-07, "output_cost_per_token_batches": 2e-06,
               "cache_read_input_token_cost": 1e-07, "cache_creation_input_token_cost": 1.25e-06, "cache_creation_input_token_cost_above_1hr": 2e-06,
               "search_context_cost_per_query": {"search_context_size_low": 0.01, "search_context_size_medium": 0.01, "search_context_size_high": 0.01}},
             "dall-e": {"litellm_provider": "openai", "mode": "image_generation", "output_cost_per_image": 0.04},
             "claude-x": {"litellm_provider": "anthropic", "input_cost_per_token": 3e-06, "output_cost_per_token": 1.5e-05,
               "search_context_cost_per_query": {"search_context_size_low": 0.01, "search_context_size_high": 0.05}}}
            """;

    @TempDir
    private Path state;

    private PriceBook take(String text, String name) throws IOException {
        Path file = state.resolve(name);
        Files.writeString(file, text);
        return new PriceShelf(state).take(file, DAY);
    }

    private static ModelPrices model(PriceBook book, String name) {
        return PriceBook.find(List.of(book), "", name).orElseThrow().model();
    }

    private static Price price(ModelPrices model, Counts counts, Instant at) {
        return model.quote(counts, ServiceTier.STANDARD, at).price();
    }

    private static Price usd(String amount) {
        return new Price.Known(Usd.of(amount));
    }

    private static Counts counts(long in, long cached, long out) {
        return new Counts(Map.of(
                BillingUnit.INPUT_TOKENS, BigDecimal.valueOf(in),
                BillingUnit.CACHE_READ_TOKENS, BigDecimal.valueOf(cached),
                BillingUnit.OUTPUT_TOKENS, BigDecimal.valueOf(out)));
    }

    @Test
    void a_long_input_makes_every_token_dearer_and_cached_tokens_are_taken_out_of_the_input() throws IOException {
        ModelPrices model = model(take(GENAI, "data.json"), "acme-long");
        assertThat(price(model, counts(200_000, 100_000, 10), NOON)).isEqualTo(usd("0.11003"));
        assertThat(price(model, counts(200_001, 100_000, 10), NOON)).isEqualTo(usd("0.210047"));
    }

    @Test
    void prices_follow_the_time_of_day_and_the_date() throws IOException {
        PriceBook book = take(GENAI, "data.json");
        Counts million = Counts.tokens(1_000_000, 1_000_000);
        assertThat(price(model(book, "acme-n12"), million, NOON)).isEqualTo(usd("3"));
        assertThat(price(model(book, "acme-night"), million, NIGHT)).isEqualTo(usd("1.5"));
        ModelPrices dated = model(book, "acme-dated-20261001");
        assertThat(price(dated, million, Instant.parse("2026-11-19T23:59:59Z"))).isEqualTo(usd("16"));
        assertThat(price(dated, million, Instant.parse("2026-11-20T00:00:00Z"))).isEqualTo(usd("4"));
    }

    @Test
    void what_the_book_does_not_know_is_unknown_and_never_zero() throws IOException {
        PriceBook book = take(GENAI, "data.json");
        assertThat(price(model(book, "acme-new"), Counts.tokens(1, 0), NOON)).isInstanceOf(Price.Unknown.class);
        assertThat(price(model(book, "acme-bare"), Counts.tokens(1, 1), NOON)).isInstanceOf(Price.Unknown.class);
        assertThat(price(model(book, "acme-long"), new Counts(Map.of(BillingUnit.WEB_SEARCHES, BigDecimal.ONE)), NOON))
                .isInstanceOf(Price.Unknown.class);
        assertThat(price(model(book, "acme-long"), counts(5, 6, 1), NOON))
                .as("more cached tokens than tokens")
                .isInstanceOf(Price.Unknown.class);
        assertThat(model(book, "acme-long").quote(Counts.tokens(1, 1), ServiceTier.BATCH, NOON))
                .isInstanceOf(Quote.Unknown.class);
        assertThat(PriceBook.find(List.of(book), "acme", "other")).isEmpty();
    }

    @Test
    void hours_and_requests_have_prices_too() throws IOException {
        Counts minute = new Counts(Map.of(BillingUnit.INPUT_AUDIO_SECONDS, BigDecimal.valueOf(60)));
        assertThat(price(model(take(GENAI, "data.json"), "acme-audio"), minute, NOON))
                .isEqualTo(usd("0.00385"));
    }

    @Test
    void litellms_file_gives_the_same_prices_and_its_service_tiers() throws IOException {
        PriceBook book = take(LITELLM, "model_prices.json");
        ModelPrices model =
                PriceBook.find(List.of(book), "acme", "acme-long").orElseThrow().model();
        assertThat(price(model, counts(200_001, 100_000, 10), NOON)).isEqualTo(usd("0.210042"));
        assertThat(model.quote(Counts.tokens(1_000_000, 1_000_000), ServiceTier.BATCH, NOON)
                        .price())
                .isEqualTo(usd("2.5"));
        assertThat(PriceBook.find(List.of(book), "openai", "dall-e")).isEmpty();
        Counts searched = new Counts(Map.of(
                BillingUnit.INPUT_TOKENS, BigDecimal.TEN,
                BillingUnit.OUTPUT_TOKENS, BigDecimal.TEN,
                BillingUnit.WEB_SEARCHES, BigDecimal.ONE));
        assertThat(price(model, searched, NOON)).isEqualTo(usd("0.01005"));
        assertThat(price(
                        PriceBook.find(List.of(book), "anthropic", "claude-x")
                                .orElseThrow()
                                .model(),
                        searched,
                        NOON))
                .as("the price of a search depends on its size, which usage does not tell")
                .isInstanceOf(Price.Unknown.class);
    }

    @Test
    void cache_writes_cost_by_how_long_they_last() throws IOException {
        ModelPrices model = model(take(LITELLM, "model_prices.json"), "acme-long");
        Json.Obj usage = (Json.Obj) JsonText.parse("""
                {"input_tokens": 10, "cache_creation_input_tokens": 1000, "cache_read_input_tokens": 0, "output_tokens": 0,
                 "cache_creation": {"ephemeral_5m_input_tokens": 400, "ephemeral_1h_input_tokens": 600}}""");
        assertThat(price(model, StandardExtractors.ANTHROPIC.counts(usage).orElseThrow(), NOON))
                .isEqualTo(usd("0.00171"));
    }

    @Test
    void two_books_show_where_they_differ_and_the_dated_one_is_believed() throws IOException {
        PriceBook dated = take(GENAI, "data.json");
        PriceBook other = take(LITELLM, "model_prices.json");
        Discrepancy.Comparison comparison = Discrepancy.compare(dated, other, NOON);
        assertThat(comparison.common()).isEqualTo(3);
        assertThat(comparison.differing())
                .singleElement()
                .satisfies(found -> assertThat(found.unit()).isEqualTo(BillingUnit.OUTPUT_TOKENS));
        List<PriceBook> books = new PriceShelf(state).books();
        assertThat(books).extracting(PriceBook::source).containsExactly("genai-prices", "litellm");
        assertThat(PriceBook.find(books, "acme", "acme-long")
                        .orElseThrow()
                        .book()
                        .source())
                .isEqualTo("genai-prices");
    }

    @Test
    void old_prices_are_warned_of() throws IOException {
        PriceBook book = take(GENAI, "data.json");
        assertThat(book.staleness(Instant.parse("2026-12-01T00:00:00Z"))).isEmpty();
        assertThat(book.staleness(Instant.parse("2026-12-02T00:00:00Z")))
                .get()
                .asString()
                .contains("31 days old");
    }

    @Test
    void a_file_of_another_form_is_refused_and_the_shelf_left_as_it_was() throws IOException {
        take(GENAI, "data.json");
        assertThatThrownBy(() -> take("[{\"id\": \"x\", \"models\": [{\"id\": \"y\", \"prices\": {}}]}]", "wrong.json"))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageContaining("wrong.json: [0]")
                .hasMessageContaining("match");
        assertThatThrownBy(() -> take("{\"a\": 1}", "wrong.json")).isInstanceOf(RungException.WrongInput.class);
        assertThat(new PriceShelf(state).books())
                .singleElement()
                .satisfies(book -> assertThat(book.providers())
                        .singleElement()
                        .satisfies(provider -> assertThat(provider.id()).isEqualTo("acme")));
    }
}
