package dev.rung.app.cli;

import dev.rung.app.report.Figures;
import dev.rung.core.json.Json;
import dev.rung.gateway.limits.Money;
import dev.rung.store.Requests;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What providers' prompt caches did, as people and as programs read it. */
final class PromptCacheTable {
    private PromptCacheTable() {}

    static void print(List<Requests.PromptCache> caches, Screen screen) {
        if (caches.isEmpty()) {
            screen.out().println("no request in that time told its input tokens");
            return;
        }
        Paint paint = screen.paint();
        Table table = new Table()
                .left("model")
                .left("target")
                .right("requests")
                .right("tokens in")
                .right("read")
                .right("written")
                .right("hit rate")
                .right("saved")
                .left("");
        for (Requests.PromptCache each : caches) {
            table.row(
                    new Table.Cell(each.model(), paint::bold),
                    Table.Cell.of(each.target()),
                    Table.Cell.of(Figures.count(each.requests())),
                    Table.Cell.of(Figures.count(each.inputTokens())),
                    Table.Cell.of(Figures.count(each.readTokens())),
                    Table.Cell.of(Figures.count(each.writtenTokens())),
                    Table.Cell.of("%.0f %%".formatted(100 * rate(each).doubleValue())),
                    Table.Cell.of(money(each.saved())),
                    each.unknown() == 0
                            ? Table.Cell.of("")
                            : new Table.Cell(
                                    "and " + Figures.count(each.unknown()) + " of unknown price", paint::open));
        }
        table.lines(screen.columns(), paint).forEach(screen.out()::println);
        for (Requests.PromptCache each : caches) {
            String advice = advice(each);
            if (!advice.isEmpty()) {
                screen.out().println(paint.bad(each.model() + " at " + each.target() + ": ") + advice);
            }
        }
    }

    private static String money(long amount) {
        return (amount < 0 ? "-" : "") + Money.usd(Math.abs(amount));
    }

    private static BigDecimal rate(Requests.PromptCache cache) {
        return cache.inputTokens() == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(cache.readTokens())
                        .divide(BigDecimal.valueOf(cache.inputTokens()), MathContext.DECIMAL32);
    }

    /** Returns what to do about it; empty for nothing. */
    private static String advice(Requests.PromptCache cache) {
        return cache.saved() < 0
                ? "writing to the cache costs more than reading from it saves. Set prompt_cache: off for the model, or have callers send no marks"
                : "";
    }

    static Json json(List<Requests.PromptCache> caches, Instant from, Instant to) {
        List<Json> lines = new ArrayList<>();
        for (Requests.PromptCache each : caches) {
            lines.add(Json.object(
                            "model", Json.of(each.model()),
                            "target", Json.of(each.target()),
                            "requests", Json.of(each.requests()),
                            "input_tokens", Json.of(each.inputTokens()))
                    .with("read_tokens", Json.of(each.readTokens()))
                    .with("written_tokens", Json.of(each.writtenTokens()))
                    .with("hit_rate", Json.of(rate(each)))
                    .with("saved_usd", Json.of(BigDecimal.valueOf(each.saved(), 12)))
                    .with("unknown_price", Json.of(each.unknown()))
                    .with("advice", Json.of(advice(each))));
        }
        return Json.object(
                "from", Json.of(from.toString()), "to", Json.of(to.toString()), "prompt_caches", Json.array(lines));
    }
}
