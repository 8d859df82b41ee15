package dev.rung.app.cli;

import dev.rung.app.report.Figures;
import dev.rung.app.wiring.TaskRows;
import dev.rung.app.wiring.Wiring;
import dev.rung.core.data.SealedExamples;
import dev.rung.core.json.Json;
import dev.rung.core.task.Task;
import dev.rung.intake.taskfile.TaskFolder;
import dev.rung.json.JsonText;
import dev.rung.ladder.climb.ErrorShares;
import dev.rung.store.ErrorBudget;
import dev.rung.store.SealedSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what is left of the error budget of a task's sealed rows, and which attempts drew the rest. */
@Command(
        name = "budget",
        mixinStandardHelpOptions = true,
        description = "Show what the attempts to certify have left of the error budget of a task's sealed rows.",
        footerHeading = "%nExamples:%n",
        footer = {"  rung budget examples/support", "  rung budget support-routing"})
final class BudgetCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final Screen screen;
    private final Globals globals;

    @Parameters(paramLabel = "TASK", description = "a task's folder, or its name if it was climbed before")
    private String given = "";

    BudgetCommand(Screen screen, Globals globals) {
        this.screen = screen;
        this.globals = globals;
    }

    /** What is drawn and left for the sealed rows as they are now. */
    private record Standing(
            Task task, double total, List<ErrorBudget.Draw> draws, SealedExamples sealed, int opened, boolean usedUp) {
        double left() {
            double left = total;
            for (ErrorBudget.Draw draw : draws) {
                left -= draw.amount();
            }
            return Math.max(0, left);
        }

        int freshRows() {
            return ErrorShares.freshRows(task.bar());
        }

        boolean here(ErrorBudget.Draw draw) {
            return draw.sealed().equals(sealed.hash());
        }
    }

    @Override
    public Integer call() {
        StateFolder.require(globals.home());
        try (Wiring wiring = new Wiring(globals.home(), System.getenv(), Clock.systemUTC())) {
            Path folder = Files.exists(Path.of(given)) ? Path.of(given) : wiring.lastClimbed(Names.task(given));
            TaskFolder task = TaskFolder.read(folder);
            Standing standing = standing(wiring, task);
            if (globals.json()) {
                screen.out().println(JsonText.pretty(json(standing)));
            } else {
                print(standing);
            }
        }
        return ExitCode.MET.code();
    }

    private static Standing standing(Wiring wiring, TaskFolder folder) {
        Task task = folder.task();
        SealedExamples sealed = TaskRows.load(wiring, folder).sealed();
        SealedSet set = SealedSet.of(task.name(), sealed);
        ErrorBudget budget = wiring.ledger().errorBudget();
        return new Standing(
                task,
                1 - task.bar().confidence(),
                budget.draws(set),
                sealed,
                sealed.count(budget.opened(set)),
                new ErrorShares(budget, set, sealed.size(), task.bar()).usedUp());
    }

    private static Json json(Standing standing) {
        return Json.object(
                        "task", Json.of(standing.task().name().value()),
                        "total", Json.of(rounded(standing.total())),
                        "left", Json.of(rounded(standing.left())),
                        "used_up", Json.of(standing.usedUp()))
                .with(
                        "sealed",
                        Json.object(
                                "sha256", Json.of(standing.sealed().hash().hex()),
                                "rows", Json.of(standing.sealed().size()),
                                "opened", Json.of(standing.opened()),
                                "fresh_rows_for_a_new_budget", Json.of(standing.freshRows())))
                .with(
                        "attempts",
                        Json.array(standing.draws().stream()
                                .map(draw -> Json.object(
                                                "candidate", Json.of(draw.candidate()),
                                                "attempt", Json.of(draw.test()),
                                                "drawn", Json.of(draw.amount()),
                                                "verdict", Json.ofNullable(draw.verdict()))
                                        .with("at", Json.of(draw.at().toString()))
                                        .with("sealed", Json.of(draw.sealed().hex())))
                                .toList()));
    }

    // One less a confidence such as 0.95 is not quite 0.05.
    private static double rounded(double probability) {
        return Math.round(probability * 1e12) / 1e12;
    }

    private void print(Standing standing) {
        Paint paint = screen.paint();
        screen.out()
                .println(paint.bold(standing.task().name().value()) + ": "
                        + percent(standing.left()) + " left of "
                        + percent(standing.total()) + ", on "
                        + Figures.count(standing.sealed().size(), "sealed row")
                        + ", of which " + Figures.count(standing.opened()) + " were opened");
        if (!standing.draws().isEmpty()) {
            screen.out().println();
            table(standing).lines(screen.columns(), paint).forEach(screen.out()::println);
        }
        screen.out().println();
        Words.wrap(advice(standing), screen.columns())
                .forEach(line -> screen.out().println(standing.usedUp() ? paint.bad(line) : paint.dim(line)));
    }

    private Table table(Standing standing) {
        Paint paint = screen.paint();
        Table table = new Table()
                .right("")
                .left("made")
                .right("drew")
                .left("verdict")
                .left("rows")
                .left("candidate");
        int order = 0;
        for (ErrorBudget.Draw draw : standing.draws()) {
            String name =
                    draw.candidate().isEmpty() ? draw.test().split(":", 2)[0].substring(0, 12) : draw.candidate();
            table.row(
                    Table.Cell.of(Integer.toString(++order)),
                    Table.Cell.of(TIME.format(draw.at().atZone(ZoneId.systemDefault()))),
                    Table.Cell.of(percent(draw.amount())),
                    verdict(draw.verdict(), paint),
                    Table.Cell.of(standing.here(draw) ? "these" : "a set that shares rows with these"),
                    Table.Cell.of(name));
        }
        return table;
    }

    private static Table.Cell verdict(@org.jspecify.annotations.Nullable String verdict, Paint paint) {
        return verdict == null
                ? new Table.Cell("not finished", paint::dim)
                : switch (verdict) {
                    case "PASS" -> new Table.Cell(verdict, paint::good);
                    case "FAIL" -> new Table.Cell(verdict, paint::bad);
                    default -> new Table.Cell(verdict, paint::open);
                };
    }

    private static String advice(Standing standing) {
        String fresh = "About " + Figures.count(standing.freshRows(), "fresh row")
                + ", with those that were opened taken out, would start a budget anew.";
        return standing.usedUp()
                ? "The budget is used up: with what is left, not even a flawless candidate could pass. " + fresh
                : "A likely candidate draws half of what is left, an unlikely one a twentieth. " + fresh;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.4g %%", 100 * share);
    }
}
