package dev.rung.store;

import org.jspecify.annotations.Nullable;

/**
 * One request, as the ledger of traffic keeps it.
 *
 * @param at when it arrived, in milliseconds since 1970
 * @param key the name of the caller's key; null where none was needed
 * @param tags separated by commas
 * @param model as the caller named it: a task or a model
 * @param target what answered: a deployment, or the release
 * @param tried what was asked, in order, separated by commas
 * @param ending how it ended
 * @param abstained whether a release said that it does not know; null where none answered
 * @param inputTokens all of them, cached ones included; null where the provider did not say
 * @param price in millionths of a millionth of a dollar; null where unknown
 * @param priceNote why the price is unknown, or that it is estimated
 * @param cache what the cache of replies did; null where it was not asked
 * @param cacheSaved what the provider's prompt cache saved, less what writing to it cost, in millionths of a millionth of a dollar, below 0 where it cost more; null where
 *     none was used, or no price is known
 * @param asked the request's body, by the content policy; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that nobody changes, and no row is compared with another
public record RequestRow(
        long at,
        String request,
        @Nullable String trace,
        @Nullable String key,
        @Nullable String team,
        @Nullable String user,
        @Nullable String tags,
        String dialect,
        String operation,
        String model,
        @Nullable String target,
        @Nullable String upstream,
        @Nullable String tried,
        int attempts,
        boolean streamed,
        int status,
        @Nullable String error,
        String ending,
        @Nullable Boolean abstained,
        @Nullable Long inputTokens,
        @Nullable Long cachedTokens,
        @Nullable Long writtenTokens,
        @Nullable Long outputTokens,
        @Nullable Long reasoningTokens,
        @Nullable Long price,
        @Nullable String priceNote,
        @Nullable String cache,
        @Nullable Long cacheSaved,
        @Nullable Long firstByteMicros,
        long totalMicros,
        byte @Nullable [] asked,
        byte @Nullable [] answered) {
    /** Returns about how much memory the row takes, in bytes. */
    public int weight() {
        return 600 + (asked == null ? 0 : asked.length) + (answered == null ? 0 : answered.length);
    }

    @Override
    public String toString() {
        return "request " + request;
    }
}
