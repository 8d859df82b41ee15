package dev.rung.app.cli;

import dev.rung.app.report.Figures;
import dev.rung.app.report.PowerPlot;
import dev.rung.app.wiring.TaskRows;
import dev.rung.app.wiring.Wiring;
import dev.rung.core.RungException;
import dev.rung.core.evidence.PairWalk;
import dev.rung.core.evidence.RateWalk;
import dev.rung.core.evidence.plan.PairPlan;
import dev.rung.core.evidence.plan.RatePlan;
import dev.rung.core.evidence.plan.Sample;
import dev.rung.core.evidence.plan.Strictness;
import dev.rung.core.json.Json;
import dev.rung.intake.taskfile.TaskFolder;
import dev.rung.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how many rows a proof needs, before any is labelled. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description =
                "Say how many sealed rows a bar needs, or how many pairs a comparison with an incumbent, before anything is labelled;"
                        + " or what the sealed rows of a task can prove.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  rung plan --bar 0.90 --truth 0.95",
            "  rung plan --margin 0.02 --discordant 0.08 --plot power.svg",
            "  rung plan examples/support"
        })
final class PlanCommand implements Callable<Integer> {
    private static final int POINTS = 60;
    private static final int PAIR_POINTS = 8;
    private static final double BEYOND = 1.6;

    private final Screen screen;
    private final Globals globals;
    private final List<PowerPlot.Panel> panels = new ArrayList<>();

    @Parameters(paramLabel = "TASK_FOLDER", arity = "0..1", description = "a folder with task.yaml, or the file")
    private @Nullable Path folder;

    @Mixin
    private final PlanOptions asked = new PlanOptions();

    @Option(names = "--plot", paramLabel = "FILE", description = "also draw the chance of a proof by rows, as SVG")
    private @Nullable Path plot;

    PlanCommand(Screen screen, Globals globals) {
        this.screen = screen;
        this.globals = globals;
    }

    @Override
    public Integer call() {
        asked.check(folder != null);
        asked.labelCost();
        if (plot != null && !asked.asksForRate() && !asked.asksForPairs()) {
            throw RungException.WrongInput.at(
                    "--plot", "a task alone", "a question", "Add --bar and --truth, or --margin and --discordant.");
        }
        Json.Obj json = Json.object();
        if (folder != null) {
            json = json.with("task", sealed(folder));
        }
        Answers answers = answers();
        if (answers.rate() != null) {
            json = json.with("rate", print(answers.rate()));
        }
        if (answers.pairs() != null) {
            json = json.with("pairs", print(answers.pairs()));
        }
        if (plot != null) {
            write(plot);
        }
        if (globals.json()) {
            screen.out().println(JsonText.pretty(json));
        }
        return ExitCode.MET.code();
    }

    private Answers answers() {
        try (ProgressLine progress = new ProgressLine(screen)) {
            progress.at(() -> "walking through every outcome of the tests");
            return new Answers(asked.asksForRate() ? rate() : null, asked.asksForPairs() ? pairs() : null);
        }
    }

    private record Answers(
            @Nullable RateAnswer rate, @Nullable PairAnswer pairs) {}

    private record RateAnswer(RatePlan whole, PlanTable table) {}

    private record PairAnswer(PairPlan plan, PlanTable table) {}

    private RateAnswer rate() {
        PlanTable table = new PlanTable("rows", asked.labelCost());
        RatePlan whole = RatePlan.of(asked.bar(), asked.truth(), asked.strictness(1, 0.95));
        table.add("a single test, all of it", whole.strictness().alpha(), whole.fixed(), whole.early());
        double[] parts = {0.5, 0.125};
        String[] names = {"the first candidate of a climb", "the third, if two failed"};
        for (int i = 0; i < parts.length; i++) {
            Strictness strictness = asked.strictness(parts[i], 0.95);
            RatePlan plan = RatePlan.of(asked.bar(), asked.truth(), strictness);
            table.add(names[i], strictness.alpha(), plan.fixed(), plan.early());
        }
        if (plot != null && whole.early().isPresent()) {
            panels.add(panel(whole));
        }
        return new RateAnswer(whole, table);
    }

    private PairAnswer pairs() {
        Strictness strictness = asked.strictness(1, 0.95);
        PairPlan plan = PairPlan.of(asked.margin(), asked.discordant(), asked.difference(), strictness);
        PlanTable table = new PlanTable("pairs", asked.labelCost());
        table.add("a single test, all of it", strictness.alpha(), plan.fixed(), plan.early());
        if (plot != null && plan.early().isPresent()) {
            panels.add(panel(plan));
        }
        return new PairAnswer(plan, table);
    }

    private PowerPlot.Panel panel(RatePlan plan) {
        Strictness strictness = plan.strictness();
        RateWalk walk = new RateWalk(plan.bar(), strictness.alpha(), strictness.beta());
        int fixed = rows(plan.fixed());
        int early = rows(plan.early());
        int most = (int) (BEYOND * Math.max(fixed, early));
        List<PowerPlot.Point> one = new ArrayList<>();
        List<PowerPlot.Point> stopping = new ArrayList<>();
        for (int i = 0; i <= POINTS; i++) {
            int rows = Math.max(1, (int) ((long) most * i / POINTS));
            one.add(new PowerPlot.Point(rows, RatePlan.fixedPower(plan.bar(), plan.truth(), strictness.alpha(), rows)));
            stopping.add(new PowerPlot.Point(rows, walk.at(rows, plan.truth()).passed()));
        }
        String title =
                "Proving a bar of " + Figures.bound(plan.bar()) + " when the truth is " + Figures.bound(plan.truth());
        return new PowerPlot.Panel(title, "sealed rows", strictness.power(), one, stopping, fixed, early);
    }

