package dev.rung.gateway.http;

/** How a dialect writes a refusal. */
@FunctionalInterface
public interface ErrorShape {
    Reply.Whole reply(Refusal refusal);
}
