package dev.rung.store;

import java.nio.file.Path;

/**
 * What the gateway keeps in {@code traffic.db} in the state folder: its callers' keys and rules, its requests, and replies to be given again.
 *
 * <p>A file of its own, so that heavy traffic neither delays nor swells the ledger of climbs. Thread-safe, and safe while another process uses the same folder.
 */
public final class Traffic implements AutoCloseable {
    private final Database database;
    private final Keys keys;
    private final Requests requests;
    private final Replies replies;

    private Traffic(Database database) {
        this.database = database;
        this.keys = new Keys(database);
        this.requests = new Requests(database);
        this.replies = new Replies(database);
    }

    /**
     * Opens the file in {@code state}, a folder that is made when it is not there.
     *
     * @throws dev.rung.core.RungException.Corrupt when the file is another program's
     * @throws dev.rung.core.RungException.WrongInput when a newer Rung wrote it
     * @throws dev.rung.core.RungException.Unavailable when it cannot be read or written
     */
    public static Traffic open(Path state) {
        return new Traffic(Database.open(state.resolve("traffic.db"), Schema.TRAFFIC));
    }

    public Keys keys() {
        return keys;
    }

    public Requests requests() {
        return requests;
    }

    public Replies replies() {
        return replies;
    }

    @Override
    public void close() {
        database.close();
    }
}
