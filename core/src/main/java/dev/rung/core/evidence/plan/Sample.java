package dev.rung.core.evidence.plan;

/**
 * How many rows one way of testing needs.
 *
 * @param rows that there must be
 * @param meanRows seen on average before the test stops; the same as {@code rows} where it may not stop early
 * @param power the chance of a proof with that many, at least what was asked for
 */
public record Sample(int rows, double meanRows, double power) {}
