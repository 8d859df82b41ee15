package dev.rung.app.cli;

import dev.rung.app.wiring.ReplayRun;
import dev.rung.app.wiring.Wiring;
import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import dev.rung.ladder.certificate.Certificate;
import dev.rung.ladder.certificate.CertificateVerifier;
import dev.rung.ladder.certificate.Verification;
import dev.rung.store.Ledger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Computes every verdict of a certificate again from the saved answers, and finds any byte that was changed. */
@Command(
        name = "verify-certificate",
        mixinStandardHelpOptions = true,
        description = "Compute every verdict of a certificate again, and find any byte that was changed.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  rung verify-certificate support-routing-1",
            "  rung verify-certificate .rung/releases/support-routing-1",
            "  rung verify-certificate support-routing-1 --replay"
        })
final class VerifyCertificateCommand implements Callable<Integer> {
    private final Screen screen;
    private final Globals globals;

    @Parameters(paramLabel = "RELEASE|FOLDER", description = "a release, or a folder that holds one")
    private String name = "";

    @Option(
            names = "--replay",
            paramLabel = "TASK_FOLDER",
            arity = "0..1",
            fallbackValue = "",
            description = "ask the solution every certifying question once more, with the examples of this task"
                    + " (default: of the folder that was climbed last), and compare the answers")
    private @Nullable String replay;

    VerifyCertificateCommand(Screen screen, Globals globals) {
        this.screen = screen;
        this.globals = globals;
    }

    @Override
    public Integer call() {
        Path folder = folder();
        Verification verification = replay == null ? CertificateVerifier.verify(folder) : replayed(folder, replay);
        if (globals.json()) {
            screen.out().println(JsonText.pretty(verification.toJson().with("folder", Json.of(folder.toString()))));
        } else {
            print(folder, verification);
        }
        return (verification.ok() ? ExitCode.MET : ExitCode.WRONG_INPUT).code();
    }

    // What was changed is found first: nothing is asked of a solution that is not the certified one.
    private Verification replayed(Path folder, String taskFolder) {
        Verification plain = CertificateVerifier.verify(folder);
        if (!plain.ok()) {
            return plain;
        }
        try (Wiring wiring = new Wiring(globals.home(), System.getenv(), Clock.systemUTC());
                ProgressLine line = new ProgressLine(screen);
                ReplayRun run = ReplayRun.of(
                        wiring,
                        folder,
                        taskFolder.isEmpty() ? null : Path.of(taskFolder),
                        (what, done, total) -> line.at(() -> what + ", " + done + " of " + total))) {
            return CertificateVerifier.verify(folder, run);
        }
    }

    private Path folder() {
        Path given = Path.of(name);
        if (Files.isRegularFile(given.resolve(Certificate.FILE))) {
            return given;
        }
        if (Files.isDirectory(given)) {
            throw new RungException.WrongInput(given + ": found a folder without " + Certificate.FILE
                    + ", expected a release's folder such as .rung/releases/support-routing-1");
        }
        try (Ledger ledger = StateFolder.existing(globals.home())) {
            var id = Names.release(name);
            Path folder = ledger.releases().folder(id);
            if (ledger.releases().find(id).isEmpty() || !Files.isDirectory(folder)) {
                throw new RungException.WrongInput("no release " + name + "; rung releases lists them");
            }
            return folder;
        }
    }

    private void print(Path folder, Verification verification) {
        Paint paint = screen.paint();
        Table table = new Table().left("").left("checked").left("found");
        for (Verification.Check check : verification.checks()) {
            table.row(
                    check.ok() ? new Table.Cell("ok", paint::good) : new Table.Cell("WRONG", paint::bad),
                    Table.Cell.of(check.name()),
                    new Table.Cell(check.detail(), check.ok() ? paint::dim : paint::bad));
        }
        table.lines(screen.columns(), paint).forEach(screen.out()::println);
        screen.out().println();
        int failures = verification.failures().size();
        screen.out()
                .println(
                        failures == 0
                                ? paint.good("the certificate holds: ")
                                        + verification.checks().size() + " checks of " + folder
                                : paint.bad("the certificate does not hold: ") + failures + " of "
                                        + verification.checks().size() + " checks of " + folder + " failed");
    }
}
