package dev.rung.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The gateway's keys, and the rules of its scopes; thread-safe. */
public final class Keys {
    private static final String LINE_BREAK = "\n";

    private final Database database;

    Keys(Database database) {
        this.database = database;
    }

    /** Returns a number that grows with every change of keys or rules, by whichever process. */
    public long changes() {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT count FROM changes")) {
                ResultSet result = query.executeQuery();
                result.next();
                return result.getLong(1);
            }
        });
    }

    /** Returns all keys that were ever made, in that order. */
    public List<KeyRow> all() {
        return database.read(connection -> {
            List<KeyRow> rows = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement("""
                    SELECT id, name, salt, hash, team, person, tags, administrator, created, ends
                    FROM keys ORDER BY created, rowid""")) {
                ResultSet result = query.executeQuery();
                while (result.next()) {
                    long ends = result.getLong(10);
                    Instant end = result.wasNull() ? null : Instant.ofEpochMilli(ends);
                    String tags = result.getString(7);
                    rows.add(new KeyRow(
                            result.getString(1),
                            result.getString(2),
                            result.getBytes(3),
                            result.getBytes(4),
                            result.getString(5),
                            result.getString(6),
                            tags.isEmpty() ? List.of() : List.of(tags.split(LINE_BREAK)),
                            result.getInt(8) == 1,
                            Instant.ofEpochMilli(result.getLong(9)),
                            end));
                }
            }
            return rows;
        });
    }

    /** Adds a key; the live keys of its name, where there are any, end at {@code others}, or go on when that is null. */
    public void add(KeyRow row, @Nullable Instant others) {
        database.writeDurably(connection -> {
            if (others != null) {
                end(connection.prepareStatement(END), row.name(), others);
            }
            try (PreparedStatement insert = connection.prepareStatement("""
                    INSERT INTO keys (id, name, salt, hash, team, person, tags, administrator, created, ends)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
                insert.setString(1, row.id());
                insert.setString(2, row.name());
                insert.setBytes(3, row.salt());
                insert.setBytes(4, row.hash());
                insert.setString(5, row.team());
                insert.setString(6, row.user());
                insert.setString(7, String.join(LINE_BREAK, row.tags()));
                insert.setInt(8, row.administrator() ? 1 : 0);
                insert.setLong(9, row.created().toEpochMilli());
                Instant ends = row.ends();
                if (ends == null) {
                    insert.setNull(10, Types.INTEGER);
                } else {
                    insert.setLong(10, ends.toEpochMilli());
                }
                insert.executeUpdate();
            }
            note(connection.prepareStatement(COUNT));
            return true;
        });
    }

    private static final String END = "UPDATE keys SET ends = ?1 WHERE name = ?2 AND (ends IS NULL OR ends > ?1)";
    private static final String COUNT = "UPDATE changes SET count = count + 1";

    /** Ends the live keys of a name; returns how many there were. */
    public int end(String name, Instant at) {
        return database.writeDurably(connection -> {
            int ended = end(connection.prepareStatement(END), name, at);
            note(connection.prepareStatement(COUNT));
            return ended;
        });
    }

    /** Returns the rules of each scope, as JSON text. */
    public SequencedMap<String, String> rules() {
        return database.read(connection -> {
            SequencedMap<String, String> rules = new LinkedHashMap<>();
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT scope, rules FROM rules ORDER BY scope")) {
                ResultSet result = query.executeQuery();
                while (result.next()) {
                    rules.put(result.getString(1), result.getString(2));
                }
            }
            return rules;
        });
    }

    /** Sets the rules of a scope; null removes them. */
    public void rule(String scope, @Nullable String rules) {
        database.writeDurably(connection -> {
            try (PreparedStatement write = connection.prepareStatement(
                    rules == null
                            ? "DELETE FROM rules WHERE scope = ?"
                            : "INSERT INTO rules (scope, rules) VALUES (?1, ?2) ON CONFLICT (scope) DO UPDATE SET rules = ?2")) {
                write.setString(1, scope);
                if (rules != null) {
                    write.setString(2, rules);
                }
                write.executeUpdate();
            }
            note(connection.prepareStatement(COUNT));
            return true;
        });
    }

    private static int end(PreparedStatement statement, String name, Instant at) throws SQLException {
        try (statement) {
            statement.setLong(1, at.toEpochMilli());
            statement.setString(2, name);
            return statement.executeUpdate();
        }
    }

    private static void note(PreparedStatement statement) throws SQLException {
        try (statement) {
            statement.executeUpdate();
        }
    }
}
