package dev.rung.wire.form;

import dev.rung.core.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** An object in the making; copied once, where {@link Json.Obj#with} copies for each member. Not thread-safe. */
public final class Members {
    private final SequencedMap<String, Json> members = new LinkedHashMap<>();

    /** Returns a copy of {@code object} to be changed. */
    public static Members of(Json.Obj object) {
        Members copy = new Members();
        copy.members.putAll(object.members());
        return copy;
    }

    /** Returns the begin of an object with a member {@code type}. */
    public static Members typed(String type) {
        return new Members().put("type", type);
    }

    /** Adds the member, or nothing for none. */
    public Members put(String name, @Nullable Json value) {
        if (value != null) {
            members.put(name, value);
        }
        return this;
    }

    /** Adds a string, or nothing for none. */
    public Members put(String name, @Nullable String value) {
        return value == null ? this : put(name, Json.of(value));
    }

    /** Adds a number, or nothing for none. */
    public Members put(String name, @Nullable Long value) {
        return value == null ? this : put(name, Json.of(value.longValue()));
    }

    /** Adds a truth value, or nothing for none. */
    public Members put(String name, @Nullable Boolean value) {
        return value == null ? this : put(name, Json.of(value.booleanValue()));
    }

    /** Adds an array. */
    public Members put(String name, List<? extends Json> items) {
        return put(name, Json.array(items));
    }

    /** Adds an array, or nothing for an empty one. */
    public Members putUnlessEmpty(String name, List<? extends Json> items) {
        return items.isEmpty() ? this : put(name, items);
    }

    /** Adds {@code null}. */
    public Members nil(String name) {
        return put(name, Json.Nil.NULL);
    }

    /** Takes a member away. */
    public Members remove(String name) {
        members.remove(name);
        return this;
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** Returns the object, or null for one without members. */
    public Json.@Nullable Obj orNull() {
        return members.isEmpty() ? null : build();
    }

    public Json.Obj build() {
        return new Json.Obj(members);
    }
}
