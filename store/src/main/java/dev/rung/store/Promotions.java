package dev.rung.store;

import dev.rung.core.RungException;
import dev.rung.core.rung.Release;
import dev.rung.core.rung.ReleaseId;
import dev.rung.core.task.TaskName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which release is in force for each task: a stack of promotions, changed in one transaction together with its history. */
final class Promotions {
    private final Database database;
    private final InstantSource clock;

    Promotions(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    void promote(Release release) {
        database.writeDurably(connection -> {
            ReleaseId before = current(connection, release.task()).orElse(null);
            if (release.id().equals(before)) {
                return false;
            }
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO promotions (task, release) VALUES (?, ?)")) {
                insert.setString(1, release.task().value());
                insert.setString(2, release.id().value());
                insert.executeUpdate();
            }
            note(connection, release.task(), ReleaseEvent.Kind.PROMOTED, release.id(), before);
            return true;
        });
    }

    ReleaseId rollback(TaskName task) {
        return database.writeDurably(connection -> {
            List<ReleaseId> stack = stack(connection, task);
            if (stack.isEmpty()) {
                throw new RungException.WrongInput("nothing to roll back: no release of " + task + " was promoted");
            }
            if (stack.size() == 1) {
                throw new RungException.WrongInput("nothing to roll back to: " + stack.getFirst()
                        + " is the first release of " + task + " that was promoted");
            }
            try (PreparedStatement update = connection.prepareStatement("""
                    UPDATE promotions SET rolled_back = 1
                    WHERE id = (SELECT max(id) FROM promotions WHERE task = ? AND rolled_back = 0)""")) {
                update.setString(1, task.value());
                update.executeUpdate();
            }
            note(connection, task, ReleaseEvent.Kind.ROLLED_BACK, stack.get(1), stack.getFirst());
            return stack.get(1);
        });
    }

    static Optional<ReleaseId> current(Connection connection, TaskName task) throws SQLException {
        return stack(connection, task).stream().findFirst();
    }

    /** Returns the promotion in force and, if there is one, the one that a rollback would bring back. */
    private static List<ReleaseId> stack(Connection connection, TaskName task) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT release FROM promotions WHERE task = ? AND rolled_back = 0 ORDER BY id DESC LIMIT 2""")) {
            query.setString(1, task.value());
            ResultSet result = query.executeQuery();
            List<ReleaseId> stack = new ArrayList<>();
            while (result.next()) {
                stack.add(new ReleaseId(result.getString(1)));
            }
            return stack;
        }
    }

    private void note(
            Connection connection, TaskName task, ReleaseEvent.Kind kind, ReleaseId release, @Nullable ReleaseId before)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO release_events (task, kind, release, before, happened_at) VALUES (?, ?, ?, ?, ?)""")) {
            insert.setString(1, task.value());
            insert.setString(2, kind.name());
            insert.setString(3, release.value());
            insert.setString(4, before == null ? null : before.value());
            insert.setLong(5, clock.millis());
            insert.executeUpdate();
        }
    }

    List<ReleaseEvent> history(TaskName task) {
        return database.read(connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT * FROM release_events WHERE task = ? ORDER BY id")) {
                query.setString(1, task.value());
                ResultSet rows = query.executeQuery();
                List<ReleaseEvent> events = new ArrayList<>();
                while (rows.next()) {
                    String before = rows.getString("before");
                    events.add(new ReleaseEvent(
                            task,
                            ReleaseEvent.Kind.valueOf(rows.getString("kind")),
                            new ReleaseId(rows.getString("release")),
                            before == null ? null : new ReleaseId(before),
                            Column.instant(rows.getLong("happened_at"))));
                }
                return events;
            }
        });
    }
}
