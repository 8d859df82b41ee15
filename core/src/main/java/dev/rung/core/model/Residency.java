package dev.rung.core.model;

/** Where a task's data may go, from the narrowest to the widest; also where a model runs. */
public enum Residency {
    /** This machine only. */
    LOCAL,
    /** The European Union. */
    EU,
    ANYWHERE;

    /** Tells whether data under this rule may reach a model that runs at {@code place}. */
    public boolean permits(Residency place) {
        return place.compareTo(this) <= 0;
    }
}
