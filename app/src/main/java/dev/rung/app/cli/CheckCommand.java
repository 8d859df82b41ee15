package dev.rung.app.cli;

import dev.rung.app.report.Figures;
import dev.rung.app.wiring.TaskRows;
import dev.rung.app.wiring.Wiring;
import dev.rung.core.json.Json;
import dev.rung.intake.audit.AuditReport;
import dev.rung.intake.audit.Finding;
import dev.rung.intake.audit.FindingFiles;
import dev.rung.intake.audit.Severity;
import dev.rung.intake.taskfile.TaskFolder;
import dev.rung.json.JsonText;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Audits a task's examples. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Audit a task's examples: duplicates, leakage, label errors, shortages, and what more labels would buy.",
        footerHeading = "%nExample:%n",
        footer = "  rung check examples/support")
final class CheckCommand implements Callable<Integer> {
    private static final int SHOWN_ROWS = 3;
    private static final int SHOWN_TEXT = 60;
    private static final int SHOWN_LANGUAGES = 5;

    private final Screen screen;
    private final Globals globals;

    @Parameters(paramLabel = "TASK_FOLDER", description = "a folder with task.yaml, or the file")
    private Path folder = Path.of(".");

    CheckCommand(Screen screen, Globals globals) {
        this.screen = screen;
        this.globals = globals;
    }

    @Override
    public Integer call() {
        TaskFolder task = TaskFolder.read(folder);
        AuditReport report;
        try (ProgressLine progress = new ProgressLine(screen);
                Wiring wiring = new Wiring(globals.home(), System.getenv(), Clock.systemUTC())) {
            AtomicReference<String> now = new AtomicReference<>("");
            progress.at(now::get);
            try (TaskRows rows = new TaskRows(wiring, task, now::set)) {
                report = rows.auditAll();
            }
        }
        Path files = globals.home().resolve("check").resolve(task.task().name().value());
        List<Path> written = FindingFiles.write(report, files);
        if (globals.json()) {
            screen.out()
                    .println(JsonText.pretty(report.toJson()
                            .with("task", Json.of(task.task().name().value()))
                            .with(
                                    "files",
                                    Json.strings(
                                            written.stream().map(Path::toString).toList()))));
        } else {
            task.notices().forEach(screen.err()::println);
            print(task, report, written);
        }
        return ExitCode.MET.code();
    }

    private void print(TaskFolder task, AuditReport report, List<Path> written) {
        Paint paint = screen.paint();
        String splits = report.rows().entrySet().stream()
                .map(split -> split.getKey().key() + " " + Figures.count(split.getValue()))
                .collect(Collectors.joining(" · "));
        screen.out()
                .println(paint.bold(task.task().name().value()) + "   " + Figures.count(report.total(), "example")
                        + ": " + splits);
        if (!report.labels().isEmpty()) {
            say("labels", counts(report.labels(), Integer.MAX_VALUE));
        }
        if (report.languages().size() > 1) {
            say("languages", counts(report.languages(), SHOWN_LANGUAGES));
        }
        screen.out().println();
        for (Finding finding : report.findings()) {
            print(finding, paint);
        }
        if (report.findings().isEmpty()) {
            screen.out().println(paint.good("nothing to mend was found"));
        }
        for (String sentence : report.outlook()) {
            Words.wrap(sentence, screen.columns()).forEach(screen.out()::println);
        }
        for (String notice : report.notices()) {
            Words.wrap(notice, screen.columns()).forEach(line -> screen.out().println(paint.dim(line)));
        }
        if (!written.isEmpty()) {
            screen.out().println();
            screen.out().println("rows to look at, a file for each finding:");
            written.forEach(file -> screen.out().println("  " + file));
        }
    }

    private void print(Finding finding, Paint paint) {
        String mark = switch (finding.severity()) {
            case PROBLEM -> paint.bad("problem");
            case WARNING -> paint.open("warning");
            case NOTE -> paint.dim("note   ");
        };
        List<String> lines = Words.wrap(finding.sentence(), screen.columns() - 9);
        screen.out().println(mark + "  " + lines.getFirst());
        lines.subList(1, lines.size()).forEach(line -> screen.out().println("         " + line));
        if (finding.severity() != Severity.NOTE) {
            for (Finding.Flag row : finding.rows()
                    .subList(0, Math.min(SHOWN_ROWS, finding.rows().size()))) {
                String label = row.label().isEmpty()
                        ? ""
                        : row.label() + (row.suggestion().isEmpty() ? "" : " → " + row.suggestion());
                label = label.isEmpty() ? row.suggestion() : label;
                String text = row.text().replaceAll("\\s+", " ");
                String brief = text.length() > SHOWN_TEXT ? text.substring(0, SHOWN_TEXT) + "…" : text;
                screen.out().println(paint.dim("           " + row.id() + "  " + label + "  “" + brief + "”"));
            }
        }
    }

    private void say(String title, String text) {
        List<String> lines = new ArrayList<>(Words.wrap(text, screen.columns() - title.length() - 2));
        screen.out().println(screen.paint().dim(title) + "  " + lines.removeFirst());
        lines.forEach(line -> screen.out().println(" ".repeat(title.length() + 2) + line));
    }

    private static String counts(Map<String, Long> counts, int most) {
        return counts.entrySet().stream()
                .limit(most)
                .map(count -> count.getKey() + " " + Figures.count(count.getValue()))
                .collect(Collectors.joining(" · "));
    }
}
