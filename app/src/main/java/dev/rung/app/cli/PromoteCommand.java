package dev.rung.app.cli;

import dev.rung.core.rung.Release;
import dev.rung.core.rung.ReleaseId;
import dev.rung.store.Ledger;
import dev.rung.store.Releases;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Put a release in force for its task. */
@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        description = "Put a release in force for its task.",
        footerHeading = "%nExample:%n",
        footer = "  rung promote support-routing-2")
final class PromoteCommand implements Callable<Integer> {
    private final Screen screen;
    private final Globals globals;

    @Parameters(paramLabel = "RELEASE", description = "the release that is to answer")
    private String name = "";

    PromoteCommand(Screen screen, Globals globals) {
        this.screen = screen;
        this.globals = globals;
    }

    @Override
    public Integer call() {
        try (Ledger ledger = StateFolder.existing(globals.home())) {
            Releases releases = ledger.releases();
            ReleaseId id = Names.release(name);
            Release release = releases.find(id).orElse(null);
            ReleaseId before = release == null
                    ? null
                    : releases.promoted(release.task()).map(Release::id).orElse(null);
            Release promoted = releases.promote(id);
            InForce.tell(screen, globals, promoted, before);
            return ExitCode.MET.code();
        }
    }
}
