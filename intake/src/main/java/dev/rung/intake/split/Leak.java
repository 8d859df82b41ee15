package dev.rung.intake.split;

import dev.rung.core.data.ExampleId;
import dev.rung.core.data.Split;

/** Two rows that are duplicates, or belong to one group, and are in two splits. */
public record Leak(ExampleId row, Split split, ExampleId other, Split otherSplit) {}
