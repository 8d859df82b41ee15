package dev.rung.store;

import dev.rung.core.Sha256;
import dev.rung.core.model.SavedEmbeddings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Vectors by encoder and hash of the text, as little-endian float32. */
final class Embeddings implements SavedEmbeddings {
    // So that one large batch never keeps another process waiting for long.
    private static final int ROWS_A_TRANSACTION = 1_000;

    private final Database database;

    Embeddings(Database database) {
        this.database = database;
    }

    @Override
    public Map<Sha256, float[]> find(String fingerprint, List<Sha256> texts) {
        return database.read(connection -> {
            Map<Sha256, float[]> found = new HashMap<>();
            try (PreparedStatement query = connection.prepareStatement("""
                    SELECT vector FROM embeddings
                    WHERE encoder = (SELECT id FROM encoders WHERE fingerprint = ?) AND text_hash = ?""")) {
                query.setString(1, fingerprint);
                for (Sha256 text : texts) {
                    query.setBytes(2, Column.bytes(text));
                    try (ResultSet result = query.executeQuery()) {
                        if (result.next()) {
                            found.put(text, floats(result.getBytes(1)));
                        }
                    }
                }
            }
            return found;
        });
    }

    @Override
    public void save(String fingerprint, Map<Sha256, float[]> vectors) {
        List<Map.Entry<Sha256, float[]>> rows = new ArrayList<>(vectors.entrySet());
        for (int from = 0; from < rows.size(); from += ROWS_A_TRANSACTION) {
            List<Map.Entry<Sha256, float[]>> part =
                    rows.subList(from, Math.min(rows.size(), from + ROWS_A_TRANSACTION));
            database.change(connection -> insert(connection, encoder(connection, fingerprint), part));
        }
    }

    private static void insert(Connection connection, long encoder, List<Map.Entry<Sha256, float[]>> rows)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO embeddings (encoder, text_hash, vector) VALUES (?, ?, ?)
                ON CONFLICT (encoder, text_hash) DO NOTHING""")) {
            insert.setLong(1, encoder);
            for (Map.Entry<Sha256, float[]> row : rows) {
                insert.setBytes(2, Column.bytes(row.getKey()));
                insert.setBytes(3, bytes(row.getValue()));
                insert.executeUpdate();
            }
        }
    }

    private static long encoder(Connection connection, String fingerprint) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO encoders (fingerprint) VALUES (?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, fingerprint);
            insert.executeUpdate();
        }
        try (PreparedStatement query = connection.prepareStatement("SELECT id FROM encoders WHERE fingerprint = ?")) {
            query.setString(1, fingerprint);
            ResultSet result = query.executeQuery();
            result.next();
            return result.getLong(1);
        }
    }

    private static byte[] bytes(float[] vector) {
        ByteBuffer buffer = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(vector);
        return buffer.array();
    }

    private static float[] floats(byte[] bytes) {
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }
}
