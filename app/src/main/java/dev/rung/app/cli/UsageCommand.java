package dev.rung.app.cli;

import dev.rung.app.report.Figures;
import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.gateway.limits.Money;
import dev.rung.gateway.limits.Rules;
import dev.rung.json.JsonText;
import dev.rung.store.Requests;
import dev.rung.store.Traffic;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reports what the gateway's callers used, and what it cost. */
@Command(
        name = "usage",
        mixinStandardHelpOptions = true,
        description =
                "Report requests, tokens and money by model, key, team, user, tags, day, target, status or cache.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  rung usage                                  the last 30 days, by model",
            "  rung usage --by day,key --since 2026-11-01 --until 2026-12-01",
            "  rung usage --by team --csv > november.csv",
            "  rung usage --cache                          what prompt caches saved, and where they cost more than they save",
            "  rung usage --focus > focus.csv              a line for each day, key and target, with FOCUS's column names"
        })
final class UsageCommand implements Callable<Integer> {
    private final Screen screen;
    private final Globals globals;

    @Option(names = "--by", split = ",", description = "${COMPLETION-CANDIDATES} (default: model)")
    private List<Requests.By> by = List.of(Requests.By.MODEL);

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            defaultValue = "30d",
            description = "a day, or how long ago (default: ${DEFAULT-VALUE})")
    private String since = "30d";

    @Option(names = "--until", paramLabel = "WHEN", description = "a day, or how long ago (default: now)")
    private @Nullable String until;

    @Option(names = "--csv", description = "print comma-separated values")
    private boolean csv;

    @Option(names = "--focus", description = "print a cost and usage file in the manner of FOCUS, as cost tools read")
    private boolean focus;

    @Option(
            names = "--cache",
            description =
                    "report the providers' prompt caches: how much of the input they gave, and what that saved, less what writing to them cost")
    private boolean cache;

    UsageCommand(Screen screen, Globals globals) {
        this.screen = screen;
        this.globals = globals;
    }

    @Override
    public Integer call() {
        if (!Files.exists(globals.home().resolve("traffic.db"))) {
            throw new RungException.WrongInput("nothing was served with " + globals.home()
                    + ": there is no traffic.db. Name the right folder with --home");
        }
        Instant from = time("--since", since);
        Instant to = until == null ? Instant.now() : time("--until", until);
        try (Traffic traffic = Traffic.open(globals.home())) {
            if (focus) {
                FocusFile.lines(traffic.requests(), from, to).forEach(screen.out()::println);
                return ExitCode.MET.code();
            }
            if (cache) {
                List<Requests.PromptCache> caches = traffic.requests().promptCaches(from, to);
                if (globals.json()) {
                    screen.out().println(JsonText.pretty(PromptCacheTable.json(caches, from, to)));
                } else {
                    PromptCacheTable.print(caches, screen);
                }
                return ExitCode.MET.code();
            }
            List<Requests.Sum> sums = traffic.requests().sums(by, from, to);
            if (globals.json()) {
                screen.out().println(JsonText.pretty(json(sums, from, to)));
            } else if (csv) {
                csv(sums);
            } else {
                print(sums);
            }
        }
        return ExitCode.MET.code();
    }

    private void print(List<Requests.Sum> sums) {
        if (sums.isEmpty()) {
            screen.out().println("no requests in that time");
            return;
        }
        Table table = new Table();
        by.forEach(each -> table.left(Arguments.lower(each)));
        table.right("requests")
                .right("failed")
                .right("unsure")
                .right("tokens in")
                .right("cached")
                .right("out")
                .right("cost")
                .left("");
        for (Requests.Sum sum : sums) {
            List<Table.Cell> cells = new ArrayList<>();
            sum.group().forEach(value -> cells.add(new Table.Cell(value, screen.paint()::bold)));
            for (long count : List.of(
                    sum.requests(),
                    sum.failed(),
                    sum.unsure(),
                    sum.inputTokens(),
                    sum.cachedTokens(),
                    sum.outputTokens())) {
                cells.add(Table.Cell.of(Figures.count(count)));
            }
            cells.add(Table.Cell.of(Money.usd(sum.price()).toString()));
            cells.add(
                    sum.unpriced() == 0
                            ? Table.Cell.of("")
                            : new Table.Cell(
                                    "and " + Figures.count(sum.unpriced()) + " of unknown price",
                                    screen.paint()::open));
            table.row(cells.toArray(Table.Cell[]::new));
        }
        table.lines(screen.columns(), screen.paint()).forEach(screen.out()::println);
    }

    private void csv(List<Requests.Sum> sums) {
        List<String> head = new ArrayList<>(by.stream().map(Arguments::lower).toList());
        head.addAll(List.of(
                "requests",
                "failed",
                "input_tokens",
                "cached_tokens",
                "output_tokens",
                "cost_usd",
                "unknown_price",
                "unsure"));
        screen.out().println(String.join(",", head));
        for (Requests.Sum sum : sums) {
            List<String> cells =
                    new ArrayList<>(sum.group().stream().map(FocusFile::cell).toList());
            for (long count :
                    List.of(sum.requests(), sum.failed(), sum.inputTokens(), sum.cachedTokens(), sum.outputTokens())) {
                cells.add(Long.toString(count));
            }
            cells.add(Money.usd(sum.price()).amount().toPlainString());
            cells.add(Long.toString(sum.unpriced()));
            cells.add(Long.toString(sum.unsure()));
            screen.out().println(String.join(",", cells));
        }
    }

    private Json json(List<Requests.Sum> sums, Instant from, Instant to) {
        List<Json> lines = new ArrayList<>();
        for (Requests.Sum sum : sums) {
            Json.Obj line = Json.object();
            for (int i = 0; i < by.size(); i++) {
                line = line.with(Arguments.lower(by.get(i)), Json.of(sum.group().get(i)));
            }
            lines.add(line.with("requests", Json.of(sum.requests()))
                    .with("failed", Json.of(sum.failed()))
                    .with("input_tokens", Json.of(sum.inputTokens()))
                    .with("cached_tokens", Json.of(sum.cachedTokens()))
                    .with("output_tokens", Json.of(sum.outputTokens()))
                    .with("cost_usd", Json.of(Money.usd(sum.price()).amount()))
                    .with("unknown_price", Json.of(sum.unpriced()))
                    .with("unsure", Json.of(sum.unsure())));
        }
        return Json.object("from", Json.of(from.toString()), "to", Json.of(to.toString()), "usage", Json.array(lines));
    }

    private static Instant time(String where, String text) {
        try {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            return Instant.now().minus(Arguments.read(where, text.toLowerCase(Locale.ROOT), Rules::duration));
        }
    }
}
