package dev.rung.gateway.govern;

import dev.rung.core.model.Residency;

/** How places are called in what callers read. */
final class Words {
    private Words() {}

    static String place(Residency data) {
        return switch (data) {
            case LOCAL -> "models on this machine";
            case EU -> "models in the European Union";
            case ANYWHERE -> "any model";
        };
    }

    static String where(Residency place) {
        return switch (place) {
            case LOCAL -> "on this machine";
            case EU -> "in the European Union";
            case ANYWHERE -> "elsewhere";
        };
    }
}
