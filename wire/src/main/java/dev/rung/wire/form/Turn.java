package dev.rung.wire.form;

import java.util.List;

/** What one side says before the other has its turn. */
public record Turn(Role role, List<Part> parts, Place place) {
    /** Who speaks. */
    public enum Role {
        SYSTEM,
        DEVELOPER,
        USER,
        ASSISTANT,
        /** Tools, whose results these are. */
        TOOL
    }

    public Turn {
        parts = List.copyOf(parts);
    }

    /** Tells whether this instructs rather than talks. */
    public boolean instructs() {
        return role == Role.SYSTEM || role == Role.DEVELOPER;
    }
}
