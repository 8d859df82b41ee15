package dev.rung.gateway.cache;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.gateway.policy.Proposal;
import dev.rung.gateway.policy.Target;
import dev.rung.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What makes two calls equal: the tenant, the dialect, the operation, all models that could answer with their versions, the body in canonical form, and those
 * header fields that change what is generated.
 *
 * <p>The whole body counts, also fields that change nothing: a field that is not known here may change everything. Order, white space and the way in which
 * numbers are written do not count.
 */
final class CacheKey {
    /** Grows when replies that were kept before must not be given any more. */
    private static final String FORM = "1";

    private static final List<String> FIELDS = List.of("anthropic-version", "anthropic-beta", "openai-beta");

    private final byte[] hash;

    private CacheKey(byte[] hash) {
        this.hash = hash;
    }

    /** Returns the key of a call; empty for a body that is no JSON. */
    static Optional<CacheKey> of(Proposal call, String tenant) {
        String canonical;
        try {
            canonical = JsonText.parse(call.body().stream(), "the request").canonical();
        } catch (RungException.WrongInput e) {
            return Optional.empty();
        }
        MessageDigest digest = Sha256.newDigest();
        add(digest, FORM);
        add(digest, tenant);
        add(digest, call.dialect().name());
        add(digest, call.operation().name());
        add(digest, call.model());
        add(digest, call.streamed() ? "stream" : "whole");
        for (Target target : call.targets()) {
            add(digest, target.name());
            add(digest, target.model());
        }
        for (String field : FIELDS) {
            String value = call.headers().first(field);
            add(digest, value == null ? "" : value);
        }
        add(digest, canonical);
        return Optional.of(new CacheKey(digest.digest()));
    }

    // Each part with its length, so that two lists of parts never run together to the same bytes.
    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    byte[] bytes() {
        return hash.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CacheKey key && Arrays.equals(hash, key.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }
}
