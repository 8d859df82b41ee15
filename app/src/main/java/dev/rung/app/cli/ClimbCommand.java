package dev.rung.app.cli;

import dev.rung.app.report.AuditSummary;
import dev.rung.app.report.ClimbSummaries;
import dev.rung.app.report.ClimbSummary;
import dev.rung.app.report.Conclusion;
import dev.rung.app.report.LadderLine;
import dev.rung.app.report.ReportPage;
import dev.rung.app.report.Sliced;
import dev.rung.app.wiring.ClimbRun;
import dev.rung.app.wiring.Wiring;
import dev.rung.core.RungException;
import dev.rung.core.data.Example;
import dev.rung.core.economics.Pricing;
import dev.rung.core.json.Json;
import dev.rung.core.model.ModelId;
import dev.rung.core.rung.Release;
import dev.rung.core.rung.ReleaseId;
import dev.rung.core.task.Task;
import dev.rung.intake.audit.AuditReport;
import dev.rung.intake.taskfile.TaskFolder;
import dev.rung.json.JsonText;
import dev.rung.ladder.certificate.Certificate;
import dev.rung.ladder.climb.ClimbRecord;
import dev.rung.models.catalog.Availability;
import dev.rung.models.catalog.AvailabilityCheck;
import dev.rung.models.catalog.CatalogEntry;
import dev.rung.store.Releases;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The main job: finds the lowest rung that meets a task's bar, and proves it. */
@Command(
        name = "climb",
        mixinStandardHelpOptions = true,
        description = "Find the lowest rung that provably meets a task's bar, and make a release of it.",
        footerHeading = "%nExamples:%n",
        footer = {"  rung climb examples/support", "  rung climb examples/support --json > climb.json"})
final class ClimbCommand implements Callable<Integer> {
    private static final ModelId DEFAULT_MODEL = new ModelId("smollm2-135m");

    private final Screen screen;
    private final Globals globals;

    @Parameters(paramLabel = "TASK_FOLDER", description = "a folder with task.yaml, or the file")
    private Path folder = Path.of(".");

    @Option(names = "--seed", paramLabel = "N", description = "of every random choice (default: the task file's)")
    private @Nullable Long seed;

    @Option(
            names = "--promote",
            negatable = true,
            description = "put the release in force, or not (default: only the first release of a task)")
    private @Nullable Boolean promote;

    @Option(names = "--offline", description = "fetch no model; go on without those that are not here")
    private boolean offline;

    ClimbCommand(Screen screen, Globals globals) {
        this.screen = screen;
        this.globals = globals;
    }

    @Override
    public Integer call() {
        TaskFolder task = seeded(TaskFolder.read(folder));
        task.notices().forEach(notice -> screen.err().println(notice));
        try (Wiring wiring = new Wiring(globals.home(), System.getenv(), Clock.systemUTC())) {
            ClimbRun.Result result;
            try (ProgressLine line = new ProgressLine(screen)) {
                if (!offline) {
                    pull(wiring, task.task(), line);
                }
                ClimbWatcher watcher = new ClimbWatcher(line, screen.errPaint(), task.task());
                ClimbRun.ReportWriter writer = (record, tune, audit, certificate, release, at) ->
                        page(wiring, record, tune, audit, certificate, release, at);
                result = new ClimbRun(wiring, writer)
                        .run(
                                task,
                                watcher,
                                watcher,
                                holder -> line.print("waiting: " + holder + " climbs for "
                                        + task.task().name() + " already"));
            }
            ClimbSummary summary = ClimbSummary.fromJson(result.summary());
            Promotion promotion = promotion(wiring.ledger().releases(), result);
            if (globals.json()) {
                screen.out()
                        .println(JsonText.pretty(result.summary()
                                .with("report", Json.of(result.report().toString()))
                                .with("release_is_new", Json.of(result.made()))
                                .with(
                                        "to_judge",
                                        result.toJudge() == null
                                                ? Json.Nil.NULL
                                                : Json.of(result.toJudge().toString()))
                                .with("in_force", Json.ofNullable(promotion.inForce()))));
            } else {
                print(summary, result, promotion);
            }
            return code(summary.conclusion().outcome()).code();
        }
    }

    private TaskFolder seeded(TaskFolder task) {
        return seed == null ? task : task.seeded(seed);
    }

