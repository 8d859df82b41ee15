package dev.rung.gateway.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The leave to make one call, and what is reserved for it; used by one thread at a time.
 *
 * <p>Ends exactly once: by {@link #settle} or by {@link #release}. Neither waits for a disk.
 */
public interface Grant {
    /** Leave without conditions. */
    Grant FREE = new Grant() {
        @Override
        public Map<String, String> settle(Settlement settlement) {
            return Map.of();
        }

        @Override
        public void release(Settlement settlement) {}
    };

    /** Returns why the call must not go to {@code target}, for the caller to read; null when it may. Asked just before each attempt. */
    default @Nullable String objection(Target target) {
        return null;
    }

    /**
     * Returns a reply that is kept from an equal call before, to be given instead of asking; null when there is none. May wait for an equal call that is
     * under way. The grant is settled all the same, with {@link Settlement.Use.Nothing}.
     */
    default @Nullable KeptReply kept() {
        return null;
    }

    /** Tells whether {@link Settlement#reply} is wanted; a stream then is gathered while it passes. */
    default boolean wantsReply() {
        return false;
    }

    /** Returns the {@code traceparent} (W3C Trace Context) under which an upstream's spans belong; null where the caller's own goes on. */
    default @Nullable String traceparent() {
        return null;
    }

    /** Returns with whom the caller shares what is kept of its calls, such as prompts in a provider's cache: its team, or its key; empty for everybody. */
    default String tenant() {
        return "";
    }

    /**
     * Ends the grant of a call that an upstream or a release has worked on, wholly or in part: what it used is to be paid.
     *
     * @return header fields for the reply, such as its price; they reach the caller only where the head is not sent yet
     */
    Map<String, String> settle(Settlement settlement);

    /** Ends the grant of a call for which nothing is to be paid: nobody worked on it, or nobody answered. */
    void release(Settlement settlement);
}
