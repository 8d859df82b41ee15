package dev.rung.store;

import dev.rung.core.Sha256;
import dev.rung.core.data.Example;
import dev.rung.core.data.RowMarks;
import dev.rung.core.data.SealedExamples;
import dev.rung.core.task.TaskName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every look at a sealed row: who took it, for what, and when; thread-safe. */
public final class SealedAccesses {
    private final Database database;
    private final InstantSource clock;

    SealedAccesses(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * How often sealed rows were handed out.
     *
     * @param accesses every time, repeats included
     * @param rows how many different rows that were
     */
    public record Count(long accesses, long rows) {}

    /** One look at a row of the sealed set with hash {@code data}. */
    public record Access(TaskName task, Sha256 data, String purpose, int index, String example, Instant at) {}

    /**
     * Returns where the accesses to the sealed set with hash {@code sealed} are written down.
     *
     * <p>Each row is in the ledger before {@code opened} returns, hence before anybody sees it: one write a row (tens of microseconds), never a batch
     * afterwards.
     */
    public SealedExamples.AccessLog log(TaskName task, Sha256 sealed) {
        Map<String, Long> purposes = new ConcurrentHashMap<>();
        Set<Integer> marked = ConcurrentHashMap.newKeySet();
        return (purpose, index, example) -> {
            long known = purposes.computeIfAbsent(purpose, p -> database.write(c -> purpose(c, task, sealed, p)));
            if (marked.contains(index)) {
                database.statement(connection -> insert(connection, known, index, example));
            } else {
                database.change(connection -> {
                    insert(connection, known, index, example);
                    mark(connection, task, sealed, example);
                });
                marked.add(index);
            }
        };
    }

    // What the error budget follows rows by, once they are in another sealed set.
    private static void mark(Connection connection, TaskName task, Sha256 sealed, Example example) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO sealed_sets (task, sealed_hash) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, task.value());
            insert.setBytes(2, Column.bytes(sealed));
            insert.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement("""
            INSERT INTO opened_rows (mark, sealed_set)
            SELECT ?, id FROM sealed_sets WHERE task = ? AND sealed_hash = ? ON CONFLICT DO NOTHING\
            """)) {
            insert.setString(2, task.value());
            insert.setBytes(3, Column.bytes(sealed));
            for (Sha256 mark : RowMarks.of(example)) {
                insert.setBytes(1, Column.bytes(mark));
                insert.executeUpdate();
            }
        }
    }

    private static long purpose(Connection connection, TaskName task, Sha256 sealed, String purpose)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
            INSERT INTO sealed_purposes (task, data_hash, purpose) VALUES (?, ?, ?) ON CONFLICT DO NOTHING\
            """)) {
            insert.setString(1, task.value());
            insert.setBytes(2, Column.bytes(sealed));
            insert.setString(3, purpose);
            insert.executeUpdate();
        }
        try (PreparedStatement query = connection.prepareStatement("""
            SELECT id FROM sealed_purposes WHERE task = ? AND data_hash = ? AND purpose = ?\
            """)) {
            query.setString(1, task.value());
            query.setBytes(2, Column.bytes(sealed));
            query.setString(3, purpose);
            ResultSet result = query.executeQuery();
            result.next();
            return result.getLong(1);
        }
    }

    private void insert(Connection connection, long purpose, int index, Example example) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
            INSERT INTO sealed_accesses (purpose, row_index, example, opened_at) VALUES (?, ?, ?, ?)\
            """)) {
            insert.setLong(1, purpose);
            insert.setInt(2, index);
            insert.setString(3, example.id().toString());
            insert.setLong(4, clock.millis());
            insert.executeUpdate();
        }
    }

    /** Returns how often rows of a sealed set were handed out, for any purpose. */
    public Count count(TaskName task, Sha256 sealed) {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("""
                SELECT count(*), count(DISTINCT row_index) FROM sealed_accesses
                WHERE purpose IN (SELECT id FROM sealed_purposes WHERE task = ? AND data_hash = ?)\
                """)) {
                query.setString(1, task.value());
                query.setBytes(2, Column.bytes(sealed));
                ResultSet result = query.executeQuery();
                result.next();
                return new Count(result.getLong(1), result.getLong(2));
            }
        });
    }

    /** Returns the accesses to a sealed set in the order in which they happened. */
    public List<Access> list(TaskName task, Sha256 sealed) {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("""
                SELECT p.purpose, a.row_index, a.example, a.opened_at
                FROM sealed_accesses a JOIN sealed_purposes p ON a.purpose = p.id
                WHERE p.task = ? AND p.data_hash = ? ORDER BY a.id\
                """)) {
                query.setString(1, task.value());
                query.setBytes(2, Column.bytes(sealed));
                ResultSet result = query.executeQuery();
                List<Access> accesses = new ArrayList<>();
                while (result.next()) {
                    accesses.add(new Access(
                            task,
                            sealed,
                            result.getString(1),
                            result.getInt(2),
                            result.getString(3),
                            Column.instant(result.getLong(4))));
                }
                return accesses;
            }
        });
    }
}
