package dev.rung.app.cli;

import dev.rung.core.RungException;
import dev.rung.store.Ledger;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder in which Rung keeps its state, as commands that only look into it use it. */
final class StateFolder {
    private StateFolder() {}

    /** Returns the ledger of a state folder that is there; commands that look must not make one. The caller closes it. */
    static Ledger existing(Path home) {
        require(home);
        return Ledger.open(home);
    }

    /** Checks that something was climbed with this state folder. */
    static void require(Path home) {
        if (!Files.exists(home.resolve("ledger.db"))) {
            throw new RungException.WrongInput("nothing has been climbed here: there is no ledger in " + home
                    + ". Run rung climb TASK_FOLDER first, or name the right folder with --home");
        }
    }
}
