package dev.rung.models.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.economics.book.Counts;
import dev.rung.core.economics.book.Extractor;
import dev.rung.core.economics.book.GenAiPricesFormat;
import dev.rung.core.economics.book.PriceBook;
import dev.rung.core.economics.book.ProviderPrices;
import dev.rung.core.economics.book.Quote;
import dev.rung.core.economics.book.ServiceTier;
import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The price book against pydantic/genai-prices: for each of its 1,577 recorded bodies, what it reads by which of its extractors, and what it computes for
 * each provider that could have sent the body, compared to the last digit.
 */
class PriceBookAgainstReferenceTest {
    private static final LocalDate DAY = LocalDate.of(2026, 8, 21);

    /** The expected prices were computed before gpt-5.6-luna became cheaper on 2026-07-30. */
    private static final Instant AT = Instant.parse("2026-07-29T12:00:00Z");

    /** Bodies whose price we hold to be unknown: their model stands in the book without any price, where the reference computes zero. */
    private static final List<Integer> ARGUED = List.of(1016, 1017);

    @Test
    void every_recorded_body_is_read_and_priced_as_the_reference_does_to_the_last_digit() {
        PriceBook book = GenAiPricesFormat.read(JsonText.read(data("genai-prices/data.json")), "data.json", DAY);
        List<Json> bodies = ((Json.Arr) JsonText.read(data("genai-prices/usages.json"))).items();
        int priced = 0;
        List<Integer> differing = new ArrayList<>();
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < bodies.size(); i++) {
            Json.Obj item = (Json.Obj) bodies.get(i);
            Set<String> expected = expected(item);
            Set<String> found = found(book, item.object("body"));
            priced += (int) expected.stream().filter(line -> line.contains("$")).count();
            if (!found.equals(expected)) {
                Set<String> ours = new TreeSet<>(found);
                ours.removeAll(expected);
                expected.removeAll(found);
                differing.add(i);
                differences.add(
                        "body " + i + " " + item.get("model") + "\n  reference " + expected + "\n  found     " + ours);
            }
        }
        assertThat(differing).as(String.join("\n", differences)).isEqualTo(ARGUED);
        assertThat(bodies).hasSize(1577);
        assertThat(priced).isEqualTo(3474);
    }

    private static Set<String> expected(Json.Obj item) {
        Set<String> lines = new TreeSet<>();
        for (Json each : item.array("extracted")) {
            Json.Obj extraction = (Json.Obj) each;
            for (Json extractor : extraction.array("extractors")) {
                Json.Obj line = (Json.Obj) extractor;
                String price = line.get("input_price") instanceof Json.Str
                        ? price(line.string("input_price"), line.string("output_price"), line.get("total_price"))
                        : "no price";
                lines.add(line.string("provider_id") + "/" + line.string("api_flavor") + " "
                        + extraction.object("usage").canonical() + " " + price);
            }
        }
        return lines;
    }

    private static String price(String input, String output, @Nullable Json total) {
        BigDecimal in = new BigDecimal(input);
        BigDecimal out = new BigDecimal(output);
        BigDecimal all = total instanceof Json.Str(String text) ? new BigDecimal(text) : in.add(out);
        return "$" + plain(in) + " + $" + plain(out) + " = $" + plain(all);
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    private static Set<String> found(PriceBook book, Json.Obj body) {
        Set<String> lines = new TreeSet<>();
        for (ProviderPrices provider : book.providers()) {
            for (Extractor extractor : provider.extractors()) {
                Optional<Extractor.Read> read = extractor.read(body);
                if (read.isPresent()) {
                    lines.add(provider.id() + "/" + extractor.flavour() + " "
                            + used(read.get().counts()).canonical() + " " + price(book, provider, read.get()));
                }
            }
        }
        return lines;
    }

    // The reference leaves zeros out of what it records.
    private static Json.Obj used(Counts counts) {
        Json.Obj json = counts.json();
        for (String key : List.copyOf(json.members().keySet())) {
            json = json.number(key).signum() == 0 ? json.without(key) : json;
        }
        return json;
    }

    private static String price(PriceBook book, ProviderPrices provider, Extractor.Read read) {
        return Optional.ofNullable(read.model())
                .flatMap(name -> book.model(provider, name))
                .map(model -> switch (model.quote(read.counts(), ServiceTier.STANDARD, AT)) {
                    case Quote.Bill bill ->
                        "$" + plain(bill.input().amount()) + " + $"
                                + plain(bill.output().amount()) + " = $"
                                + plain(bill.total().amount());
                    case Quote.Unknown(String why) -> why;
                })
                .orElse("no price");
    }

    private static Path data(String name) {
        String folder = System.getenv().getOrDefault("RUNG_DATA", "../../shared/data");
        Path file = Path.of(folder).resolve(name);
        Assumptions.assumeTrue(Files.exists(file), () -> "set RUNG_DATA to the folder with " + name);
        return file;
    }
}
