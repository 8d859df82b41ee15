package dev.rung.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prices as a user asks for them. */
final class PricesCommandTest {
    @TempDir
    private Path home;

    private Terminal.Run run(String... arguments) {
        return new Terminal(home).run(arguments);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text);
    }

    @Test
    void an_imported_book_prices_a_reply_and_says_from_when_its_prices_are() throws IOException {
        Path book = file("data.json", """
                [{"id": "acme", "model_match": {"starts_with": "acme"},
                  "extractors": [{"api_flavor": "chat", "root": "usage", "mappings": [
                    {"path": "prompt_tokens", "dest": "input_tokens"}, {"path": "completion_tokens", "dest": "output_tokens"}]}],
                  "models": [{"id": "acme-1", "match": {"starts_with": "acme-1"}, "prices": {"input_mtok": 0.075, "output_mtok": 3}}]}]""");
        Path reply = file("reply.json", """
                {"model": "acme-1-mini", "usage": {"prompt_tokens": 11, "completion_tokens": 7}}""");

        assertThat(run("prices").out()).contains("no price book was imported");
        Terminal.Run taken = run("prices", "import", book.toString(), "--as-of", "2020-01-02");
        assertThat(taken.code()).isZero();
        assertThat(taken.out()).contains("genai-prices: 1 models of 1 providers, as of 2020-01-02");
        assertThat(taken.err()).contains("days old");

        assertThat(run("prices", "price", reply.toString()).out())
                .contains("input_tokens")
                .contains("$0.000021825  acme acme-1, genai-prices of 2020-01-02");
        Json.Obj json = (Json.Obj) JsonText.parse(
                run("prices", "price", reply.toString(), "--json").out());
        assertThat(json.number("total_usd")).isEqualByComparingTo(new BigDecimal("0.000021825"));
        assertThat(run("prices", "list", "acme").out()).contains("$0.075", "$3.00");
        assertThat(run("prices", "price", reply.toString(), "--tier", "BATCH").out())
                .contains("unknown: the price book has no BATCH price for acme-1");
    }

    @Test
    void what_cannot_be_priced_is_said() throws IOException {
        Path reply = file("reply.json", "{\"usage\": {}}");
        assertThat(run("prices", "price", reply.toString())).satisfies(run -> {
            assertThat(run.code()).isEqualTo(ExitCode.WRONG_INPUT.code());
            assertThat(run.err()).contains("--model");
        });
        assertThat(run("prices", "price", reply.toString(), "--model", "acme-1").err())
                .contains("no imported book has a price of acme-1");
        assertThat(run("prices", "compare").err()).contains("takes two imported books, found 0");
        assertThat(run("prices", "import", home.resolve("none.json").toString()).code())
                .isEqualTo(ExitCode.WRONG_INPUT.code());
    }
}
