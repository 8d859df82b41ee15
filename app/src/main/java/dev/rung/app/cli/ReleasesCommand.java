package dev.rung.app.cli;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.core.rung.Release;
import dev.rung.core.rung.ReleaseId;
import dev.rung.json.JsonText;
import dev.rung.store.Ledger;
import dev.rung.store.Releases;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists releases and says which of them are in force. */
@Command(
        name = "releases",
        mixinStandardHelpOptions = true,
        description = "List the releases, and which of them answers for its task.",
        footerHeading = "%nExample:%n",
        footer = "  rung releases support-routing")
final class ReleasesCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final Screen screen;
    private final Globals globals;

    @Parameters(paramLabel = "TASK", arity = "0..1", description = "only this task's")
    private @Nullable String task;

    ReleasesCommand(Screen screen, Globals globals) {
        this.screen = screen;
        this.globals = globals;
    }

    @Override
    public Integer call() {
        try (Ledger ledger = StateFolder.existing(globals.home())) {
            Releases releases = ledger.releases();
            List<Release> listed = task == null ? releases.all() : releases.of(Names.task(task));
            if (task != null && listed.isEmpty()) {
                throw new RungException.WrongInput("there is no release of a task named " + task);
            }
            Set<ReleaseId> inForce = new HashSet<>();
            listed.stream()
                    .map(Release::task)
                    .distinct()
                    .forEach(name -> releases.promoted(name).ifPresent(release -> inForce.add(release.id())));
            if (globals.json()) {
                screen.out().println(JsonText.pretty(json(listed, inForce)));
            } else {
                print(listed, inForce);
            }
        }
        return ExitCode.MET.code();
    }

    private static Json json(List<Release> releases, Set<ReleaseId> inForce) {
        return Json.object(
                "releases",
                Json.array(releases.stream()
                        .map(release -> Json.object(
                                        "release", Json.of(release.id().value()),
                                        "task", Json.of(release.task().value()),
                                        "rung",
                                                Json.of(release.solution()
                                                        .rung()
                                                        .key()),
                                        "solution", Json.of(release.solution().name()))
                                .with("created", Json.of(release.created().toString()))
                                .with(
                                        "certificate",
                                        Json.of(release.certificate().hex()))
                                .with("in_force", Json.of(inForce.contains(release.id()))))
                        .toList()));
    }

    private void print(List<Release> releases, Set<ReleaseId> inForce) {
        if (releases.isEmpty()) {
            screen.out().println("there is no release yet: rung climb TASK_FOLDER makes one when a rung meets the bar");
            return;
        }
        Paint paint = screen.paint();
        Table table = new Table()
                .left("release")
                .left("rung")
                .left("solution")
                .left("made")
                .left("");
        for (Release release : releases) {
            boolean answers = inForce.contains(release.id());
            table.row(
                    new Table.Cell(release.id().value(), paint::bold),
                    Table.Cell.of(release.solution().rung().key()),
                    Table.Cell.of(release.solution().name()),
                    Table.Cell.of(TIME.format(release.created().atZone(ZoneId.systemDefault()))),
                    new Table.Cell(answers ? "in force" : "", paint::good));
        }
        table.lines(screen.columns(), paint).forEach(screen.out()::println);
    }
}