    private static ClimbRun.Page page(
            Wiring wiring,
            ClimbRecord record,
            List<Example> tune,
            AuditReport audit,
            Certificate certificate,
            @Nullable ReleaseId release,
            Path folder) {
        SequencedMap<String, String> hashes = new LinkedHashMap<>();
        for (Json model : certificate.json().array("models")) {
            Json.Obj card = (Json.Obj) model;
            hashes.put(card.string("id"), card.string("fingerprint"));
        }
        Pricing.MachineTime machine = wiring.catalog().machine();
        String price =
                "this machine: " + machine.perHour() + " an hour as of " + machine.asOf() + ", " + machine.source();
        ClimbSummary summary = ClimbSummaries.of(
                record,
                new ClimbSummaries.Surroundings(
                        tune,
                        AuditSummary.of(audit),
                        release == null ? null : release.value(),
                        folder.resolve(Certificate.FILE).toString(),
                        hashes,
                        List.of(price),
                        new RungCommand.Version().getVersion()[0] + " on Java "
                                + Runtime.version().feature()));
        return new ClimbRun.Page(ReportPage.of(summary), summary.toJson());
    }

    // The models that the task names; where it names none, the one that Rung ships a recipe for, so that there is one
    // at all.
    private void pull(Wiring wiring, Task task, ProgressLine line) {
        AvailabilityCheck check = wiring.shelf().check();
        List<ModelId> wanted = task.models().isEmpty() ? List.of(DEFAULT_MODEL) : task.models();
        for (ModelId id : wanted) {
            CatalogEntry entry = wiring.catalog().find(id).orElse(null);
            if (entry != null && check.of(entry, task.data()) instanceof Availability.NotPulled missing) {
                line.print("pulling " + id + ", " + Math.max(1, missing.bytes() / 1_000_000)
                        + " MB, once (--offline climbs without it)");
                try {
                    wiring.pull(entry, new PullLine(line, id));
                } catch (RungException.Unavailable e) {
                    line.print(screen.errPaint().open("climbing without " + id + ": ") + e.getMessage());
                }
            }
        }
        line.at(() -> "");
    }

    /** What became of a release. */
    private record Promotion(@Nullable String inForce, String sentence) {}

    private Promotion promotion(Releases releases, ClimbRun.Result result) {
        Release release = result.release();
        if (release == null) {
            return new Promotion(null, "");
        }
        Release before = releases.promoted(release.task()).orElse(null);
        if (before != null && before.id().equals(release.id())) {
            return new Promotion(release.id().value(), "in force");
        }
        boolean wanted = promote == null ? before == null : promote;
        if (wanted) {
            releases.promote(release.id());
            String instead = before == null ? "" : ", in place of " + before.id();
            return new Promotion(release.id().value(), "in force" + instead);
        }
        String next = "rung promote " + release.id() + " puts it in force";
        return before == null
                ? new Promotion(null, "not in force; " + next)
                : new Promotion(before.id().value(), before.id() + " stays in force; " + next);
    }

    private void print(ClimbSummary summary, ClimbRun.Result result, Promotion promotion) {
        Paint paint = screen.paint();
        if (screen.errTerminal() || screen.outTerminal()) {
            screen.err().println();
        }
        new ClimbTable(summary, paint, screen.columns()).lines().forEach(screen.out()::println);
        screen.out().println();
        LadderLine.Tried winner = summary.winner();
        Sliced sliced = winner == null ? null : winner.sliced();
        if (sliced != null && !sliced.rows().isEmpty()) {
            screen.out().println(paint.dim("weakest      ") + sliced.sentence());
        }
        Release release = result.release();
        if (release != null) {
            screen.out()
                    .println(paint.dim("release      ")
                            + paint.bold(release.id().value()) + ", " + promotion.sentence()
                            + (result.made()
                                    ? ""
                                    : "; the same solution on the same data, so no new release was made"));
        }
        screen.out().println(paint.dim("report       ") + result.report());
        screen.out().println(paint.dim("certificate  ") + result.certificate());
        if (result.toJudge() != null) {
            screen.out()
                    .println(paint.dim("to judge     ") + result.toJudge()
                            + ": write people's verdicts into it, name it under judge: labelled: and climb again");
        }
    }

    private static ExitCode code(Conclusion.Outcome outcome) {
        return switch (outcome) {
            case MET -> ExitCode.MET;
            case NOT_MET -> ExitCode.NOT_MET;
            case NOT_ENOUGH_EVIDENCE -> ExitCode.NOT_ENOUGH;
        };
    }
}
