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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What has been drawn from the one error probability that all tests on the same sealed rows share; thread-safe, and exact between processes.
 *
 * <p>Draws follow the rows: a sealed set that holds a row which was opened in another one counts the draws of that one as its own, whatever was added, removed or
 * labelled anew since. Only rows that nobody has opened start afresh. So all tests that ever opened any one row together draw no more than the total.
 *
 * <p>A draw belongs to a named test: the same test that asks again, after a kill say, gets what it drew before and spends nothing more.
 */
public final class ErrorBudget {
    private static final double ROUNDING = 1e-12;

    private final Database database;
    private final InstantSource clock;

    ErrorBudget(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * An amount of error probability given to a test.
     *
     * @param sealed the hash of the sealed set that the test ran on
     * @param test names all that determines the test
     * @param candidate what was tested, for people
     * @param verdict how the test ended, in a word; null while it runs and after a kill
     */
    public record Draw(
            Sha256 sealed,
            String test,
            String candidate,
            double amount,
            Instant at,
            @Nullable String verdict) {}

    /**
     * Draws for {@code test} a share of what is left.
     *
     * @param share strictly between 0 and 1, so that something is always left
     * @param total the whole budget, strictly between 0 and 1
     * @return the draw, or what the test drew before; empty when nothing is left, because the total was lowered or a test that was cut short goes on
     *     after its rows were opened elsewhere
     */
    public Optional<Draw> draw(SealedSet set, String test, String candidate, double share, double total) {
        if (!(share > 0 && share < 1 && total > 0 && total < 1)) {
            throw new IllegalArgumentException("no draw: a share of " + share + " of " + total);
        }
        return database.writeDurably(connection -> {
            double left = total;
            Draw own = null;
            for (Draw draw : draws(connection, set)) {
                own = draw.sealed().equals(set.hash()) && draw.test().equals(test) ? draw : own;
                left -= draw.amount();
            }
            if (own != null) {
                // Less than nothing is left when, since the draw, its rows were opened in other sets, too.
                return left < -ROUNDING ? Optional.empty() : Optional.of(own);
            }
            double amount = share * left;
            if (!(amount > 0)) {
                return Optional.empty();
            }
            Draw draw = new Draw(set.hash(), test, candidate, amount, Column.instant(clock.millis()), null);
            insert(connection, set.task(), draw);
            return Optional.of(draw);
        });
    }

    /** Notes how a test ended. */
    public void settle(SealedSet set, String test, String verdict) {
        database.change(connection -> {
            try (PreparedStatement update = connection.prepareStatement("""
                UPDATE error_draws SET verdict = ? WHERE task = ? AND sealed_hash = ? AND test = ?\
                """)) {
                update.setString(1, verdict);
                update.setString(2, set.task().value());
                update.setBytes(3, Column.bytes(set.hash()));
                update.setString(4, test);
                update.executeUpdate();
            }
        });
    }

    /** Returns what all tests on rows of {@code set} have drawn together. */
    public double spent(SealedSet set) {
        return draws(set).stream().mapToDouble(Draw::amount).sum();
    }

    /** Returns the draws that count against {@code set}, those on other sets that share an opened row with it included, in the order in which they were made. */
    public List<Draw> draws(SealedSet set) {
        return database.read(connection -> draws(connection, set));
    }

    /** Returns those marks of {@code set} whose rows were opened, in this or another sealed set of its task. */
    public Set<Sha256> opened(SealedSet set) {
        return database.read(connection -> {
            Set<Sha256> opened = new HashSet<>();
            forEachOpened(connection, set, (mark, id) -> opened.add(mark));
            return opened;
        });
    }

    private static List<Draw> draws(Connection connection, SealedSet set) throws SQLException {
        Set<Long> sharing = new TreeSet<>();
        forEachOpened(connection, set, (mark, id) -> sharing.add(id));
        List<Draw> draws = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("""
            SELECT d.*, s.id AS set_id FROM error_draws d
            LEFT JOIN sealed_sets s ON s.task = d.task AND s.sealed_hash = d.sealed_hash
            WHERE d.task = ? ORDER BY d.id\
            """)) {
            query.setString(1, set.task().value());
            ResultSet row = query.executeQuery();
            while (row.next()) {
                Draw draw = draw(row);
                boolean rowsKept = row.getInt("rows_kept") == 1; // without, any row may have been among them
                boolean shares = sharing.contains(row.getLong("set_id"));
                if (draw.sealed().equals(set.hash()) || shares || !rowsKept) {
                    draws.add(draw);
                }
            }
        }
        return draws;
    }

    private static Draw draw(ResultSet row) throws SQLException {
        return new Draw(
                Column.hash(row.getBytes("sealed_hash")),
                row.getString("test"),
                row.getString("candidate"),
                row.getDouble("amount"),
                Column.instant(row.getLong("drawn_at")),
                row.getString("verdict"));
    }

    /** Takes an opened mark and the set in which it was opened. */
    @FunctionalInterface
    private interface Opened {
        void in(Sha256 mark, long set);
    }

    private static void forEachOpened(Connection connection, SealedSet set, Opened opened) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
            SELECT o.sealed_set FROM opened_rows o JOIN sealed_sets s ON s.id = o.sealed_set
            WHERE o.mark = ? AND s.task = ?\
            """)) {
            query.setString(2, set.task().value());
            for (Sha256 mark : set.marks()) {
                query.setBytes(1, Column.bytes(mark));
                ResultSet result = query.executeQuery();
                while (result.next()) {
                    opened.in(mark, result.getLong(1));
                }
            }
        }
    }

    private static void insert(Connection connection, TaskName task, Draw draw) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
            INSERT INTO error_draws (task, sealed_hash, test, candidate, amount, drawn_at, rows_kept)
            VALUES (?, ?, ?, ?, ?, ?, 1)\
            """)) {
            insert.setString(1, task.value());
            insert.setBytes(2, Column.bytes(draw.sealed()));
            insert.setString(3, draw.test());
            insert.setString(4, draw.candidate());
            insert.setDouble(5, draw.amount());
            insert.setLong(6, draw.at().toEpochMilli());
            insert.executeUpdate();
        }
    }
}
