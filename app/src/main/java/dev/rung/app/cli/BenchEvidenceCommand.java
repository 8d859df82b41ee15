package dev.rung.app.cli;

import dev.rung.app.report.EvidencePage;
import dev.rung.app.report.Figures;
import dev.rung.core.RungException;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import dev.rung.ladder.simulation.Cell;
import dev.rung.ladder.simulation.Claim;
import dev.rung.ladder.simulation.EvidenceBench;
import dev.rung.ladder.simulation.EvidenceBench.Experiment;
import dev.rung.ladder.simulation.Grid;
import dev.rung.ladder.simulation.Section;
import dev.rung.ladder.simulation.Tallies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Puts synthetic worlds through the code that decides climbs, and counts how often its promises hold. */
@Command(
        name = "evidence",
        mixinStandardHelpOptions = true,
        description =
                "Put synthetic worlds, whose truth is known, through the code that decides climbs, and count how often its promises hold."
                        + " Counts are kept in the home folder: a run that was stopped goes on where it was, and more worlds run only those that are missing.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  rung bench evidence --quick",
            "  rung bench evidence --only coverage --worlds 500",
            "  rung bench evidence --page docs/benchmarks/evidence.md"
        })
final class BenchEvidenceCommand implements Callable<Integer> {
    private static final String KEPT = "bench-evidence.counts";

    private final Screen screen;
    private final Globals globals;

    @Option(
            names = "--worlds",
            paramLabel = "N",
            description =
                    "how many worlds an experiment takes, or a multiple of (default: " + EvidenceBench.WORLDS + ")")
    private @Nullable Integer worlds;

    @Option(names = "--seed", paramLabel = "S", description = "of all random numbers (default: ${DEFAULT-VALUE})")
    private long seed = EvidenceBench.SEED;

    @Option(names = "--quick", description = "as many worlds as seconds allow: " + EvidenceBench.QUICK_WORLDS)
    private boolean quick;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "how many threads (default: every processor); the figures do not depend on it")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--only",
            paramLabel = "EXPERIMENT",
            split = ",",
            description = "run these experiments only: ${COMPLETION-CANDIDATES}")
    private List<Experiment> only = List.of(Experiment.values());

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description =
                    "write the results to this Markdown page, and the plots beside it; sections that were not run stay")
    private @Nullable Path page;

    BenchEvidenceCommand(Screen screen, Globals globals) {
        this.screen = screen;
        this.globals = globals;
    }

    @Override
    public Integer call() {
        int count = worlds != null ? worlds : quick ? EvidenceBench.QUICK_WORLDS : EvidenceBench.WORLDS;
        if (count < EvidenceBench.FEWEST_WORLDS || threads < 1) {
            throw new RungException.WrongInput(
                    "found --worlds " + count + " --threads " + threads + "; expected at least "
                            + EvidenceBench.FEWEST_WORLDS + " worlds, which tell little enough, and 1 thread");
        }
        EvidenceBench bench = new EvidenceBench(seed, count, threads, tallies());
        List<Section> sections = new ArrayList<>();
        try (ProgressLine progress = new ProgressLine(screen)) {
            for (Experiment experiment : only) {
                long start = System.nanoTime();
                Section section = bench.run(
                        experiment,
                        (what, done, total) -> progress.at(() -> "bench evidence, " + experiment.key() + ": " + what
                                + (total > 0 ? " (" + (done + 1) + " of " + total + ")" : "")
                                + left(start, done, total)));
                sections.add(section);
                progress.at(() -> "");
                if (!globals.json()) {
                    print(section);
                }
                if (page != null) {
                    new EvidencePage(page).write(section, command(experiment, count));
                    progress.print("written: " + page + ", " + experiment.key());
                }
            }
        }
        if (globals.json()) {
            screen.out().println(JsonText.pretty(json(count, sections)));
        }
        boolean broken = sections.stream()
                .flatMap(section -> section.claims().stream())
                .anyMatch(claim -> claim.state() == Claim.State.BROKEN);
        return (broken ? ExitCode.NOT_MET : ExitCode.MET).code();
    }

    private String command(Experiment experiment, int count) {
        return "./rung bench evidence --only " + experiment.key() + " --seed " + seed + " --worlds " + count;
    }

    private Json json(int count, List<Section> sections) {
        return Json.object(
                "seed", Json.of(seed),
                "worlds", Json.of(count),
                "sections",
                        Json.array(sections.stream().<Json>map(Section::toJson).toList()));
    }

    private Tallies tallies() {
        try {
            Files.createDirectories(globals.home());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + globals.home(), e);
        }
        return Tallies.in(globals.home().resolve(KEPT), RunningCode.of(Evidence.class, EvidenceBench.class));
    }

    // From the pace so far; parts of an experiment differ, so it is only about that much.
    private static String left(long start, long done, long total) {
        if (done == 0 || total == 0) {
            return "";
        }
        long nanos = System.nanoTime() - start;
        return ", about " + Figures.span(Duration.ofNanos(nanos / done * (total - done))) + " left";
    }

    private void print(Section section) {
        Paint paint = screen.paint();
        screen.out().println(paint.bold(section.title()));
        Words.wrap(section.text(), screen.columns())
                .forEach(line -> screen.out().println(paint.dim(line)));
        for (Grid grid : section.grids()) {
            screen.out().println();
            screen.out().println(grid.title());
            Table table = new Table();
            grid.columns().forEach(table::left);
            for (List<Cell> row : grid.rows()) {
                table.row(row.stream().map(Cell::text).toArray(String[]::new));
            }
            table.lines(screen.columns(), paint).forEach(screen.out()::println);
        }
        screen.out().println();
        for (Claim claim : section.claims()) {
            String state = switch (claim.state()) {
                case SHOWN -> paint.good("shown ");
                case OPEN -> paint.open("open  ");
                case BROKEN -> paint.bad("broken");
            };
            screen.out().println(state + "  " + claim.claim() + paint.dim("; found " + claim.found()));
        }
        screen.out().println();
    }
}
