package dev.rung.gateway.keys;

import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.Refused;
import dev.rung.store.KeyRow;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All keys in memory, as they were when last read; immutable.
 *
 * <p>A gateway for which no key was ever made lets everybody in, as suits a machine of one's own. From the first key on every call needs one, also when all
 * of them were revoked since.
 */
public final class Keyring {
    private static final Map<String, String> NO_RETRY = Map.of("x-should-retry", "false");
    private static final byte[] NO_SALT = new byte[16];
    private static final byte[] NO_HASH = new byte[32];

    private final Map<String, Held> byId = new HashMap<>();

    private record Held(KeyRow row, Caller caller) {}

    public Keyring(List<KeyRow> rows) {
        for (KeyRow row : rows) {
            byId.put(
                    row.id(),
                    new Held(row, new Caller(row.name(), row.team(), row.user(), row.tags(), row.administrator())));
        }
    }

    /** Returns whether calls need a key. */
    public boolean locked() {
        return !byId.isEmpty();
    }

    /**
     * Returns the caller with the key {@code credential}.
     *
     * @throws Refused 401 when a key is needed, and this is none, or not one that is taken now
     */
    public Caller caller(@Nullable String credential, Instant now) {
        if (!locked()) {
            return Caller.ANYBODY;
        }
        if (credential == null) {
            throw refused(
                    "missing_api_key",
                    "This gateway needs a key: send it as Authorization: Bearer, x-api-key or x-goog-api-key.");
        }
        KeyToken token = KeyToken.parse(credential);
        Held held = token == null ? null : byId.get(token.id());
        // A key that is not there takes as long as one whose secret is wrong.
        boolean fits = token != null
                && token.fits(
                        held == null ? NO_SALT : held.row().salt(),
                        held == null ? NO_HASH : held.row().hash());
        if (held == null || !fits) {
            throw refused("invalid_api_key", "The key is not one of this gateway's.");
        }
        if (!held.row().live(now)) {
            throw refused("invalid_api_key", "The key " + held.row().name() + " was revoked or has run out.");
        }
        return held.caller();
    }

    private static Refused refused(String code, String message) {
        return new Refused(new Refusal(401, code, message, null, NO_RETRY));
    }
}
