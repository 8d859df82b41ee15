package dev.rung.app.cli;

import dev.rung.app.wiring.JudgeRun;
import dev.rung.app.wiring.Wiring;
import dev.rung.core.evidence.judge.Agreement;
import dev.rung.core.evidence.judge.Fitness;
import dev.rung.core.json.Json;
import dev.rung.intake.examples.ReadingNotes;
import dev.rung.intake.taskfile.TaskFolder;
import dev.rung.json.JsonText;
import dev.rung.ladder.judge.JudgeMeasurement;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Measures a task's model judge against people. */
@Command(
        name = "judge",
        mixinStandardHelpOptions = true,
        description = {
            "Measure a task's model judge on answers that people have judged: agreement, sensitivity, specificity,"
                    + " Cohen's kappa, and whether it may judge.",
            "",
            "Exit code 0 says that the judge is usable, 4 that labels are missing to show it, 3 that it agrees too little."
        },
        footerHeading = "%nExample:%n",
        footer = "  rung judge my-task")
final class JudgeCommand implements Callable<Integer> {
    private static final int SHOWN = 5;
    private static final int SHOWN_REASON = 70;

    private final Screen screen;
    private final Globals globals;

    @Parameters(paramLabel = "TASK_FOLDER", description = "a folder with task.yaml, or the file")
    private Path folder = Path.of(".");

    JudgeCommand(Screen screen, Globals globals) {
        this.screen = screen;
        this.globals = globals;
    }

    @Override
    public Integer call() {
        TaskFolder task = TaskFolder.read(folder);
        ReadingNotes notes = new ReadingNotes();
        JudgeMeasurement measured;
        int judgedPerLabel;
        try (ProgressLine progress = new ProgressLine(screen);
                Wiring wiring = new Wiring(globals.home(), System.getenv(), Clock.systemUTC())) {
            JudgeRun run = new JudgeRun(wiring, task);
            AtomicReference<String> now = new AtomicReference<>("reading the judged answers");
            progress.at(now::get);
            judgedPerLabel = run.judgedPerLabel();
            measured = run.measure(notes, (done, all) -> now.set("judging: " + done + " of " + all));
        }
        if (globals.json()) {
            screen.out().println(JsonText.pretty(json(task, measured, judgedPerLabel)));
        } else {
            task.notices().forEach(screen.err()::println);
            notes.notices().forEach(screen.err()::println);
            print(task, measured, judgedPerLabel);
        }
        return switch (measured.fitness()) {
            case Fitness.Usable usable -> ExitCode.MET.code();
            case Fitness.Refused(String sentence, var labels) ->
                labels.isPresent() ? ExitCode.NOT_ENOUGH.code() : ExitCode.NOT_MET.code();
        };
    }

    private static Json.Obj json(TaskFolder task, JudgeMeasurement measured, int judgedPerLabel) {
        return measured.toJson()
                .with("task", Json.of(task.task().name().value()))
                .with("judged_per_label", Json.of(judgedPerLabel))
                .with("a_label_is_worth", Json.of(measured.worth(judgedPerLabel)))
                .with(
                        "disagreements",
                        Json.array(measured.disagreements().stream()
                                .map(one -> (Json) Json.object(
                                        "row", Json.of(one.id().toString()),
                                        "people", Json.of(one.people() ? "accept" : "reject"),
                                        "reason", Json.of(one.reason())))
                                .toList()));
    }

    private void print(TaskFolder task, JudgeMeasurement measured, int judgedPerLabel) {
        Paint paint = screen.paint();
        Agreement table = measured.table();
        double confidence = measured.confidence();
        screen.out()
                .println(paint.bold(task.task().name().value()) + "   judge "
                        + measured.judge().model() + ", prompt "
                        + measured.judge().prompt().brief() + ", on "
                        + table.n() + " answers that people judged");
        screen.out().println();
        Table counts = new Table().left("").right("people accept").right("people reject");
        counts.row("judge accepts", String.valueOf(table.bothAccept()), String.valueOf(table.onlyJudge()));
        counts.row("judge rejects", String.valueOf(table.onlyHuman()), String.valueOf(table.bothReject()));
        counts.lines(screen.columns(), paint).forEach(screen.out()::println);
        screen.out().println();
        Table rates = new Table()
                .left("measure")
                .right("estimate")
                .left("interval at " + percent(confidence))
                .right("answers")
                .left("of what");
        rate(rates, "agreement", table.agreement(confidence), "both say the same");
        rate(rates, "sensitivity", table.sensitivity(confidence), "accepted, of those that people accept");
        rate(rates, "specificity", table.specificity(confidence), "rejected, of those that people reject");
        rate(rates, "Cohen's kappa", table.kappa(confidence), "agreement beyond chance");
        rates.lines(screen.columns(), paint).forEach(screen.out()::println);
        screen.out().println();
        switch (measured.fitness()) {
            case Fitness.Usable(String sentence) -> {
                say(paint.good("usable") + "   ", 9, sentence);
                say(
                        "",
                        0,
                        String.format(
                                Locale.ROOT,
                                "with %d answers that only the judge scores for each label, a label is worth about %.1f without it",
                                judgedPerLabel,
                                measured.worth(judgedPerLabel)));
            }
            case Fitness.Refused(String sentence, var labels) -> say(paint.bad("refused") + "  ", 9, sentence);
        }
        if (measured.without() > 0) {
            say("", 0, measured.without() + " answers got no verdict and count as rejected");
        }
        disagreements(measured, paint);
    }

    private void disagreements(JudgeMeasurement measured, Paint paint) {
        if (measured.disagreements().isEmpty()) {
            return;
        }
        screen.out().println();
        screen.out().println("where they part:");
        for (JudgeMeasurement.Disagreement one : measured.disagreements()
                .subList(0, Math.min(SHOWN, measured.disagreements().size()))) {
            String reason = one.reason().replaceAll("\\s+", " ");
            screen.out()
                    .println(paint.dim("  " + one.id() + "  people " + (one.people() ? "accept" : "reject")
                            + "; judge: “"
                            + (reason.length() > SHOWN_REASON ? reason.substring(0, SHOWN_REASON) + "…" : reason)
                            + "”"));
        }
        int more = measured.disagreements().size() - SHOWN;
        if (more > 0) {
            screen.out().println(paint.dim("  and " + more + " more; --json has them all"));
        }
    }

    private void say(String title, int width, String text) {
        var lines = Words.wrap(text, screen.columns() - width);
        screen.out().println(title + lines.getFirst());
        lines.subList(1, lines.size()).forEach(line -> screen.out().println(" ".repeat(width) + line));
    }

    private static void rate(Table table, String name, Agreement.Rate rate, String what) {
        boolean known = !Double.isNaN(rate.estimate());
        table.row(
                name,
                known ? number(rate.estimate()) : "unknown",
                known ? "[" + number(rate.low()) + ", " + number(rate.high()) + "]" : "",
                String.valueOf(rate.n()),
                what);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }
}
