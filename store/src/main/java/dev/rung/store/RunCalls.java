package dev.rung.store;

import dev.rung.core.Sha256;
import dev.rung.core.json.Json;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.SavedCalls;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All saved calls, as one run of a task sees them.
 *
 * <p>A save is one transaction that waits for the operating system, not for the disk: it survives a kill of the process, and the worst that a loss of power
 * can do is that the calls of the last moments are made again.
 */
final class RunCalls implements SavedCalls {
    private static final long UNKNOWN = -1;

    private final Database database;
    private final InstantSource clock;
    private final Calls.Run run;
    private volatile long runNumber = UNKNOWN;

    RunCalls(Database database, InstantSource clock, Calls.Run run) {
        this.database = database;
        this.clock = clock;
        this.run = run;
    }

    @Override
    public Json.@Nullable Obj find(Sha256 key) {
        return database.read(connection -> answer(connection, key))
                .map(Column::object)
                .orElse(null);
    }

    private static Optional<String> answer(Connection connection, Sha256 key) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT answer FROM calls WHERE call_key = ?")) {
            query.setBytes(1, Column.bytes(key));
            ResultSet result = query.executeQuery();
            return result.next() ? Optional.of(result.getString(1)) : Optional.empty();
        }
    }

    @Override
    public void save(Sha256 key, ModelId model, Json.Obj request, Json.Obj answer) {
        long paying = run();
        database.statement(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    INSERT INTO calls (call_key, run, model, request, answer, made_at) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (call_key) DO NOTHING""")) {
                insert.setBytes(1, Column.bytes(key));
                insert.setLong(2, paying);
                insert.setString(3, model.value());
                insert.setString(4, request.compact());
                insert.setString(5, answer.compact());
                insert.setLong(6, clock.millis());
                insert.executeUpdate();
            }
        });
    }

    private long run() {
        long known = runNumber;
        if (known == UNKNOWN) {
            known = database.write(this::runNumber);
            runNumber = known;
        }
        return known;
    }

    private long runNumber(Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO runs (task, name) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, run.task().value());
            insert.setString(2, run.name());
            insert.executeUpdate();
        }
        try (PreparedStatement query = connection.prepareStatement("SELECT id FROM runs WHERE task = ? AND name = ?")) {
            query.setString(1, run.task().value());
            query.setString(2, run.name());
            ResultSet result = query.executeQuery();
            result.next();
            return result.getLong(1);
        }
    }
}
