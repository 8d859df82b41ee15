package dev.rung.store;

import dev.rung.core.Sha256;
import dev.rung.core.json.Json;
import dev.rung.core.task.TaskName;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The climbs that were begun, and how they ended; thread-safe. */
public final class Climbs {
    private final Database database;
    private final Path holds;
    private final InstantSource clock;

    Climbs(Database database, Path holds, InstantSource clock) {
        this.database = database;
        this.holds = holds;
        this.clock = clock;
    }

    /**
     * A climb.
     *
     * @param id counted from 1 over all tasks; never reused
     * @param inputs the hash of all that determines the climb: task, data, models, seed
     * @param folder where the task was read from; null for a climb of an older version
     * @param end how it ended; null while it goes on, and after a kill
     */
    public record Climb(
            long id,
            TaskName task,
            Sha256 inputs,
            @Nullable Path folder,
            Instant started,
            @Nullable End end) {}

    /** How a climb ended. */
    public record End(Instant at, String verdict, Json.Obj summary) {}

    /**
     * Waits until nobody else climbs for {@code task}, in this process or another, and holds it: two climbs at once would pay twice and each see what the other
     * has drawn as spent.
     *
     * @param waiting told once who holds it, where somebody does
     */
    public TaskHold hold(TaskName task, Consumer<String> waiting) {
        return TaskHold.take(holds, task, waiting);
    }

    /** Returns the climb from the same inputs that was begun last and never ended, to be gone on with; otherwise a new one. */
    public Climb begin(TaskName task, Sha256 inputs, Path folder) {
        return database.writeDurably(connection -> {
            try (PreparedStatement query = connection.prepareStatement("""
                SELECT * FROM climbs WHERE task = ? AND inputs = ? AND finished_at IS NULL ORDER BY id DESC LIMIT 1\
                """)) {
                query.setString(1, task.value());
                query.setBytes(2, Column.bytes(inputs));
                ResultSet result = query.executeQuery();
                if (result.next()) {
                    return climb(result);
                }
            }
            try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO climbs (task, inputs, folder, started_at) VALUES (?, ?, ?, ?) RETURNING *\
                """)) {
                insert.setString(1, task.value());
                insert.setBytes(2, Column.bytes(inputs));
                insert.setString(3, folder.toAbsolutePath().normalize().toString());
                insert.setLong(4, clock.millis());
                ResultSet result = insert.executeQuery();
                result.next();
                return climb(result);
            }
        });
    }

    /** Records how the climb ended. */
    public void end(long id, String verdict, Json.Obj summary) {
        int changed = database.writeDurably(connection -> {
            try (PreparedStatement update = connection.prepareStatement("""
                UPDATE climbs SET finished_at = ?, verdict = ?, summary = ? WHERE id = ?\
                """)) {
                update.setLong(1, clock.millis());
                update.setString(2, verdict);
                update.setString(3, summary.compact());
                update.setLong(4, id);
                return update.executeUpdate();
            }
        });
        if (changed == 0) {
            throw new IllegalArgumentException("no climb " + id);
        }
    }

    /** Returns the task's climb that ended last. */
    public Optional<Climb> lastEnded(TaskName task) {
        return list(task).stream().filter(climb -> climb.end() != null).reduce((first, second) -> second);
    }

    /** Returns the task's climbs, oldest first. */
    public List<Climb> list(TaskName task) {
        return database.read(connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT * FROM climbs WHERE task = ? ORDER BY id")) {
                query.setString(1, task.value());
                ResultSet result = query.executeQuery();
                List<Climb> climbs = new ArrayList<>();
                while (result.next()) {
                    climbs.add(climb(result));
                }
                return climbs;
            }
        });
    }

    private static Climb climb(ResultSet row) throws SQLException {
        String summary = row.getString("summary");
        End end = summary == null
                ? null
                : new End(Column.instant(row.getLong("finished_at")), row.getString("verdict"), Column.object(summary));
        String folder = row.getString("folder");
        return new Climb(
                row.getLong("id"),
                new TaskName(row.getString("task")),
                Column.hash(row.getBytes("inputs")),
                folder == null ? null : Path.of(folder),
                Column.instant(row.getLong("started_at")),
                end);
    }
}
