package dev.rung.store;

import dev.rung.core.model.ModelId;
import dev.rung.core.model.SavedCalls;
import dev.rung.core.task.TaskName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The model calls ever made, each under the run that paid for it and there for every later one; thread-safe. */
public final class Calls {
    private final Database database;
    private final InstantSource clock;

    Calls(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Returns all saved calls; new ones are booked on the run {@code run} of the task. */
    public SavedCalls of(TaskName task, String run) {
        return new RunCalls(database, clock, new Run(task, run));
    }

    /** Returns how many calls were ever made. */
    public long count() {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM calls")) {
                ResultSet result = query.executeQuery();
                result.next();
                return result.getLong(1);
            }
        });
    }

    /** Returns how many calls a run made, by model. */
    public SequencedMap<ModelId, Long> countByModel(TaskName task, String run) {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("""
                    SELECT model, count(*) FROM calls
                    WHERE run = (SELECT id FROM runs WHERE task = ? AND name = ?)
                    GROUP BY model ORDER BY model""")) {
                query.setString(1, task.value());
                query.setString(2, run);
                return counts(query.executeQuery());
            }
        });
    }

    /** Returns how many calls all runs of a task made, by model. */
    public SequencedMap<ModelId, Long> countByModel(TaskName task) {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("""
                    SELECT model, count(*) FROM calls
                    WHERE run IN (SELECT id FROM runs WHERE task = ?)
                    GROUP BY model ORDER BY model""")) {
                query.setString(1, task.value());
                return counts(query.executeQuery());
            }
        });
    }

    private static SequencedMap<ModelId, Long> counts(ResultSet result) throws java.sql.SQLException {
        SequencedMap<ModelId, Long> counts = new LinkedHashMap<>();
        while (result.next()) {
            counts.put(new ModelId(result.getString(1)), result.getLong(2));
        }
        return counts;
    }

    /** Who pays for a call. */
    record Run(TaskName task, String name) {}
}
