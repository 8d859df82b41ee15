package dev.rung.store;

import dev.rung.core.Sha256;
import dev.rung.core.task.TaskName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has been drawn from the one error probability that all tests on a sealed set share; thread-safe, and exact between processes.
 *
 * <p>A draw belongs to a named test: the same test that asks again, after a kill say, gets what it drew before and spends nothing more.
 */
public final class ErrorBudget {
    // Sums of shares such as 0.05/3 miss the total by rounding.
    private static final double ROUNDING = 1e-12;

    private final Database database;
    private final InstantSource clock;

    ErrorBudget(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** An amount of error probability given to a test. */
    public record Draw(String test, double amount, Instant at) {}

    /**
     * Draws {@code amount} for {@code test}.
     *
     * @param total the whole budget of this sealed set, strictly between 0 and 1
     * @param amount what the test asks for, above 0
     * @return the draw, or what the test drew before; empty when so much is no longer there
     */
    public Optional<Draw> draw(TaskName task, Sha256 sealed, String test, double amount, double total) {
        if (!(amount > 0 && total > 0 && total < 1)) {
            throw new IllegalArgumentException("no draw: " + amount + " of " + total);
        }
        return database.writeDurably(connection -> {
            List<Draw> draws = draws(connection, task, sealed);
            double spent = 0;
            for (Draw draw : draws) {
                if (draw.test().equals(test)) {
                    return Optional.of(draw);
                }
                spent += draw.amount();
            }
            if (spent + amount > total + ROUNDING) {
                return Optional.empty();
            }
            Draw draw = new Draw(test, amount, Column.instant(clock.millis()));
            insert(connection, task, sealed, draw);
            return Optional.of(draw);
        });
    }

    /** Returns what all tests on a sealed set have drawn together. */
    public double spent(TaskName task, Sha256 sealed) {
        return draws(task, sealed).stream().mapToDouble(Draw::amount).sum();
    }

    /** Returns the draws in the order in which they were made. */
    public List<Draw> draws(TaskName task, Sha256 sealed) {
        return database.read(connection -> draws(connection, task, sealed));
    }

    private static List<Draw> draws(Connection connection, TaskName task, Sha256 sealed) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                SELECT test, amount, drawn_at FROM error_draws WHERE task = ? AND sealed_hash = ? ORDER BY id""")) {
            query.setString(1, task.value());
            query.setBytes(2, Column.bytes(sealed));
            ResultSet result = query.executeQuery();
            List<Draw> draws = new ArrayList<>();
            while (result.next()) {
                draws.add(new Draw(result.getString(1), result.getDouble(2), Column.instant(result.getLong(3))));
            }
            return draws;
        }
    }

    private static void insert(Connection connection, TaskName task, Sha256 sealed, Draw draw) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO error_draws (task, sealed_hash, test, amount, drawn_at) VALUES (?, ?, ?, ?, ?)""")) {
            insert.setString(1, task.value());
            insert.setBytes(2, Column.bytes(sealed));
            insert.setString(3, draw.test());
            insert.setDouble(4, draw.amount());
            insert.setLong(5, draw.at().toEpochMilli());
            insert.executeUpdate();
        }
    }
}
