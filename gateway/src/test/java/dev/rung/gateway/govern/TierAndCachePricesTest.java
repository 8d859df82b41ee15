package dev.rung.gateway.govern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.economics.Price;
import dev.rung.core.economics.Pricing;
import dev.rung.core.economics.Usd;
import dev.rung.core.economics.book.BillingUnit;
import dev.rung.core.economics.book.ModelMatch;
import dev.rung.core.economics.book.ModelPrices;
import dev.rung.core.economics.book.PriceBook;
import dev.rung.core.economics.book.ProviderPrices;
import dev.rung.core.economics.book.Rate;
import dev.rung.core.economics.book.Rates;
import dev.rung.core.economics.book.ServiceTier;
import dev.rung.core.economics.book.StandardExtractors;
import dev.rung.core.economics.book.When;
import dev.rung.core.model.Residency;
import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.policy.Operation;
import dev.rung.gateway.policy.Settlement;
import dev.rung.gateway.policy.Target;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Prices that hang on the tier of service, and what prompt caches save. */
class TierAndCachePricesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Target OPENAI = new Target("up/m", "up", Dialect.OPENAI, "m", Residency.EU, "acme/m");
    private static final Target ANTHROPIC = new Target("an/m", "an", Dialect.ANTHROPIC, "m", Residency.EU, "acme/m");

    // A dollar a million tokens in, ten cents where read from the cache, a dollar and a quarter where written to it,
    // two dollars out; twice that at the priority tier.
    private static Rates rates(int times) {
        return new Rates(
                Map.of(
                        BillingUnit.INPUT_TOKENS, Rate.flat(Usd.of("" + times)),
                        BillingUnit.CACHE_READ_TOKENS, Rate.flat(Usd.of("0." + times)),
                        BillingUnit.CACHE_WRITE_TOKENS, Rate.flat(Usd.of(times == 1 ? "1.25" : "2.50")),
                        BillingUnit.OUTPUT_TOKENS, Rate.flat(Usd.of("" + 2 * times))),
                List.of());
    }

    private final TargetPrices prices = new TargetPrices(
            target -> Optional.empty(),
            () -> List.of(new PriceBook(
                    "test",
                    LocalDate.of(2026, 11, 1),
                    List.of(new ProviderPrices(
                            "acme",
                            null,
                            null,
                            null,
                            List.of(),
                            StandardExtractors.ALL,
                            List.of(new ModelPrices(
                                    "m",
                                    new ModelMatch.Equal("m"),
                                    Map.of(
                                            ServiceTier.STANDARD,
                                            List.of(new ModelPrices.Dated(new When.Always(), rates(1))),
                                            ServiceTier.PRIORITY,
                                            List.of(new ModelPrices.Dated(new When.Always(), rates(2)))))))))));

    private TargetPrices.Used used(Target target, String... usage) {
        return prices.used(
                target,
                new Settlement.Use.Reported("m", List.of(usage), 0, 10),
                Estimate.NOTHING,
                NOW,
                Duration.ofSeconds(1));
    }

    private Price expected(String more) {
        String body = "{\"model\":\"m\",\"max_tokens\":1000,\"messages\":[]" + more + "}";
        Estimate estimate = Estimate.of(body.getBytes(StandardCharsets.UTF_8), Operation.GENERATE, 0);
        return prices.expected(OPENAI, estimate, NOW);
    }

    private static void isUsd(Price price, String amount) {
        assertThat(price)
                .isInstanceOfSatisfying(
                        Price.Known.class,
                        known -> assertThat(known.amount().amount()).isEqualByComparingTo(amount));
    }

    @Test
    void the_tier_that_answered_is_the_tier_that_is_paid() {
        String usage = "{\"prompt_tokens\":1000000,\"completion_tokens\":1000000}";
        isUsd(used(OPENAI, usage).price(), "3");
        isUsd(used(OPENAI, usage, "{\"service_tier\":\"default\"}").price(), "3");
        isUsd(used(OPENAI, usage, "{\"service_tier\":\"priority\"}").price(), "6");
        // Neither a tier that the book does not have nor one that nobody knows is priced as if it were standard.
        assertThat(used(OPENAI, usage, "{\"service_tier\":\"flex\"}").price()).isInstanceOf(Price.Unknown.class);
        assertThat(used(OPENAI, usage, "{\"service_tier\":\"golden\"}").price()).isInstanceOf(Price.Unknown.class);
    }

    @Test
    void the_tier_that_is_asked_for_is_what_a_call_is_expected_to_cost() {
        Price.Known plain = (Price.Known) expected(",\"service_tiers\":\"or such\"");
        Price.Known dear = (Price.Known) expected(",\"service_tier\":\"priority\"");
        assertThat(dear.amount().amount())
                .isEqualByComparingTo(plain.amount().amount().multiply(BigDecimal.TWO));
        assertThat(expected(",\"service_tier\":\"auto\"")).isEqualTo(expected(",\"service_tiers\":\"aut\""));
        assertThat(expected(",\"service_tier\":\"flex\"")).isInstanceOf(Price.Unknown.class);
        assertThat(expected(",\"service_tier\":\"golden\"")).isInstanceOf(Price.Unknown.class);
    }

    @Test
    void reading_from_a_cache_saves_and_writing_to_one_costs() {
        // A million tokens read at ten cents where they would have cost a dollar.
        assertThat(used(
                                OPENAI,
                                "{\"prompt_tokens\":1000000,\"completion_tokens\":0,\"prompt_tokens_details\":{\"cached_tokens\":1000000}}")
                        .cacheSaved())
                .isEqualTo(900_000_000_000L);
        // A million written at a dollar and a quarter.
        assertThat(used(
                                ANTHROPIC,
                                "{\"input_tokens\":0,\"cache_creation_input_tokens\":1000000,\"cache_read_input_tokens\":0,\"output_tokens\":0}")
                        .cacheSaved())
                .isEqualTo(-250_000_000_000L);
        assertThat(used(
                                ANTHROPIC,
                                "{\"input_tokens\":7,\"cache_creation_input_tokens\":1000000,\"cache_read_input_tokens\":1000000,\"output_tokens\":5}")
                        .cacheSaved())
                .isEqualTo(650_000_000_000L);
        assertThat(used(OPENAI, "{\"prompt_tokens\":10,\"completion_tokens\":1}")
                        .cacheSaved())
                .isNull();
    }

    @Test
    void a_model_with_prices_in_the_catalog_saves_by_those() {
        Pricing catalog = new Pricing.Metered(List.of(new Pricing.Tariff(
                LocalDate.of(2026, 1, 1),
                "a test",
                List.of(
                        new Pricing.Meter(
                                "/prompt_tokens", List.of("/prompt_tokens_details/cached_tokens"), Usd.of("1"), false),
                        new Pricing.Meter("/prompt_tokens_details/cached_tokens", List.of(), Usd.of("0.25"), true)))));
        TargetPrices own = new TargetPrices(target -> Optional.of(catalog), List::of);
        TargetPrices.Used used = own.used(
                OPENAI,
                new Settlement.Use.Reported(
                        "m",
                        List.of(
                                "{\"prompt_tokens\":2000000,\"completion_tokens\":0,\"prompt_tokens_details\":{\"cached_tokens\":1000000}}"),
                        0,
                        10),
                Estimate.NOTHING,
                NOW,
                Duration.ofSeconds(1));
        isUsd(used.price(), "1.25");
        assertThat(used.cacheSaved()).isEqualTo(750_000_000_000L);
    }

    @Test
    void an_answer_of_a_local_model_that_was_cut_off_costs_what_its_answers_did_and_is_unknown_before_there_are_any() {
        Target local = new Target("local/m", Target.LOCAL, Dialect.OPENAI, "m", Residency.LOCAL, null);
        Settlement.Use.Reported cut = new Settlement.Use.Reported(null, List.of(), 3, 100);
        Duration took = Duration.ofSeconds(1);
        assertThat(prices.used(local, cut, Estimate.NOTHING, NOW, took).price()).isInstanceOf(Price.Unknown.class);
        prices.learn(local, new Price.Known(Usd.of("0.001")));
        isUsd(prices.used(local, cut, Estimate.NOTHING, NOW, took).price(), "0.001");
    }
}