    private PowerPlot.Panel panel(PairPlan plan) {
        Strictness strictness = plan.strictness();
        double gain = (plan.discordance() + plan.difference()) / 2;
        double loss = (plan.discordance() - plan.difference()) / 2;
        int fixed = rows(plan.fixed());
        int early = rows(plan.early());
        int most = (int) (1.3 * Math.max(fixed, early));
        List<PowerPlot.Point> one = new ArrayList<>();
        for (int i = 1; i <= PAIR_POINTS; i++) {
            int pairs = most * i / PAIR_POINTS;
            one.add(new PowerPlot.Point(
                    pairs, PairPlan.fixedPower(plan.margin(), gain, loss, strictness.alpha(), pairs)));
        }
        PairWalk.Path path =
                new PairWalk(plan.margin(), strictness.alpha(), strictness.beta()).walk(gain, loss, 1, most);
        List<PowerPlot.Point> stopping = new ArrayList<>();
        for (int i = 0; i <= POINTS; i++) {
            int pairs = most * i / POINTS;
            stopping.add(new PowerPlot.Point(pairs, path.passed(pairs)));
        }
        String title = "Proving a candidate not worse by " + Figures.bound(plan.margin()) + " with "
                + PlanTable.percent(plan.discordance()) + " discordant pairs";
        return new PowerPlot.Panel(title, "pairs", strictness.power(), one, stopping, fixed, early);
    }

    private static int rows(Optional<Sample> sample) {
        return sample.map(Sample::rows).orElse(0);
    }

    private Json print(RateAnswer answer) {
        RatePlan plan = answer.whole();
        say("To prove a rate of " + Figures.bound(plan.bar()) + " with " + PlanTable.percent(asked.confidence(0.95))
                + " confidence, with a chance of " + PlanTable.percent(asked.power()) + " if the truth is "
                + Figures.bound(plan.truth()) + ":");
        show(answer.table());
        say("All rows must be labelled beforehand; early stopping saves the answers to those that are not seen.");
        return Json.object("bar", Json.of(plan.bar()), "truth", Json.of(plan.truth()))
                .with("power", Json.of(asked.power()))
                .with("confidence", Json.of(asked.confidence(0.95)))
                .with("plans", answer.table().toJson());
    }

    private Json print(PairAnswer answer) {
        PairPlan plan = answer.plan();
        say("To prove that a candidate is not worse than the incumbent by " + Figures.bound(plan.margin()) + " with "
                + PlanTable.percent(asked.confidence(0.95)) + " confidence, with a chance of "
                + PlanTable.percent(asked.power()) + " if just one of the two is right on "
                + PlanTable.percent(plan.discordance()) + " of examples and the true difference is "
                + plan.difference() + ":");
        show(answer.table());
        return Json.object("margin", Json.of(plan.margin()), "discordant", Json.of(plan.discordance()))
                .with("difference", Json.of(plan.difference()))
                .with("power", Json.of(asked.power()))
                .with("confidence", Json.of(asked.confidence(0.95)))
                .with("plans", answer.table().toJson());
    }

    private Json sealed(Path at) {
        TaskFolder task = TaskFolder.read(at);
        double confidence = task.task().bar().confidence();
        Strictness strictness = asked.strictness(0.5, confidence);
        int rows;
        List<SealedOutlook> outlook;
        try (ProgressLine progress = new ProgressLine(screen);
                Wiring wiring = new Wiring(globals.home(), System.getenv(), Clock.systemUTC())) {
            progress.at(() -> "counting the examples of " + task.task().name());
            var data = TaskRows.load(wiring, task);
            rows = data.sealed().size();
            outlook = SealedOutlook.of(task.task(), data, strictness);
        }
        String name = task.task().name().value();
        say(name + " has " + Figures.count(rows, "sealed row") + ". For a chance of " + PlanTable.percent(asked.power())
                + " that the first candidate of a climb passes, which spends half of the error that "
                + PlanTable.percent(asked.confidence(confidence)) + " confidence allows, the truth must be:");
        Table table = new Table().left("bar").right("rows").left("truth needed");
        outlook.forEach(part -> table.row(part.bar(), Figures.count(part.rows()), part.needed()));
        if (!globals.json()) {
            screen.out().println();
            table.lines(screen.columns(), screen.paint()).forEach(screen.out()::println);
            screen.out().println();
        }
        return Json.object("name", Json.of(name), "sealed", Json.of(rows))
                .with("alpha", Json.of(strictness.alpha()))
                .with("power", Json.of(asked.power()))
                .with(
                        "bar",
                        Json.array(outlook.stream().map(SealedOutlook::toJson).toList()));
    }

    private void show(PlanTable table) {
        if (!globals.json()) {
            screen.out().println();
            table.lines(screen.columns(), screen.paint())
                    .forEach(line -> screen.out().println("  " + line));
            screen.out().println();
        }
    }

    private void say(String text) {
        if (!globals.json()) {
            Words.wrap(text, screen.columns()).forEach(screen.out()::println);
        }
    }

    private void write(Path file) {
        try {
            Files.writeString(file, PowerPlot.of(panels), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new RungException.WrongInput(
                    "--plot: cannot write " + file + ": " + e.getMessage() + ". Name a file in a folder that exists.",
                    e);
        }
        screen.err().println("the plot is in " + file);
    }
}
