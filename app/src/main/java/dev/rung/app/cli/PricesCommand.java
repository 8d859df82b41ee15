package dev.rung.app.cli;

import dev.rung.app.report.Figures;
import dev.rung.core.RungException;
import dev.rung.core.economics.Usd;
import dev.rung.core.economics.book.BillingUnit;
import dev.rung.core.economics.book.Discrepancy;
import dev.rung.core.economics.book.Extractor;
import dev.rung.core.economics.book.ModelPrices;
import dev.rung.core.economics.book.PriceBook;
import dev.rung.core.economics.book.ProviderPrices;
import dev.rung.core.economics.book.Quote;
import dev.rung.core.economics.book.Rate;
import dev.rung.core.economics.book.ServiceTier;
import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import dev.rung.models.prices.PriceShelf;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports price books, looks prices up in them, prices usage, and says where books differ. */
@Command(
        name = "prices",
        mixinStandardHelpOptions = true,
        description = "Import price books, look prices up, and price what a provider's reply says was used.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  rung prices                                    what was imported, and how old it is",
            "  rung prices import data.json --as-of 2026-08-21",
            "  rung prices list claude-sonnet",
            "  rung prices price reply.json                   - reads standard input",
            "  rung prices compare                            where two imported books differ"
        })
final class PricesCommand implements Callable<Integer> {
    private final Screen screen;
    private final Globals globals;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ACTION",
            defaultValue = "books",
            description = "${COMPLETION-CANDIDATES} (default: books)")
    private Action action = Action.books;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "WHAT",
            description =
                    "the file to import or to price (- for standard input), or a part of the models' names to list")
    private @Nullable String what;

    @Option(names = "--provider", description = "the provider; default: the home of the model")
    private String provider = "";

    @Option(names = "--model", description = "the model; default: the one that the reply names")
    private @Nullable String model;

    @Option(
            names = "--flavour",
            description = "the kind of reply, such as chat, responses or anthropic; default: the first that fits")
    private @Nullable String flavour;

    @Option(
            names = "--tier",
            defaultValue = "STANDARD",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private ServiceTier tier = ServiceTier.STANDARD;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "the time of the request, such as 2026-08-21T12:00:00Z; default: now")
    private @Nullable String at;

    @Option(
            names = "--as-of",
            paramLabel = "DAY",
            description = "the day of the prices in the file; default: when the file was last changed")
    private @Nullable String asOf;

    PricesCommand(Screen screen, Globals globals) {
        this.screen = screen;
        this.globals = globals;
    }

    /** What to do, named as users type it. */
    @SuppressWarnings("JavaLangClash")
    enum Action {
        books,
        list,
        price,
        compare,
        // "import" is a word of Java's.
        IMPORT {
            @Override
            public String toString() {
                return "import";
            }
        }
    }

    @Override
    public Integer call() {
        PriceShelf shelf = new PriceShelf(globals.home());
        switch (action) {
            case books -> books(shelf);
            case list -> list(shelf);
            case price -> price(shelf);
            case compare -> compare(shelf);
            case IMPORT -> take(shelf);
        }
        return ExitCode.MET.code();
    }

    private void take(PriceShelf shelf) {
        Path file = Path.of(required("the file to import"));
        PriceBook book = shelf.take(file, asOf == null ? PriceShelf.changed(file) : day(asOf));
        if (globals.json()) {
            screen.out().println(JsonText.pretty(json(book)));
            return;
        }
        screen.out()
                .println(screen.paint().bold(book.source()) + ": " + Figures.count(models(book)) + " models of "
                        + Figures.count(book.providers().size()) + " providers, as of " + book.asOf());
        warn(book);
    }

    private void books(PriceShelf shelf) {
        List<PriceBook> books = shelf.books();
        if (globals.json()) {
            screen.out()
                    .println(JsonText.pretty(Json.object(
                            "books", Json.array(books.stream().map(this::json).toList()))));
            return;
        }
        if (books.isEmpty()) {
            screen.out()
                    .println(
                            "no price book was imported: rung prices import FILE takes the data of genai-prices or LiteLLM's"
                                    + " price file. Models of the catalog have prices of their own.");
            return;
        }
        Table table =
                new Table().left("book").right("providers").right("models").left("as of");
        for (PriceBook book : books) {
            table.row(
                    book.source(),
                    Figures.count(book.providers().size()),
                    Figures.count(models(book)),
                    book.asOf().toString());
        }
        table.lines(screen.columns(), screen.paint()).forEach(screen.out()::println);
        books.forEach(this::warn);
    }

    private void list(PriceShelf shelf) {
        String part = what == null ? "" : what.toLowerCase(Locale.ROOT);
        Instant time = time();
        List<Json> found = new ArrayList<>();
        Table table = new Table()
                .left("provider")
                .left("model")
                .right("input")
                .right("cached")
                .right("output")
                .left("per million; as of");
        for (PriceBook book : shelf.books()) {
            for (ProviderPrices seller : book.providers()) {
                for (ModelPrices each : seller.prices()) {
                    if (!each.id().toLowerCase(Locale.ROOT).contains(part)
                            || (!provider.isEmpty() && !seller.id().equals(provider))) {
                        continue;
                    }
                    Map<BillingUnit, Rate> rates = each.standard(time).rates();
                    found.add(json(book, seller, each, rates));
                    table.row(
                            seller.id(),
                            each.id(),
                            shown(rates.get(BillingUnit.INPUT_TOKENS)),
                            shown(rates.get(BillingUnit.CACHE_READ_TOKENS)),
                            shown(rates.get(BillingUnit.OUTPUT_TOKENS)),
                            book.source() + " of " + book.asOf());
                }
            }
        }
        if (globals.json()) {
            screen.out().println(JsonText.pretty(Json.object("prices", Json.array(found))));
        } else if (table.isEmpty()) {
            screen.out().println("no imported book has such a model: rung prices says what was imported");
        } else {
            table.lines(screen.columns(), screen.paint()).forEach(screen.out()::println);
        }
    }

    private void price(PriceShelf shelf) {
        String file = required("the file with the reply, or - for standard input");
        Json reply = file.equals("-") ? JsonText.parse(System.in, "standard input") : JsonText.read(Path.of(file));
        String wanted = model != null ? model : named(reply);
        if (wanted == null) {
            throw new RungException.WrongInput(file + ": the reply names no model; say which with --model");
        }
        PriceBook.Found found = PriceBook.find(shelf.books(), provider, wanted)
                .orElseThrow(() -> new RungException.WrongInput("no imported book has a price of " + wanted
                        + (provider.isEmpty() ? "; name its provider with --provider" : " at " + provider)));
        Extractor.Read read = read(found.provider(), reply, file);
        Quote quote = found.model().quote(read.counts(), tier, time());
        if (globals.json()) {
            screen.out().println(JsonText.pretty(json(found, read, quote)));
            return;
        }
        Table table = new Table().left("").right("").left("");
        read.counts().reported().forEach((unit, count) -> table.row(unit.countKey(), count.toPlainString(), ""));
        table.lines(screen.columns(), screen.paint()).forEach(screen.out()::println);
        switch (quote) {
            case Quote.Bill bill ->
                screen.out()
                        .println(screen.paint().bold("$" + bill.total().amount().toPlainString()) + "  "
                                + found.provider().id() + " " + found.model().id() + ", "
                                + found.book().source() + " of "
                                + found.book().asOf());
            case Quote.Unknown(String why) ->
                screen.out().println(screen.paint().open("unknown") + ": " + why);
        }
        warn(found.book());
    }

    private Extractor.Read read(ProviderPrices seller, Json reply, String file) {
        for (Extractor extractor : seller.extractors()) {
            if (flavour == null || extractor.flavour().equals(flavour)) {
                Optional<Extractor.Read> read = extractor.read(reply);
                if (read.isPresent()) {
                    return read.get();
                }
            }
        }
        throw RungException.WrongInput.at(
                file,
                "no usage that " + (flavour == null ? "any reply" : "a " + flavour + " reply") + " of " + seller.id()
                        + " has",
                "one of " + seller.extractors().stream().map(Extractor::flavour).toList(),
                "Give the reply as it came from the provider, or another --provider");
    }

    private static @Nullable String named(Json reply) {
        if (reply instanceof Json.Obj object) {
            for (String key : List.of("model", "modelVersion")) {
                if (object.get(key) instanceof Json.Str(String name)) {
                    return name;
                }
            }
        }
        return null;
    }

    private void compare(PriceShelf shelf) {
        List<PriceBook> books = shelf.books();
        if (books.size() < 2) {
            throw new RungException.WrongInput(
                    "comparing takes two imported books, found " + books.size() + ": rung prices import FILE adds one");
        }
        Discrepancy.Comparison comparison = Discrepancy.compare(books.get(0), books.get(1), time());
        if (globals.json()) {
            screen.out()
                    .println(JsonText.pretty(Json.object(
                            "common", Json.of(comparison.common()),
                            "differing",
                                    Json.array(comparison.differing().stream()
                                            .map(PricesCommand::json)
                                            .toList()))));
            return;
        }
        Table table = new Table()
                .left("provider")
                .left("model")
                .left("price")
                .right(books.get(0).source())
                .right(books.get(1).source());
        for (Discrepancy each : comparison.differing()) {
            table.row(each.provider(), each.model(), each.unit().priceKey(), shown(each.first()), shown(each.second()));
        }
        table.lines(screen.columns(), screen.paint()).forEach(screen.out()::println);
        screen.out()
                .println(Figures.count(comparison.differing().size()) + " of " + Figures.count(comparison.common())
                        + " prices that both books state differ");
    }

    private void warn(PriceBook book) {
        book.staleness(Instant.now())
                .ifPresent(warning -> screen.err().println(screen.errPaint().open("warning:") + " " + warning));
    }

    private String required(String expected) {
        if (what == null) {
            throw new RungException.WrongInput("rung prices " + action + " takes " + expected);
        }
        return what;
    }

    private Instant time() {
        try {
            return at == null ? Instant.now() : Instant.parse(at);
        } catch (DateTimeException e) {
            throw RungException.WrongInput.at(
                    "--at", String.valueOf(at), "a time such as 2026-08-21T12:00:00Z", "Correct it");
        }
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw RungException.WrongInput.at("--as-of", text, "a day such as 2026-08-21", "Correct it");
        }
    }

    private static int models(PriceBook book) {
        return book.providers().stream().mapToInt(each -> each.prices().size()).sum();
    }

    private static String shown(@Nullable Rate rate) {
        if (rate == null) {
            return "";
        }
        StringBuilder text = new StringBuilder(rate.base().toString());
        rate.steps()
                .forEach(step -> text.append(", over ")
                        .append(Figures.count(step.above()))
                        .append(" ")
                        .append(step.price()));
        return text.toString();
    }

    private Json json(PriceBook book) {
        return Json.object(
                        "book", Json.of(book.source()),
                        "as_of", Json.of(book.asOf().toString()),
                        "providers", Json.of(book.providers().size()),
                        "models", Json.of(models(book)))
                .with("warning", Json.ofNullable(book.staleness(Instant.now()).orElse(null)));
    }

    private static Json json(PriceBook book, ProviderPrices seller, ModelPrices model, Map<BillingUnit, Rate> rates) {
        Json.Obj prices = Json.object();
        for (Map.Entry<BillingUnit, Rate> rate : rates.entrySet()) {
            prices = prices.with(rate.getKey().priceKey(), json(rate.getValue()));
        }
        return Json.object(
                        "book", Json.of(book.source()),
                        "provider", Json.of(seller.id()),
                        "model", Json.of(model.id()),
                        "prices", prices)
                .with(
                        "tiers",
                        Json.strings(model.tiers().keySet().stream()
                                .map(each -> each.name().toLowerCase(Locale.ROOT))
                                .sorted()
                                .toList()));
    }

    private static Json json(Rate rate) {
        if (rate.steps().isEmpty()) {
            return usd(rate.base());
        }
        return Json.object(
                "base", usd(rate.base()),
                "tiers",
                        Json.array(rate.steps().stream()
                                .map(step -> Json.object("start", Json.of(step.above()), "price", usd(step.price())))
                                .toList()));
    }

    private static Json json(PriceBook.Found found, Extractor.Read read, Quote quote) {
        Json.Obj json = Json.object(
                        "provider", Json.of(found.provider().id()),
                        "model", Json.of(found.model().id()),
                        "counts", read.counts().json())
                .with("book", Json.of(found.book().source()))
                .with("as_of", Json.of(found.book().asOf().toString()));
        return switch (quote) {
            case Quote.Bill bill ->
                json.with("input_usd", usd(bill.input()))
                        .with("output_usd", usd(bill.output()))
                        .with("other_usd", usd(bill.other()))
                        .with("total_usd", usd(bill.total()));
            case Quote.Unknown(String why) ->
                json.with("total_usd", Json.Nil.NULL).with("unknown", Json.of(why));
        };
    }

    private static Json json(Discrepancy each) {
        return Json.object(
                        "provider", Json.of(each.provider()),
                        "model", Json.of(each.model()),
                        "price", Json.of(each.unit().priceKey()))
                .with("first", json(each.first()))
                .with("second", json(each.second()));
    }

    private static Json usd(Usd amount) {
        return Json.of(amount.amount());
    }
}
