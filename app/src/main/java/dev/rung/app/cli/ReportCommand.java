package dev.rung.app.cli;

import dev.rung.app.report.ClimbSummary;
import dev.rung.app.report.ReportPage;
import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.core.task.TaskName;
import dev.rung.json.JsonText;
import dev.rung.store.Climbs;
import dev.rung.store.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws the report of a climb again, from what was kept of it. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Write the report of a task's last climb, or of the climb that made a release.",
        footerHeading = "%nExample:%n",
        footer = "  rung report support-routing --open")
final class ReportCommand implements Callable<Integer> {
    private static final Pattern NUMBERED = Pattern.compile("(.*)-[0-9]+");

    private final Screen screen;
    private final Globals globals;

    @Parameters(paramLabel = "TASK|RELEASE", description = "a task that was climbed, or a release")
    private String name = "";

    @Option(names = "--open", description = "open it in the browser")
    private boolean open;

    ReportCommand(Screen screen, Globals globals) {
        this.screen = screen;
        this.globals = globals;
    }

    @Override
    public Integer call() throws IOException {
        Json.Obj kept;
        try (Ledger ledger = StateFolder.existing(globals.home())) {
            kept = find(ledger.climbs());
        }
        Path file = globals.home().resolve("reports").resolve(name + ".html").toAbsolutePath();
        write(file, ReportPage.of(ClimbSummary.fromJson(kept)));
        if (globals.json()) {
            screen.out().println(JsonText.pretty(Json.object("report", Json.of(file.toString()), "climb", kept)));
        } else {
            screen.out().println(file);
        }
        if (open) {
            Browser.open(file);
        }
        return ExitCode.MET.code();
    }

    private Json.Obj find(Climbs climbs) {
        TaskName task = Names.task(name);
        Climbs.Climb last = climbs.lastEnded(task).orElse(null);
        if (last != null && last.end() != null) {
            return last.end().summary();
        }
        var numbered = NUMBERED.matcher(name);
        if (numbered.matches() && TaskName.isValid(numbered.group(1))) {
            for (Climbs.Climb climb :
                    climbs.list(new TaskName(numbered.group(1))).reversed()) {
                Json.Obj summary = summary(climb);
                if (summary != null
                        && summary.get("release") instanceof Json.Str(String release)
                        && release.equals(name)) {
                    return summary;
                }
            }
        }
        throw new RungException.WrongInput("no finished climb of a task, and no release, is called " + name
                + "; rung releases lists the releases");
    }

    private static Json.@Nullable Obj summary(Climbs.Climb climb) {
        return climb.end() == null ? null : climb.end().summary();
    }

    private static void write(Path file, String page) {
        try {
            Files.createDirectories(file.resolveSibling(".").normalize());
            Files.writeString(file, page, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** The program with which this desktop opens a page. */
    private static final class Browser {
        static void open(Path page) throws IOException {
            String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
            List<String> command = system.contains("mac")
                    ? List.of("open", page.toString())
                    : system.contains("win")
                            ? List.of(
                                    "rundll32",
                                    "url.dll,FileProtocolHandler",
                                    page.toUri().toString())
                            : List.of("xdg-open", page.toString());
            try {
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
            } catch (IOException e) {
                throw new RungException.Unavailable(
                        "cannot open a browser with " + command.getFirst() + "; the report is " + page, e);
            }
        }
    }
}
