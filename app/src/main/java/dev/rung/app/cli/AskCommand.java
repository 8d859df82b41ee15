package dev.rung.app.cli;

import dev.rung.app.report.Figures;
import dev.rung.app.wiring.Wiring;
import dev.rung.core.RungException;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.evidence.promise.Derivation;
import dev.rung.core.json.Json;
import dev.rung.core.model.ModelId;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Release;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.Output;
import dev.rung.core.task.TaskName;
import dev.rung.json.JsonText;
import dev.rung.ladder.certificate.CertifiedTask;
import dev.rung.ladder.certificate.PromiseFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Asks the release that is in force for a task one question. */
@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        description = "Ask a task's release one question: output, confidence, price, latency, provenance.",
        footerHeading = "%nExamples:%n",
        footer = {"  rung ask support-routing \"where is my parcel?\"", "  cat letter.txt | rung ask support-routing -"
        })
final class AskCommand implements Callable<Integer> {
    private final Screen screen;
    private final Globals globals;

    @Parameters(index = "0", paramLabel = "TASK", description = "a task with a promoted release")
    private String task = "";

    @Parameters(index = "1", paramLabel = "TEXT", description = "the question; - reads it from the standard input")
    private String text = "";

    AskCommand(Screen screen, Globals globals) {
        this.screen = screen;
        this.globals = globals;
    }

    @Override
    public Integer call() {
        TaskName name = Names.task(task);
        String question = text.equals("-") ? standardInput() : text;
        StateFolder.require(globals.home());
        try (Wiring wiring = new Wiring(globals.home(), System.getenv(), Clock.systemUTC())) {
            Release release = wiring.ledger()
                    .releases()
                    .promoted(name)
                    .orElseThrow(() -> new RungException.WrongInput("no release answers for a task named " + name
                            + "; rung releases lists those there are, and rung promote puts one in force"));
            try (Solver solver = wiring.load(
                    release, CertifiedTask.read(wiring.ledger().releases().folder(release.id())))) {
                Answer answer = solver.answer(question);
                if (globals.json()) {
                    screen.out().println(JsonText.pretty(json(release, answer)));
                } else {
                    print(release, answer);
                }
                return (answer.output() instanceof Output.NoAnswer ? ExitCode.UNAVAILABLE : ExitCode.MET).code();
            }
        }
    }

    private static String standardInput() {
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the standard input", e);
        }
    }

    private void print(Release release, Answer answer) {
        Paint paint = screen.paint();
        String output = switch (answer.output()) {
            case Output.Label(String label) -> label;
            case Output.Fields(Json.Obj value) -> JsonText.pretty(value);
            case Output.Text(String said) -> said;
            case Output.Abstention(String says) -> says;
            case Output.NoAnswer(String reason) -> "no answer: " + reason;
        };
        screen.out().println(paint.bold(output));
        List<String> facts = new ArrayList<>();
        if (answer.output() instanceof Output.Abstention) {
            facts.add("it does not know: confidence " + Figures.confidence(answer.confidence())
                    + ", and it answers from " + Figures.confidence(threshold(release)) + " on");
        } else if (!Double.isNaN(answer.confidence())) {
            facts.add("confidence " + Figures.confidence(answer.confidence()));
        }
        facts.add(
                switch (answer.price()) {
                    case Price.Known(Usd amount) -> amount.toString();
                    case Price.Unknown(String why) -> "price unknown: " + why;
                });
        facts.add(Figures.time(answer.time()));
        facts.add(answer.provenance().rung().key() + ": " + release.solution().name());
        facts.add(release.id().value());
        screen.err().println(screen.errPaint().dim(String.join(" · ", facts)));
    }

    // Of a release that may be silent.
    private static double threshold(Release release) {
        return Derivation.fromJson(release.solution().recipe().object(PromiseFile.RECIPE_KEY))
                .threshold()
                .orElse(Double.NaN);
    }

    private static Json.Obj json(Release release, Answer answer) {
        Json output = switch (answer.output()) {
            case Output.Fields(Json.Obj value) -> value;
            case Output.NoAnswer none -> Json.Nil.NULL;
            case Output.Label label -> Json.of(label.name());
            case Output.Text said -> Json.of(said.text());
            case Output.Abstention silence -> Json.of(silence.says());
        };
        Json price = answer.price() instanceof Price.Known(Usd amount) ? Json.of(amount.amount()) : Json.Nil.NULL;
        Json.Obj json = Json.object(
                        "task",
                        Json.of(release.task().value()),
                        "output",
                        output,
                        "confidence",
                        Json.of(answer.confidence()),
                        "price_usd",
                        price)
                .with("latency_ms", Json.of(answer.time().toNanos() / 1e6))
                .with("release", Json.of(release.id().value()))
                .with("rung", Json.of(answer.provenance().rung().key()))
                .with("solution", Json.of(release.solution().name()))
                .with("answered_by", Json.of(answer.provenance().answeredBy()))
                .with(
                        "models",
                        Json.strings(answer.provenance().models().stream()
                                .map(ModelId::value)
                                .toList()));
        return switch (answer.output()) {
            case Output.NoAnswer(String reason) -> json.with("reason", Json.of(reason));
            case Output.Abstention silence ->
                json.with("abstained", Json.of(true)).with("threshold", Json.of(threshold(release)));
            case Output.Label label -> json;
            case Output.Fields fields -> json;
            case Output.Text said -> json;
        };
    }
}
