package dev.rung.gateway.govern;

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
import dev.rung.gateway.http.Arrival;
import dev.rung.gateway.http.Bytes;
import dev.rung.gateway.http.Notes;
import dev.rung.gateway.keys.KeyToken;
import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.policy.Operation;
import dev.rung.gateway.policy.Proposal;
import dev.rung.gateway.policy.Settlement;
import dev.rung.gateway.policy.Target;
import dev.rung.store.KeyRow;
import dev.rung.store.Traffic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls, prices and keys for tests of governance. */
final class Calls {
    /** A dollar a million tokens in, two out. */
    static final Target CHEAP = new Target("up/cheap", "up", Dialect.OPENAI, "cheap", Residency.EU, "acme/cheap");

    static final Target UNPRICED = new Target("up/odd", "up", Dialect.OPENAI, "odd", Residency.ANYWHERE, null);

    private Calls() {}

    static TargetPrices prices() {
        Rates rates = new Rates(
                Map.of(
                        BillingUnit.INPUT_TOKENS, Rate.flat(Usd.of("1")),
                        BillingUnit.OUTPUT_TOKENS, Rate.flat(Usd.of("2"))),
                List.of());
        ModelPrices model = new ModelPrices(
                "cheap",
                new ModelMatch.Equal("cheap"),
                Map.of(ServiceTier.STANDARD, List.of(new ModelPrices.Dated(new When.Always(), rates))));
        PriceBook book = new PriceBook(
                "test",
                LocalDate.of(2026, 11, 1),
                List.of(new ProviderPrices(
                        "acme", null, null, null, List.of(), StandardExtractors.ALL, List.of(model))));
        return new TargetPrices(target -> Optional.empty(), () -> List.of(book));
    }

    static Governance open(Path state) {
        return Governance.open(state, GovernanceConfig.DEFAULTS, prices());
    }

    /** Makes a key of {@code name}, team {@code search}, tag {@code nightly}; returns the text that callers send. */
    static String key(Path state, String name) {
        try (Traffic traffic = Traffic.open(state)) {
            KeyToken token = KeyToken.fresh();
            byte[] salt = KeyToken.salt();
            traffic.keys()
                    .add(
                            new KeyRow(
                                    token.id(),
                                    name,
                                    salt,
                                    token.hash(salt),
                                    "search",
                                    null,
                                    List.of("nightly"),
                                    false,
                                    Instant.now(),
                                    null),
                            null);
            return token.text();
        }
    }

    static void rule(Path state, String scope, @Nullable String rules) {
        try (Traffic traffic = Traffic.open(state)) {
            traffic.keys().rule(scope, rules);
        }
    }

    static Proposal call(@Nullable String key, String model, String body, Target... targets) {
        return new Proposal(
                new Arrival(
                        "req-1", null, Instant.now(), System.nanoTime(), "POST", "/v1/chat/completions", new Notes()),
                name -> null,
                key,
                Dialect.OPENAI,
                Operation.GENERATE,
                model,
                false,
                Bytes.of(body.getBytes(StandardCharsets.UTF_8)),
                List.of(targets));
    }

    static Settlement answered(Target target, long in, long out) {
        return ended(
                target,
                Settlement.End.COMPLETE,
                new Settlement.Use.Reported(
                        target.model(),
                        List.of("{\"prompt_tokens\":" + in + ",\"completion_tokens\":" + out + "}"),
                        0,
                        200));
    }

    static Settlement ended(Target target, Settlement.End end, Settlement.Use use) {
        return new Settlement(
                target,
                List.of(target.name()),
                end == Settlement.End.FAILED ? 502 : 200,
                end == Settlement.End.FAILED ? "model_failed" : null,
                end,
                use,
                Duration.ofMillis(3),
                Duration.ofMillis(5),
                null,
                null);
    }
}
