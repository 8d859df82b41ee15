package dev.rung.gateway.http;

/** How refusals are written; the dialect depends on the path. */
@FunctionalInterface
public interface ErrorShape {
    /** Returns the reply that tells of {@code refusal} to a caller on {@code path}, which is empty when the request could not be read that far. */
    Reply.Whole reply(String path, Refusal refusal);
}
