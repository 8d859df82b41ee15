package dev.rung.gateway.keys;

import dev.rung.core.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A caller's key: {@code rung_ID_SECRET}.
 *
 * <p>The id finds the key and may be shown. The secret has 256 random bits: nobody can try them all, so that a salted SHA-256 keeps it safe, where a password,
 * which people choose, would need a slow hash that every request would wait for.
 */
public record KeyToken(String id, String secret) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String MARK = "rung_";
    private static final Pattern ID = Pattern.compile("[a-z0-9]{10}");
    private static final int SECRET_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LONGEST = 128;

    /** Returns a new key. */
    public static KeyToken fresh() {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new KeyToken(
                id.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** Returns the key in {@code text}, or null when it cannot be one. */
    public static @Nullable KeyToken parse(String text) {
        int end = MARK.length() + 10;
        if (text.length() > LONGEST || text.length() <= end + 1 || !text.startsWith(MARK) || text.charAt(end) != '_') {
            return null;
        }
        String id = text.substring(MARK.length(), end);
        return ID.matcher(id).matches() ? new KeyToken(id, text.substring(end + 1)) : null;
    }

    /** Returns random bytes to be hashed with a secret. */
    public static byte[] salt() {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return salt;
    }

    /** Returns what is stored of the secret. */
    public byte[] hash(byte[] salt) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(salt);
        return digest.digest(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns whether {@code hash} was made of this secret and {@code salt}; takes the same time whatever they are. */
    public boolean fits(byte[] salt, byte[] hash) {
        return MessageDigest.isEqual(hash(salt), hash);
    }

    /** Returns the key as its owner keeps it: the only text that has the secret. */
    public String text() {
        return MARK + id + "_" + secret;
    }

    @Override
    public String toString() {
        return MARK + id + "_…";
    }
}
