package dev.rung.app.cli;

import dev.rung.app.report.Figures;
import dev.rung.app.wiring.TaskRows;
import dev.rung.app.wiring.Wiring;
import dev.rung.core.RungException;
import dev.rung.core.data.Example;
import dev.rung.core.data.ExampleId;
import dev.rung.core.data.RegressionSet;
import dev.rung.core.data.SealedExamples;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.json.Json;
import dev.rung.core.rung.Release;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.intake.regressions.RegressionFile;
import dev.rung.intake.split.ExpectedOutputs;
import dev.rung.intake.taskfile.TaskFolder;
import dev.rung.json.JsonText;
import dev.rung.ladder.certificate.CertifiedOutcomes;
import dev.rung.store.Releases;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the rows that a task's releases may never fail again, and adds to them. */
@Command(
        name = "regressions",
        mixinStandardHelpOptions = true,
        description = "List the regression sets of a task: rows that were mended once and that every later release must"
                + " answer. With --keep, add rows to one. Rows taken from the sealed set certify nothing any longer.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  rung regressions examples/support",
            "  rung regressions examples/support --keep \"late parcels\" --failed support-routing-1 --mended"
                    + " support-routing-2",
            "  rung regressions examples/support --keep feedback --input \"where is it?\" --expected delivery"
        })
final class RegressionsCommand implements Callable<Integer> {
    private final Screen screen;
    private final Globals globals;

    @Parameters(paramLabel = "TASK_FOLDER", description = "a folder with task.yaml, or the file")
    private Path folder = Path.of(".");

    @Option(names = "--keep", paramLabel = "SET", description = "add rows to this set, which may be new")
    private @Nullable String keep;

    @ArgGroup(exclusive = true)
    private @Nullable Origin origin;

    /** Where rows come from: two releases, or whoever types them. */
    static final class Origin {
        @ArgGroup(exclusive = false)
        private @Nullable Mended mended;

        @ArgGroup(exclusive = false)
        private @Nullable Typed typed;
    }

    /** The sealed rows that one release failed and another one answers. */
    static final class Mended {
        @Option(
                names = "--failed",
                required = true,
                paramLabel = "RELEASE",
                description = "a release that failed the rows")
        private String failed = "";

        @Option(
                names = "--mended",
                required = true,
                paramLabel = "RELEASE",
                description = "a release that answers them")
        private String mended = "";
    }

    /** One row, as from feedback. */
    static final class Typed {
        @Option(names = "--input", required = true, paramLabel = "TEXT", description = "a question")
        private String input = "";

        @Option(names = "--expected", required = true, paramLabel = "TEXT", description = "its right answer")
        private String expected = "";
    }

    RegressionsCommand(Screen screen, Globals globals) {
        this.screen = screen;
        this.globals = globals;
    }

    @Override
    public Integer call() {
        TaskFolder task = TaskFolder.read(folder);
        try (Wiring wiring = new Wiring(globals.home(), System.getenv(), Clock.systemUTC())) {
            if ((keep == null) != (origin == null)) {
                throw new RungException.WrongInput("found only one half of what adds rows, expected --keep SET with"
                        + " --failed and --mended, or with --input and --expected; rung regressions --help shows both");
            }
            int added = keep == null || origin == null ? 0 : add(wiring, task, keep, origin);
            try (TaskRows rows = new TaskRows(wiring, task, now -> {})) {
                show(rows, added);
            }
        }
        return ExitCode.MET.code();
    }

    private static int add(Wiring wiring, TaskFolder task, String set, Origin origin) {
        if (set.isBlank()) {
            throw new RungException.WrongInput(
                    "found an empty name for a regression set, expected words such as \"late parcels\"");
        }
        List<Example> rows = new ArrayList<>();
        String from = "feedback";
        if (origin.mended != null) {
            Mended two = origin.mended;
            from = two.failed + " failed, " + two.mended + " mended";
            rows.addAll(mended(wiring, task, two));
        } else if (origin.typed != null) {
            rows.add(typed(task, origin.typed));
        }
        Set<String> there = new HashSet<>();
        RegressionFile.read(task).forEach(known -> known.rows().forEach(row -> there.add(row.input())));
        rows.removeIf(row -> !there.add(row.input()));
        RegressionFile.add(task, set, rows, from);
        return rows.size();
    }

    private static Example typed(TaskFolder task, Typed typed) {
        return switch (new ExpectedOutputs(task.task().output()).read(Json.of(typed.expected))) {
            case ExpectedOutputs.Good(Output output) ->
                new Example(new ExampleId("feedback", 1), "feedback", typed.input, output, Map.of());
            case ExpectedOutputs.Bad(String message) -> throw new RungException.WrongInput("--expected: " + message);
        };
    }

    private static List<Example> mended(Wiring wiring, TaskFolder task, Mended two) {
        Releases releases = wiring.ledger().releases();
        Set<ExampleId> failed = answered(releases, two.failed, task, false);
        failed.retainAll(answered(releases, two.mended, task, true));
        Map<ExampleId, Output> expected = new HashMap<>();
        outcomes(releases, two.mended).forEach(outcome -> expected.put(outcome.example(), outcome.expected()));
        SealedExamples sealed = TaskRows.load(wiring, task).sealed();
        List<Example> rows = new ArrayList<>();
        // A row's place is no access; its text is, and from here on it certifies nothing.
        for (int index : sealed.indices(failed)) {
            Example row = sealed.open(index, "regression set");
            if (row.label().equals(expected.get(row.id()))) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<Outcome> outcomes(Releases releases, String name) {
        Release release = releases.require(Names.release(name));
        return CertifiedOutcomes.read(releases.folder(release.id()));
    }

    private static Set<ExampleId> answered(Releases releases, String name, TaskFolder task, boolean right) {
        Metric headline = Metric.of(task.task().output()).getFirst();
        Set<ExampleId> rows = new HashSet<>();
        for (Outcome outcome : outcomes(releases, name)) {
            if (outcome.scores().getOrDefault(headline, 0.0) >= 1 == right) {
                rows.add(outcome.example());
            }
        }
        return rows;
    }

    private void show(TaskRows rows, int added) {
        List<RegressionSet> sets = rows.regressions();
        int sealed = rows.data().sealed().size();
        if (globals.json()) {
            screen.out()
                    .println(JsonText.pretty(Json.object(
                            "sets",
                            Json.array(sets.stream()
                                    .map(set -> Json.object(
                                            "set", Json.of(set.name()),
                                            "rows", Json.of(set.rows().size()),
                                            "waiver", Json.ofNullable(set.waiver())))
                                    .toList()),
                            "added",
                            Json.of(added),
                            "sealed_rows",
                            Json.of(sealed),
                            "set_aside",
                            Json.of(rows.setAside()))));
            return;
        }
        if (keep != null) {
            screen.out().println(Figures.count(added, "row") + " added to \"" + keep + "\"");
        }
        if (sets.isEmpty()) {
            screen.out().println("there is no regression set yet; --keep makes one");
            return;
        }
        Table table = new Table().left("set").right("rows").left("waived");
        for (RegressionSet set : sets) {
            table.row(set.name(), Figures.count(set.rows().size()), set.waiver() == null ? "" : set.waiver());
        }
        table.lines(screen.columns(), screen.paint()).forEach(screen.out()::println);
        screen.out()
                .println(screen.paint()
                        .dim(Figures.count(rows.setAside(), "sealed row") + " set aside for them, "
                                + Figures.count(sealed) + " left to certify with"));
    }
}
