package dev.rung.app.cli;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.gateway.limits.Budget;
import dev.rung.gateway.limits.Rate;
import dev.rung.gateway.limits.Rules;
import dev.rung.gateway.limits.Scope;
import dev.rung.gateway.limits.Scopes;
import dev.rung.json.JsonText;
import dev.rung.store.SpendFile;
import dev.rung.store.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows and sets what callers may do, and how much of it. */
@Command(
        name = "limits",
        mixinStandardHelpOptions = true,
        description = {
            "Show and set budgets, rates and policies.",
            "SCOPE is global, key:NAME, team:NAME, user:NAME or tag:NAME; of several scopes each must be kept. set replaces"
                    + " the options that are given, and leaves the others as they are. A running server sees changes within a second."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  rung limits set team:search --budget $50/month --budget $5/day",
            "  rung limits set key:ci --rate '60 requests/min' --rate '100000 tokens/min' --model 'gpt-5*' --data eu",
            "  rung limits                                   what is set, and how much of it is used",
            "  rung limits remove key:ci"
        })
final class LimitsCommand implements Callable<Integer> {
    private final Screen screen;
    private final Globals globals;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ACTION",
            defaultValue = "list",
            description = "${COMPLETION-CANDIDATES} (default: list)")
    private Action action = Action.list;

    @Parameters(index = "1", arity = "0..1", paramLabel = "SCOPE", description = "whom it holds for")
    private @Nullable String scope;

    @Option(
            names = "--budget",
            description = "such as $5/day, '2000000 tokens/month' or '100 requests/total'; days and months are UTC's")
    private @Nullable List<String> budgets;

    @Option(names = "--rate", description = "such as '60 requests/min' or '100000 tokens/min burst 20000'")
    private @Nullable List<String> rates;

    @Option(names = "--model", description = "a model or task that may be asked for; * stands for anything")
    private @Nullable List<String> models;

    @Option(names = "--data", description = "where data may go: local, eu or anywhere")
    private @Nullable String data;

    @Option(names = "--max-price", description = "what a call may cost at most, by its estimate, such as $0.10")
    private @Nullable String maxPrice;

    @Option(
            names = "--content",
            description =
                    "what the ledger keeps of requests and replies: none, hashed, redacted or full (default: none)")
    private @Nullable String content;

    @Option(
            names = "--cache",
            description =
                    "for how long replies are given again to equal calls, such as 1h; 0 for not at all (default: not at all)")
    private @Nullable String cache;

    LimitsCommand(Screen screen, Globals globals) {
        this.screen = screen;
        this.globals = globals;
    }

    /** What to do, named as users type it. */
    enum Action {
        list,
        set,
        remove
    }

    @Override
    public Integer call() {
        try (Traffic traffic = Traffic.open(globals.home())) {
            switch (action) {
                case list -> list(traffic);
                case set -> set(traffic);
                case remove -> remove(traffic);
            }
        }
        return ExitCode.MET.code();
    }

    private void set(Traffic traffic) {
        String wanted = scoped();
        String text = traffic.keys().rules().get(wanted);
        Rules before = text == null ? Rules.NONE : read(wanted, text);
        Rules rules = new Rules(
                budgets == null ? before.budgets() : all("--budget", budgets, Budget::parse),
                rates == null ? before.rates() : all("--rate", rates, Rate::parse),
                models == null ? before.models() : models,
                data == null ? before.data() : Arguments.read("--data", data, Rules::residency),
                maxPrice == null ? before.maxPrice() : Arguments.read("--max-price", maxPrice, Rules::dollars),
                content == null ? before.content() : Arguments.read("--content", content, Rules::content),
                cache == null ? before.cache() : Arguments.read("--cache", cache, Rules::duration));
        traffic.keys().rule(wanted, rules.json().compact());
        if (globals.json()) {
            screen.out().println(JsonText.pretty(rules.json().with("scope", Json.of(wanted))));
        } else {
            screen.out().println(screen.paint().bold(wanted) + "  " + String.join("; ", lines(rules)));
        }
    }

    private static <T> List<T> all(String where, List<String> texts, Function<String, T> read) {
        List<T> all = new ArrayList<>();
        for (String text : texts) {
            all.add(Arguments.read(where, text, read));
        }
        return all;
    }

    private void remove(Traffic traffic) {
        String wanted = scoped();
        if (!traffic.keys().rules().containsKey(wanted)) {
            throw new RungException.WrongInput("nothing is set for " + wanted + ": rung limits says what is");
        }
        traffic.keys().rule(wanted, null);
        if (!globals.json()) {
            screen.out().println("nothing holds for " + screen.paint().bold(wanted) + " any more");
        }
    }

    private void list(Traffic traffic) {
        SequencedMap<String, String> rules = traffic.keys().rules();
        Map<String, SpendFile.Standing> standings = SpendFile.look(globals.home());
        if (globals.json()) {
            List<Json> all = new ArrayList<>();
            rules.forEach((name, text) -> all.add(json(name, read(name, text), standings)));
            screen.out().println(JsonText.pretty(Json.object("scopes", Json.array(all))));
            return;
        }
        if (rules.isEmpty()) {
            screen.out().println("no limits are set: rung limits set SCOPE --budget $5/day");
            return;
        }
        Table table = new Table().left("scope").left("what holds").left("used");
        rules.forEach((name, text) -> {
            Rules read = read(name, text);
            String shown = name;
            for (Budget budget : read.budgets()) {
                table.row(
                        new Table.Cell(shown, screen.paint()::bold),
                        Table.Cell.of(budget.toString()),
                        Table.Cell.of(budget.shown(used(name, budget, standings))));
                shown = "";
            }
            for (String line : lines(new Rules(
                    List.of(),
                    read.rates(),
                    read.models(),
                    read.data(),
                    read.maxPrice(),
                    read.content(),
                    read.cache()))) {
                table.row(new Table.Cell(shown, screen.paint()::bold), Table.Cell.of(line));
                shown = "";
            }
        });
        table.lines(screen.columns(), screen.paint()).forEach(screen.out()::println);
    }

    private static List<String> lines(Rules rules) {
        List<String> lines = new ArrayList<>();
        rules.budgets().forEach(budget -> lines.add(budget.toString()));
        rules.rates().forEach(rate -> lines.add(rate.toString()));
        if (rules.models() != null) {
            lines.add("models " + String.join(", ", rules.models()));
        }
        if (rules.data() != null) {
            lines.add("data " + Arguments.lower(rules.data()));
        }
        if (rules.maxPrice() != null) {
            lines.add("at most $" + rules.maxPrice().amount().toPlainString() + " a call");
        }
        if (rules.content() != null) {
            lines.add("content " + Arguments.lower(rules.content()));
        }
        Duration cache = rules.cache();
        if (cache != null) {
            lines.add("replies are given again for " + cache);
        }
        return lines;
    }

    private static Json json(String name, Rules rules, Map<String, SpendFile.Standing> standings) {
        List<Json> used = new ArrayList<>();
        for (Budget budget : rules.budgets()) {
            used.add(Json.object(
                    "budget", Json.of(budget.toString()),
                    "used", Json.of(budget.shown(used(name, budget, standings)))));
        }
        return Json.object("scope", Json.of(name), "rules", rules.json(), "used", Json.array(used));
    }

    private static long used(String scope, Budget budget, Map<String, SpendFile.Standing> standings) {
        SpendFile.Standing standing = standings.get(Scope.counterName(scope, budget));
        long window = budget.period().start(Instant.now().getEpochSecond());
        return standing == null || standing.window() < window ? 0 : standing.used();
    }

    private String scoped() {
        if (scope == null) {
            throw new RungException.WrongInput("for whom? for example: rung limits " + action + " team:search");
        }
        return Arguments.read("SCOPE", scope, Scopes::checked);
    }

    private static Rules read(String name, String text) {
        return Rules.of((Json.Obj) JsonText.parse(text, "the rules of " + name));
    }
}
