package dev.rung.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A caller's key, without its secret.
 *
 * @param id the part of the key that is not secret; it finds the row
 * @param name by which people know it; keys that replace each other share it
 * @param salt random, of this key alone
 * @param hash of the salt and the secret
 * @param user the person or service behind it
 * @param ends when it stops to be taken: revoked, replaced or run out; null for never
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that nobody changes, and no row is compared with another
public record KeyRow(
        String id,
        String name,
        byte[] salt,
        byte[] hash,
        @Nullable String team,
        @Nullable String user,
        List<String> tags,
        boolean administrator,
        Instant created,
        @Nullable Instant ends) {
    public KeyRow {
        tags = List.copyOf(tags);
    }

    public boolean live(Instant at) {
        return ends == null || at.isBefore(ends);
    }

    /** Names the key, and nothing that helps to guess it. */
    @Override
    public String toString() {
        return "key " + name + " (" + id + ")";
    }
}
