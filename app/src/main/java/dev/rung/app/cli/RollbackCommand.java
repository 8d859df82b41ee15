package dev.rung.app.cli;

import dev.rung.core.rung.Release;
import dev.rung.core.rung.ReleaseId;
import dev.rung.core.task.TaskName;
import dev.rung.store.Ledger;
import dev.rung.store.Releases;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Put the release back in force that was before the last promotion. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Put the release back in force that was before the last promotion.",
        footerHeading = "%nExample:%n",
        footer = "  rung rollback support-routing")
final class RollbackCommand implements Callable<Integer> {
    private final Screen screen;
    private final Globals globals;

    @Parameters(paramLabel = "TASK", description = "the task whose last promotion is taken back")
    private String name = "";

    RollbackCommand(Screen screen, Globals globals) {
        this.screen = screen;
        this.globals = globals;
    }

    @Override
    public Integer call() {
        try (Ledger ledger = StateFolder.existing(globals.home())) {
            Releases releases = ledger.releases();
            TaskName task = Names.task(name);
            ReleaseId before = releases.promoted(task).map(Release::id).orElse(null);
            InForce.tell(screen, globals, releases.rollback(task), before);
            return ExitCode.MET.code();
        }
    }
}
