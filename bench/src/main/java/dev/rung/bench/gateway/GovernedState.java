package dev.rung.bench.gateway;

import dev.rung.gateway.keys.KeyToken;
import dev.rung.models.prices.PriceShelf;
import dev.rung.store.KeyRow;
import dev.rung.store.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** A state folder in which every call is governed: a key with a team, budgets of money at both, a rate, and a price for the model {@code mock} of the provider {@code openai}. */
final class GovernedState {
    private GovernedState() {}

    /** Fills the folder, and returns the key. */
    static String prepare(Path state) throws IOException {
        KeyToken token = KeyToken.fresh();
        byte[] salt = KeyToken.salt();
        KeyRow row = new KeyRow(
                token.id(), "bench", salt, token.hash(salt), "team", null, List.of("a"), false, Instant.now(), null);
        try (Traffic traffic = Traffic.open(state)) {
            traffic.keys().add(row, null);
            traffic.keys()
                    .rule("team:team", "{\"budgets\":[\"$1000000/month\",\"$100000/day\"],\"data\":\"anywhere\"}");
            traffic.keys()
                    .rule("key:bench", "{\"budgets\":[\"$1000000/total\"],\"rates\":[\"1000000000 requests/min\"]}");
        }
        Path prices = Files.createTempFile("prices", ".json");
        Files.writeString(
                prices,
                "{\"mock\":{\"litellm_provider\":\"openai\",\"mode\":\"chat\",\"input_cost_per_token\":2.5e-07,\"output_cost_per_token\":2e-06}}");
        new PriceShelf(state).take(prices, LocalDate.now(ZoneOffset.UTC));
        Files.delete(prices);
        return token.text();
    }
}
