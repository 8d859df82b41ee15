package dev.rung.app.cli;

import dev.rung.app.report.Figures;
import dev.rung.core.RungException;
import dev.rung.core.evidence.Estimate;
import dev.rung.core.evidence.Latencies;
import dev.rung.core.evidence.paired.NonInferiority;
import dev.rung.core.evidence.paired.PairedVerdict;
import dev.rung.core.json.Json;
import dev.rung.core.rung.Release;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.Task;
import dev.rung.json.JsonText;
import dev.rung.ladder.certificate.CertifiedOutcomes;
import dev.rung.ladder.certificate.CertifiedTask;
import dev.rung.ladder.compare.Comparison;
import dev.rung.ladder.compare.Flip;
import dev.rung.store.Ledger;
import dev.rung.store.Releases;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets two releases of a task beside each other on the sealed rows that both answered. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description =
                "Compare two releases on the sealed rows that both answered: which rows flip, whether the second is"
                        + " worse, and what it saves. Nothing is asked again, and no error budget is drawn on.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  rung compare support-routing-1 support-routing-2",
            "  rung compare support-routing-1 support-routing-2 --margin 0.01 --json"
        })
final class CompareCommand implements Callable<Integer> {
    private static final int FLIPS_SHOWN = 12;

    private final Screen screen;
    private final Globals globals;

    @Parameters(index = "0", paramLabel = "INCUMBENT", description = "the release that answers, or answered, before")
    private String first = "";

    @Parameters(index = "1", paramLabel = "CANDIDATE", description = "the release that would take its place")
    private String second = "";

    @Option(
            names = "--margin",
            paramLabel = "SHARE",
            defaultValue = "0.02",
            description = "the loss that would not be accepted (default: ${DEFAULT-VALUE})")
    private double margin;

    CompareCommand(Screen screen, Globals globals) {
        this.screen = screen;
        this.globals = globals;
    }

    @Override
    public Integer call() {
        if (!(margin > 0 && margin < 1)) {
            throw new RungException.WrongInput(
                    "found --margin " + margin + ", expected a share above 0 and below 1, such as 0.02");
        }
        try (Ledger ledger = StateFolder.existing(globals.home())) {
            Releases releases = ledger.releases();
            Release incumbent = releases.require(Names.release(first));
            Release candidate = releases.require(Names.release(second));
            if (!incumbent.task().equals(candidate.task())) {
                throw new RungException.WrongInput("found releases of two tasks, " + incumbent.task() + " and "
                        + candidate.task() + ", expected two releases of one");
            }
            Task task = CertifiedTask.read(releases.folder(candidate.id()));
            requireAnswers(incumbent, CertifiedTask.read(releases.folder(incumbent.id())));
            requireAnswers(candidate, task);
            double error = 1 - task.bar().confidence();
            Comparison comparison = Comparison.of(
                    CertifiedOutcomes.read(releases.folder(incumbent.id())),
                    CertifiedOutcomes.read(releases.folder(candidate.id())),
                    Metric.of(task.output()).getFirst(),
                    new NonInferiority(margin, error, error));
            if (globals.json()) {
                Json.Obj json = Json.object(
                        "task", Json.of(candidate.task().value()),
                        "incumbent", Json.of(incumbent.id().value()),
                        "candidate", Json.of(candidate.id().value()),
                        "comparison", comparison.toJson());
                screen.out().println(JsonText.pretty(json));
            } else {
                print(incumbent, candidate, comparison);
            }
            return ExitCode.MET.code();
        }
    }

    private static void requireAnswers(Release release, Task task) {
        if (task.abstain() != null) {
            throw new RungException.WrongInput("found " + release.id()
                    + ", of a task that takes silence, expected releases that always answer: where one of two is silent,"
                    + " neither is right or wrong, and no margin compares them. The certificate of each says what it"
                    + " answers and how well");
        }
    }

    private void print(Release incumbent, Release candidate, Comparison comparison) {
        Paint paint = screen.paint();
        wrapped(
                paint.bold(candidate.id().value()) + " (" + name(candidate) + ") against "
                        + paint.bold(incumbent.id().value()) + " (" + name(incumbent) + "), on "
                        + Figures.count(comparison.result().pairs(), "sealed row") + " that both answered",
                UnaryOperator.identity());
        screen.out().println();
        wrapped(
                comparison.metric().title() + ": "
                        + comparison.result().verdict().sentence(),
                colour(comparison.result().verdict(), paint));
        wrapped("difference: " + signed(comparison.result().difference()), UnaryOperator.identity());
        wrapped("cost: " + comparison.cost().sentence(), UnaryOperator.identity());
        wrapped("time: " + time(comparison), UnaryOperator.identity());
        flips("better", comparison.gains(), paint::good);
        flips("worse", comparison.losses(), paint::bad);
    }

    private static String name(Release release) {
        return release.solution().rung().key() + ": " + release.solution().name();
    }

    private void wrapped(String text, UnaryOperator<String> colour) {
        Words.wrap(text, screen.columns()).forEach(line -> screen.out().println(colour.apply(line)));
    }

    private static UnaryOperator<String> colour(PairedVerdict verdict, Paint paint) {
        return switch (verdict) {
            case PairedVerdict.NotWorse notWorse -> paint::good;
            case PairedVerdict.Worse worse -> paint::bad;
            case PairedVerdict.NotEnough open -> paint::open;
        };
    }

    private static String signed(Estimate difference) {
        return sign(difference.estimate()) + " [" + sign(difference.low()) + ", " + sign(difference.high()) + "]";
    }

    private static String sign(double share) {
        return (share < 0 ? "−" : "+") + Figures.share(Math.abs(share));
    }

    private static String time(Comparison comparison) {
        Latencies before = comparison.before();
        Latencies after = comparison.after();
        Estimate saved = comparison.time();
        String verdict = saved.low() > 0 ? "faster" : saved.high() < 0 ? "slower" : "neither is shown to be faster";
        String mean = saved.low() > 0 || saved.high() < 0
                ? " by " + span(Math.abs(saved.estimate())) + " an answer on average"
                : "";
        return "p50 " + span(after.p50().estimate()) + " against "
                + span(before.p50().estimate()) + ", p95 "
                + span(after.p95().estimate()) + " against " + span(before.p95().estimate()) + ": " + verdict + mean;
    }

    private static String span(double seconds) {
        return Figures.time(Duration.ofNanos(Math.round(seconds * 1e9)));
    }

    private void flips(String how, List<Flip> flips, UnaryOperator<String> colour) {
        screen.out().println();
        screen.out().println(colour.apply(how + " on " + Figures.count(flips.size(), "row")));
        if (flips.isEmpty()) {
            return;
        }
        Table table = new Table().left("row").left("expected").left("incumbent").left("candidate");
        for (Flip flip : flips.subList(0, Math.min(FLIPS_SHOWN, flips.size()))) {
            table.row(
                    flip.example().toString(),
                    brief(flip.expected()),
                    brief(flip.incumbent()),
                    brief(flip.candidate()));
        }
        table.lines(screen.columns(), screen.paint()).forEach(screen.out()::println);
        if (flips.size() > FLIPS_SHOWN) {
            screen.out().println(screen.paint().dim("and " + (flips.size() - FLIPS_SHOWN) + " more; --json has all"));
        }
    }

    private static String brief(Output output) {
        String text =
                output instanceof Output.NoAnswer ? "no answer" : output.text().replaceAll("\\s+", " ");
        int most = 32;
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
