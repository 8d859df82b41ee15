package dev.rung.store;

import dev.rung.core.model.SavedEmbeddings;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Everything that happened, kept in {@code ledger.db} in the state folder: model calls, vectors, looks at sealed rows, error spent, climbs and
 * releases.
 *
 * <p>Thread-safe, and safe while another process uses the same folder. What has been written survives a kill of the process at any moment; error draws,
 * climbs and releases survive a loss of power too.
 */
public final class Ledger implements AutoCloseable {
    private final Database database;
    private final Calls calls;
    private final SavedEmbeddings embeddings;
    private final SealedAccesses sealedAccesses;
    private final ErrorBudget errorBudget;
    private final Climbs climbs;
    private final Releases releases;

    private Ledger(Database database, Path state, InstantSource clock) {
        this.database = database;
        this.calls = new Calls(database, clock);
        this.embeddings = new Embeddings(database);
        this.sealedAccesses = new SealedAccesses(database, clock);
        this.errorBudget = new ErrorBudget(database, clock);
        this.climbs = new Climbs(database, state.resolve("climbing"), clock);
        this.releases = new Releases(database, state.resolve("releases"), clock);
    }

    /** Opens the ledger in {@code state}, a folder that is made when it is not there. */
    public static Ledger open(Path state) {
        return open(state, InstantSource.system());
    }

    /**
     * Opens the ledger in {@code state} with the given clock.
     *
     * @throws dev.rung.core.RungException.Corrupt when the file is no ledger
     * @throws dev.rung.core.RungException.WrongInput when a newer Rung wrote it
     * @throws dev.rung.core.RungException.Unavailable when it cannot be read or written
     */
    public static Ledger open(Path state, InstantSource clock) {
        Database database = Database.open(state.resolve("ledger.db"), Schema.LEDGER);
        Ledger ledger = new Ledger(database, state, clock);
        ledger.releases.sweep();
        return ledger;
    }

    public Calls calls() {
        return calls;
    }

    public SavedEmbeddings embeddings() {
        return embeddings;
    }

    public SealedAccesses sealedAccesses() {
        return sealedAccesses;
    }

    public ErrorBudget errorBudget() {
        return errorBudget;
    }

    public Climbs climbs() {
        return climbs;
    }

    public Releases releases() {
        return releases;
    }

    @Override
    public void close() {
        database.close();
    }
}
