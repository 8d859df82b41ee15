package dev.rung.store;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.rung.Release;
import dev.rung.core.rung.ReleaseId;
import dev.rung.core.rung.Solution;
import dev.rung.core.task.TaskName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The releases, each an immutable folder and a row in the ledger, and which of them is in force for each task; thread-safe, also between processes.
 *
 * <p>A release exists once its row does. Its folder is whole before: built aside, forced to disk, then renamed. A folder without a row is what a crash left
 * and is swept away. Numbers are never given twice, not even those of releases that never came to be.
 */
public final class Releases {
    private final Database database;
    private final Path folder;
    private final InstantSource clock;
    private final Promotions promotions;

    Releases(Database database, Path folder, InstantSource clock) {
        this.database = database;
        this.folder = folder;
        this.clock = clock;
        this.promotions = new Promotions(database, clock);
    }

    /**
     * Makes a release.
     *
     * @param contents what it holds, asked for once its name is known
     */
    public Release publish(TaskName task, Function<ReleaseId, ReleaseContents> contents) {
        try (FolderLock lock = FolderLock.take(folder)) {
            sweep(lock);
            long number = database.writeDurably(connection -> nextNumber(connection, task));
            ReleaseId id = id(task, number);
            ReleaseContents given = contents.apply(id);
            Sha256 certificate = ReleaseFolder.write(folder(id), given);
            Instant now = Column.instant(clock.millis());
            Release release = new Release(id, task, given.solution(), certificate, now);
            database.writeDurably(connection -> insert(connection, release, number));
            return release;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a release of " + task + " into " + folder, e);
        }
    }

    /** Returns the folder of a release: {@code solution.json}, {@code artifacts/}, {@code certificate.json}, {@code outcomes/}, {@code report.html}. */
    public Path folder(ReleaseId id) {
        return folder.resolve(id.value());
    }

    /** Returns the release of that name. */
    public Optional<Release> find(ReleaseId id) {
        return database.read(connection -> find(connection, id));
    }

    /** Returns all releases of a task, oldest first. */
    public List<Release> of(TaskName task) {
        return database.read(connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT * FROM releases WHERE task = ? ORDER BY number")) {
                query.setString(1, task.value());
                return releases(query.executeQuery());
            }
        });
    }

    /** Returns all releases of all tasks, by task, oldest first. */
    public List<Release> all() {
        return database.read(connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT * FROM releases ORDER BY task, number")) {
                return releases(query.executeQuery());
            }
        });
    }

    /** Returns the release that is in force for a task. */
    public Optional<Release> promoted(TaskName task) {
        return database.read(connection -> {
            Optional<ReleaseId> current = Promotions.current(connection, task);
            return current.isPresent() ? find(connection, current.get()) : Optional.empty();
        });
    }

    /** Puts a release in force for its task; one that is in force stays so. */
    public Release promote(ReleaseId id) {
        Release release = require(id);
        promotions.promote(release);
        return release;
    }

    /**
     * Returns the release of that name.
     *
     * @throws RungException.WrongInput when there is none; the message names those there are
     */
    public Release require(ReleaseId id) {
        return find(id).orElseThrow(() -> new RungException.WrongInput("no release " + id + "; " + known()));
    }

    /**
     * Takes back the promotion that is in force, so that the one before it is again.
     *
     * @return the release that is now in force
     * @throws RungException.WrongInput when there is none to go back to
     */
    public Release rollback(TaskName task) {
        ReleaseId id = promotions.rollback(task);
        return find(id).orElseThrow(() -> new IllegalStateException("a promoted release without a row: " + id));
    }

    /** Returns what was promoted and rolled back for a task, oldest first. */
    public List<ReleaseEvent> history(TaskName task) {
        return promotions.history(task);
    }

    private String known() {
        List<Release> all = all();
        return all.isEmpty()
                ? "there is none yet: climb first"
                : "there are "
                        + String.join(
                                ", ", all.stream().map(r -> r.id().value()).toList());
    }

    /** Deletes what a crash left, unless a release is being made right now. */
    void sweep() {
        if (Files.isDirectory(folder)) {
            Optional<FolderLock> free = FolderLock.tryTake(folder);
            if (free.isPresent()) {
                try (FolderLock lock = free.get()) {
                    sweep(lock);
                }
            }
        }
    }

    // Without the lock, a folder whose row is about to be written would look like a leftover.
    private void sweep(FolderLock held) {
        List<Path> leftovers;
        try (Stream<Path> entries = Files.list(held.folder())) {
            leftovers =
                    entries.filter(Files::isDirectory).filter(this::isLeftover).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into " + folder, e);
        }
        leftovers.forEach(ReleaseFolder::delete);
    }

    private boolean isLeftover(Path entry) {
        String name = entry.getFileName().toString();
        if (name.startsWith(ReleaseFolder.BUILDING)) {
            return true;
        }
        // Only a folder whose number this ledger gave away may go: others may be releases of a ledger that was lost.
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("""
                    SELECT 1 FROM release_numbers n
                    WHERE n.task || '-' || n.number = ? AND NOT EXISTS (SELECT 1 FROM releases r WHERE r.id = ?)""")) {
                query.setString(1, name);
                query.setString(2, name);
                return query.executeQuery().next();
            }
        });
    }

    private long nextNumber(Connection connection, TaskName task) throws SQLException {
        long number;
        try (PreparedStatement query =
                connection.prepareStatement("SELECT coalesce(max(number), 0) FROM release_numbers WHERE task = ?")) {
            query.setString(1, task.value());
            ResultSet result = query.executeQuery();
            result.next();
            number = result.getLong(1) + 1;
        }
        while (Files.exists(folder(id(task, number)))) {
            number++;
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO release_numbers (task, number) VALUES (?, ?)")) {
            insert.setString(1, task.value());
            insert.setLong(2, number);
            insert.executeUpdate();
        }
        return number;
    }

    private static ReleaseId id(TaskName task, long number) {
        return new ReleaseId(task.value() + "-" + number);
    }

    private static boolean insert(Connection connection, Release release, long number) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO releases (id, task, number, solution, certificate, created_at) VALUES (?, ?, ?, ?, ?, ?)""")) {
            insert.setString(1, release.id().value());
            insert.setString(2, release.task().value());
            insert.setLong(3, number);
            insert.setString(4, release.solution().toJson().canonical());
            insert.setBytes(5, Column.bytes(release.certificate()));
            insert.setLong(6, release.created().toEpochMilli());
            return insert.executeUpdate() == 1;
        }
    }

    private static Optional<Release> find(Connection connection, ReleaseId id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT * FROM releases WHERE id = ?")) {
            query.setString(1, id.value());
            return releases(query.executeQuery()).stream().findFirst();
        }
    }

    private static List<Release> releases(ResultSet rows) throws SQLException {
        List<Release> releases = new ArrayList<>();
        while (rows.next()) {
            releases.add(new Release(
                    new ReleaseId(rows.getString("id")),
                    new TaskName(rows.getString("task")),
                    Solution.fromJson(Column.object(rows.getString("solution"))),
                    Column.hash(rows.getBytes("certificate")),
                    Column.instant(rows.getLong("created_at"))));
        }
        return releases;
    }
}
