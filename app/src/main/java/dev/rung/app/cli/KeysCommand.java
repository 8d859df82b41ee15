package dev.rung.app.cli;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.gateway.keys.KeyToken;
import dev.rung.gateway.limits.Rules;
import dev.rung.json.JsonText;
import dev.rung.store.KeyRow;
import dev.rung.store.Traffic;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes, lists, replaces and ends the keys of the gateway's callers. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = {
            "Make, list, replace and end the keys of callers.",
            "From the first key on every call to the gateway needs one. A running server sees changes within a second."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  rung keys create ci --team search --tag nightly",
            "  rung keys list",
            "  rung keys rotate ci --grace 24h          the old key is taken for another day",
            "  rung keys revoke ci"
        })
final class KeysCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final Screen screen;
    private final Globals globals;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ACTION",
            defaultValue = "list",
            description = "${COMPLETION-CANDIDATES} (default: list)")
    private Action action = Action.list;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "the name of the key")
    private @Nullable String name;

    @Option(names = "--team", description = "the team whose budgets hold too")
    private @Nullable String team;

    @Option(names = "--user", description = "the person or service whose budgets hold too")
    private @Nullable String user;

    @Option(names = "--tag", description = "a tag whose budgets hold too; may be given several times")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--admin", description = "the key may look into the gateway (/debug)")
    private boolean administrator;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description = "after how long the key ends, such as 90d; default: never")
    private @Nullable String expires;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            defaultValue = "0",
            description =
                    "with rotate: for how long the old key is still taken, such as 24h (default: it ends at once)")
    private String grace = "0";

    KeysCommand(Screen screen, Globals globals) {
        this.screen = screen;
        this.globals = globals;
    }

    /** What to do, named as users type it. */
    enum Action {
        list,
        create,
        rotate,
        revoke
    }

    @Override
    public Integer call() {
        try (Traffic traffic = Traffic.open(globals.home())) {
            switch (action) {
                case list -> list(traffic);
                case create -> create(traffic);
                case rotate -> rotate(traffic);
                case revoke -> revoke(traffic);
            }
        }
        return ExitCode.MET.code();
    }

    private void create(Traffic traffic) {
        String wanted = named();
        Instant now = now();
        if (live(traffic, wanted, now) != null) {
            throw new RungException.WrongInput(
                    "there is a key " + wanted + " already; rung keys rotate " + wanted + " replaces it");
        }
        Instant ends = expires == null ? null : now.plus(Arguments.read("--expires", expires, Rules::duration));
        add(traffic, new Owner(wanted, team, user, tags, administrator), now, ends, null);
    }

    private void rotate(Traffic traffic) {
        Instant now = now();
        KeyRow row = live(traffic, named(), now);
        if (row == null) {
            throw missing();
        }
        Instant ends = expires == null ? row.ends() : now.plus(Arguments.read("--expires", expires, Rules::duration));
        add(
                traffic,
                new Owner(row.name(), row.team(), row.user(), row.tags(), row.administrator()),
                now,
                ends,
                now.plus(Arguments.read("--grace", grace, Rules::duration)));
    }

    private record Owner(
            String name, @Nullable String team, @Nullable String user, List<String> tags, boolean administrator) {}

    private void add(Traffic traffic, Owner owner, Instant now, @Nullable Instant ends, @Nullable Instant others) {
        for (String each : owner.tags()) {
            checked("--tag", each);
        }
        KeyToken token = KeyToken.fresh();
        byte[] salt = KeyToken.salt();
        traffic.keys()
                .add(
                        new KeyRow(
                                token.id(),
                                owner.name(),
                                salt,
                                token.hash(salt),
                                checked("--team", owner.team()),
                                checked("--user", owner.user()),
                                owner.tags(),
                                owner.administrator(),
                                now,
                                ends),
                        others);
        if (globals.json()) {
            screen.out()
                    .println(JsonText.pretty(Json.object(
                            "name", Json.of(owner.name()),
                            "id", Json.of(token.id()),
                            "key", Json.of(token.text()))));
            return;
        }
        screen.out().println(screen.paint().bold(token.text()));
        screen.err().println("this is shown once, and not kept: only its hash is");
    }

    private void revoke(Traffic traffic) {
        Instant now = now();
        if (live(traffic, named(), now) == null) {
            throw missing();
        }
        int ended = traffic.keys().end(named(), now);
        if (globals.json()) {
            screen.out().println(JsonText.pretty(Json.object("name", Json.of(named()), "ended", Json.of(ended))));
        } else {
            screen.out().println("key " + screen.paint().bold(named()) + " is not taken any more");
        }
    }

    private void list(Traffic traffic) {
        List<KeyRow> rows = traffic.keys().all();
        Instant now = Instant.now();
        if (globals.json()) {
            screen.out()
                    .println(JsonText.pretty(Json.object(
                            "keys",
                            Json.array(rows.stream().map(row -> json(row, now)).toList()))));
            return;
        }
        if (rows.isEmpty()) {
            screen.out().println("no key was made yet, and the gateway lets everybody in: rung keys create NAME");
            return;
        }
        Paint paint = screen.paint();
        Table table = new Table()
                .left("key")
                .left("begins with")
                .left("team")
                .left("user")
                .left("tags")
                .left("made")
                .left("");
        for (KeyRow row : rows) {
            table.row(
                    new Table.Cell(row.name(), paint::bold),
                    Table.Cell.of("rung_" + row.id()),
                    Table.Cell.of(row.team() == null ? "" : row.team()),
                    Table.Cell.of(row.user() == null ? "" : row.user()),
                    Table.Cell.of(String.join(", ", row.tags())),
                    Table.Cell.of(time(row.created())),
                    row.live(now)
                            ? new Table.Cell(
                                    (row.administrator() ? "admin " : "")
                                            + (row.ends() == null ? "" : "until " + time(row.ends())),
                                    paint::good)
                            : new Table.Cell("ended", paint::dim));
        }
        table.lines(screen.columns(), paint).forEach(screen.out()::println);
    }

    private static Json json(KeyRow row, Instant now) {
        return Json.object(
                        "name", Json.of(row.name()),
                        "id", Json.of(row.id()),
                        "team", Json.ofNullable(row.team()),
                        "user", Json.ofNullable(row.user()))
                .with("tags", Json.strings(row.tags()))
                .with("admin", Json.of(row.administrator()))
                .with("created", Json.of(row.created().toString()))
                .with(
                        "ends",
                        Json.ofNullable(row.ends() == null ? null : row.ends().toString()))
                .with("live", Json.of(row.live(now)));
    }

    private static @Nullable KeyRow live(Traffic traffic, String name, Instant now) {
        KeyRow found = null;
        for (KeyRow row : traffic.keys().all()) {
            found = row.name().equals(name) && row.live(now) ? row : found;
        }
        return found;
    }

    private String named() {
        if (name == null) {
            throw new RungException.WrongInput("which key? for example: rung keys " + action + " ci");
        }
        String found = checked("NAME", name);
        return found == null ? "" : found;
    }

    private RungException missing() {
        return new RungException.WrongInput("there is no live key " + name + ": rung keys list says what there is");
    }

    private static @Nullable String checked(String where, @Nullable String text) {
        if (text != null && !text.matches("[^\\s|,]{1,100}")) {
            throw RungException.WrongInput.at(
                    where,
                    "\"" + text + "\"",
                    "1 to 100 characters without white space, commas and bars",
                    "Choose another");
        }
        return text;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String time(Instant at) {
        return TIME.format(at.atZone(ZoneId.systemDefault()));
    }
}
