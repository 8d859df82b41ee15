package dev.rung.app.cli;

import dev.rung.core.json.Json;
import dev.rung.core.rung.Release;
import dev.rung.core.rung.ReleaseId;
import dev.rung.json.JsonText;
import org.jspecify.annotations.Nullable;

/** Says which release answers for a task now. */
final class InForce {
    private InForce() {}

    /** Tells that {@code release} is in force, in place of {@code before}. */
    static void tell(Screen screen, Globals globals, Release release, @Nullable ReleaseId before) {
        if (globals.json()) {
            Json.Obj json = Json.object(
                    "task", Json.of(release.task().value()),
                    "in_force", Json.of(release.id().value()),
                    "before", Json.ofNullable(before == null ? null : before.value()));
            screen.out().println(JsonText.pretty(json));
            return;
        }
        String change =
                before == null ? "" : before.equals(release.id()) ? ", as it was before" : ", in place of " + before;
        screen.out()
                .println(screen.paint().bold(release.id().value()) + " answers for " + release.task() + change + " ("
                        + release.solution().rung().key() + ": "
                        + release.solution().name() + ")");
    }
}
