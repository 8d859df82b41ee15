package dev.rung.ladder.climb;

import dev.rung.core.rung.Solver;

/** A candidate that a rung could build, or one that it cannot build here. */
public sealed interface Proposal {
    String name();

    /** A candidate that is built, on {@code train}, {@code tune} and {@code calibrate} alone, when its turn comes. */
    record Buildable(String name, Recipe recipe) implements Proposal {}

    /**
     * A candidate that cannot be tried here, and why; it is listed, never called failed.
     *
     * @param price what is known beforehand of its price, or empty
     */
    record LeftOut(String name, String reason, String price) implements Proposal {
        public LeftOut(String name, String reason) {
            this(name, reason, "");
        }
    }

    /** How a candidate is built. */
    @FunctionalInterface
    interface Recipe {
        /** Returns the loaded candidate; its solution's artifacts lie in {@link Site#artifacts()}. The caller closes it. */
        Solver build();
    }
}
