package dev.rung.core.evidence;

/** Two bounds, each of which the truth passes with half the error. */
record Interval(double low, double high) {}
