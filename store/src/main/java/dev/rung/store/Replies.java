package dev.rung.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.Optional;

/** Replies that are kept to be given again, each until its time has run out; thread-safe. */
public final class Replies {
    private final Database database;

    Replies(Database database) {
        this.database = database;
    }

    /** A kept reply; nobody changes its body. */
    @SuppressWarnings("ArrayRecordComponent") // bytes that nobody changes, and no row is compared with another
    public record Kept(Instant stored, Instant ends, String contentType, byte[] body) {
        @Override
        public String toString() {
            return body.length + " bytes of " + contentType;
        }
    }

    /** Returns the reply under {@code key}, unless its time has run out. */
    public Optional<Kept> find(byte[] key, Instant now) {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT stored, ends, content_type, body FROM replies WHERE key = ? AND ends > ?")) {
                query.setBytes(1, key);
                query.setLong(2, now.toEpochMilli());
                ResultSet result = query.executeQuery();
                return result.next()
                        ? Optional.of(new Kept(
                                Instant.ofEpochMilli(result.getLong(1)),
                                Instant.ofEpochMilli(result.getLong(2)),
                                result.getString(3),
                                result.getBytes(4)))
                        : Optional.empty();
            }
        });
    }

    /** Keeps a reply in place of what was under {@code key}. */
    public void keep(byte[] key, Kept reply) {
        database.change(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT OR REPLACE INTO replies (key, stored, ends, content_type, body) VALUES (?, ?, ?, ?, ?)")) {
                insert.setBytes(1, key);
                insert.setLong(2, reply.stored().toEpochMilli());
                insert.setLong(3, reply.ends().toEpochMilli());
                insert.setString(4, reply.contentType());
                insert.setBytes(5, reply.body());
                insert.executeUpdate();
            }
        });
    }

    /** Removes what has run out, and the oldest beyond {@code most}. */
    public void sweep(Instant now, int most) {
        database.change(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM replies WHERE ends <= ?")) {
                delete.setLong(1, now.toEpochMilli());
                delete.executeUpdate();
            }
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM replies WHERE key IN (SELECT key FROM replies ORDER BY stored DESC LIMIT -1 OFFSET ?)")) {
                delete.setInt(1, most);
                delete.executeUpdate();
            }
        });
    }

    /** Returns how many replies are kept. */
    public long count() {
        return database.read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM replies")) {
                ResultSet result = query.executeQuery();
                result.next();
                return result.getLong(1);
            }
        });
    }
}
