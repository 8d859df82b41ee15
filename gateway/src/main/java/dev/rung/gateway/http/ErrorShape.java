package dev.rung.gateway.http;

/** How refusals are written: in the dialect of the client that asks. */
@FunctionalInterface
public interface ErrorShape {
    /** Returns the reply that tells of {@code refusal} to whoever sent {@code head}. */
    Reply.Whole reply(Head head, Refusal refusal);
}
