package dev.rung.core.statistics;

/** Two bounds, each of which the truth passes with half the error. */
public record Interval(double low, double high) {}
