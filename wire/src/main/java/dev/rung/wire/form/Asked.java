package dev.rung.wire.form;

/**
 * What of the request shows in its reply.
 *
 * @param model as the caller named it, which the reply repeats
 * @param includeUsage whether a stream of chat completions ends with the usage
 * @param now seconds since 1970, for replies of servers that do not say when they were made
 */
public record Asked(String model, boolean includeUsage, long now) {
    /** Returns what shows in the reply to {@code conversation}. */
    public static Asked of(Conversation conversation, long now) {
        return new Asked(conversation.model(), conversation.includeUsage(), now);
    }
}
