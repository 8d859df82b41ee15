package dev.rung.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import dev.rung.store.RequestRow;
import dev.rung.store.Traffic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys, limits and usage as an operator sees them. */
final class GovernanceCommandsTest {
    @TempDir
    private Path home;

    private Terminal.Run run(String... arguments) {
        return new Terminal(home).run(arguments);
    }

    @Test
    void a_key_is_shown_once_and_only_its_hash_is_kept() throws IOException {
        Terminal.Run made = run("keys", "create", "ci", "--team", "search", "--tag", "nightly", "--expires", "90d");
        assertThat(made.code()).isZero();
        String key = made.out().strip();
        assertThat(key).matches("rung_[a-z0-9]{10}_[A-Za-z0-9_-]{43}");
        assertThat(run("keys", "create", "ci").err()).contains("there is a key ci already");
        assertThat(run("keys").out())
                .contains("ci", key.substring(0, 15), "search", "nightly")
                .doesNotContain(key);

        Terminal.Run rotated = run("keys", "rotate", "ci", "--grace", "1h", "--json");
        Json.Obj json = (Json.Obj) JsonText.parse(rotated.out());
        assertThat(json.string("key")).isNotEqualTo(key);
        Json.Obj keys = (Json.Obj) JsonText.parse(run("keys", "--json").out());
        assertThat(keys.array("keys"))
                .hasSize(2)
                .allSatisfy(each -> assertThat(((Json.Obj) each).bool("live")).isTrue());
        assertThat(run("keys", "revoke", "ci").code()).isZero();
        assertThat(run("keys", "revoke", "ci").err()).contains("there is no live key ci");

        String secret = key.substring(16);
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(secret);
            }
        }
    }

    @Test
    void limits_are_set_bit_by_bit_shown_and_removed() {
        assertThat(run("limits").out()).contains("no limits are set");
        run("limits", "set", "team:search", "--budget", "$5/day", "--budget", "2000000 tokens/month");
        run("limits", "set", "team:search", "--rate", "60 requests/min burst 10", "--data", "eu", "--model", "gpt-5*");
        assertThat(run("limits").out())
                .contains(
                        "team:search",
                        "$5/day",
                        "$0",
                        "2000000 tokens/month",
                        "60 requests/min burst 10",
                        "data eu",
                        "models gpt-5*");
        assertThat(run("limits", "set", "team:search", "--budget", "5 euros").err())
                .contains("--budget: found 5 euros, expected a budget such as $5/day");
        assertThat(run("limits", "set", "everybody", "--budget", "$5/day").err())
                .contains("key:NAME");
        assertThat(run("limits", "remove", "team:search").code()).isZero();
        assertThat(run("limits", "remove", "team:search").code()).isEqualTo(ExitCode.WRONG_INPUT.code());
    }

    @Test
    void usage_is_reported_as_a_table_as_values_and_in_the_manner_of_focus() {
        assertThat(run("usage").err()).contains("nothing was served");
        try (Traffic traffic = Traffic.open(home)) {
            traffic.requests().add(List.of(row("ci", 1_260_000_000L), row("=web", null)), false);
        }
        assertThat(run("usage").out()).contains("support-routing", "$0.0013", "and 1 of unknown price");
        assertThat(run("usage", "--by", "key", "--csv").out().lines())
                .containsExactly(
                        "key,requests,failed,input_tokens,cached_tokens,output_tokens,cost_usd,unknown_price,unsure",
                        "ci,1,0,10,4,5,0.00126,0,0",
                        "'=web,1,0,10,4,5,0,1,0");
        Json.Obj json = (Json.Obj)
                JsonText.parse(run("usage", "--by", "day,model", "--json").out());
        assertThat(((Json.Obj) json.array("usage").getFirst())
                        .number("requests")
                        .intValueExact())
                .isEqualTo(2);
        assertThat(run("usage", "--focus").out().lines().toList())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("BillingAccountId,SubAccountId,BillingPeriodStart");
    }

    @Test
    void what_prompt_caches_saved_is_told_with_the_advice_to_switch_off_one_that_costs() throws IOException {
        try (Traffic traffic = Traffic.open(home)) {
            traffic.requests().add(List.of(cached("good", 3_000_000_000L), cached("good", -500_000_000L)), false);
            traffic.requests().add(List.of(cached("bad", -2_000_000_000L)), false);
        }
        assertThat(run("usage", "--cache").out())
                .contains("hit rate", "40 %", "$0.0025", "-$0.002", "bad at up/bad: ", "Set prompt_cache: off")
                .doesNotContain("good at");
        Json.Obj json =
                (Json.Obj) JsonText.parse(run("usage", "--cache", "--json").out());
        Json.Obj best = (Json.Obj) json.array("prompt_caches").getFirst();
        assertThat(best.string("model")).isEqualTo("good");
        assertThat(best.number("hit_rate")).isEqualByComparingTo("0.4");
        assertThat(best.number("saved_usd")).isEqualByComparingTo("0.0025");
        assertThat(best.string("advice")).isEmpty();
    }

    private static RequestRow cached(String model, long saved) {
        return new RequestRow(
                Instant.now().toEpochMilli() - 1,
                "req-1",
                null,
                null,
                null,
                null,
                null,
                "anthropic",
                "generate",
                model,
                "up/" + model,
                "up",
                "up/" + model,
                1,
                false,
                200,
                null,
                "complete",
                null,
                1_000L,
                400L,
                100L,
                5L,
                null,
                1L,
                null,
                null,
                saved,
                900L,
                1_000L,
                null,
                null);
    }

    private static RequestRow row(String key, @Nullable Long price) {
        return new RequestRow(
                Instant.now().toEpochMilli() - 1,
                "req-1",
                null,
                key,
                "search",
                null,
                "nightly",
                "openai",
                "generate",
                "support-routing",
                "openai/gpt-5-mini",
                "openai",
                "openai/gpt-5-mini",
                1,
                false,
                200,
                null,
                "complete",
                null,
                10L,
                4L,
                null,
                5L,
                null,
                price,
                price == null ? "no price" : null,
                null,
                null,
                900L,
                1_000L,
                null,
                null);
    }
}
