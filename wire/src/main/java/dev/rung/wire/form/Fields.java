package dev.rung.wire.form;

import dev.rung.core.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of one object, and knows which of them nobody asked for.
 *
 * <p>A member that is {@code null} counts as absent. A member of the wrong type is {@link Malformed}. Not thread-safe.
 */
public final class Fields {
    private final Json.Obj object;
    private final Place place;
    private final List<Unknown> unknown;
    private String[] taken = new String[12];
    private int count;

    /** Reads {@code object}, which stands at {@code place}; {@link #finish} adds what was not asked for to {@code unknown}. */
    public Fields(Json.Obj object, Place place, List<Unknown> unknown) {
        this.object = object;
        this.place = place;
        this.unknown = unknown;
    }

    /** Reads {@code value}, which must be an object. */
    public static Fields of(Json value, Place place, List<Unknown> unknown) {
        if (value instanceof Json.Obj object) {
            return new Fields(object, place, unknown);
        }
        throw Malformed.found(place, value, "an object");
    }

    public Json.Obj source() {
        return object;
    }

    public Place place() {
        return place;
    }

    public Place place(String name) {
        return place.member(name);
    }

    /** Returns the member, or null when it is absent. */
    public @Nullable Json take(String name) {
        if (count == taken.length) {
            taken = Arrays.copyOf(taken, 2 * count);
        }
        taken[count++] = name;
        Json value = object.get(name);
        return value instanceof Json.Nil ? null : value;
    }

    /** Marks members as known that mean nothing beyond this dialect's own bookkeeping. */
    public void pass(String... names) {
        for (String name : names) {
            take(name);
        }
    }

    public @Nullable String text(String name) {
        return switch (take(name)) {
            case null -> null;
            case Json.Str(String value) -> value;
            case Json other -> throw Malformed.found(place(name), other, "a string");
        };
    }

    public String requireText(String name) {
        String value = text(name);
        if (value == null) {
            throw Malformed.found(place(name), null, "a string");
        }
        return value;
    }

    public @Nullable Boolean bool(String name) {
        return switch (take(name)) {
            case null -> null;
            case Json.Bool(boolean value) -> value;
            case Json other -> throw Malformed.found(place(name), other, "true or false");
        };
    }

    /** Tells whether the member is {@code true}; absent is not. */
    public boolean isTrue(String name) {
        Boolean value = bool(name);
        return value != null && value;
    }

    public @Nullable Long whole(String name) {
        return switch (take(name)) {
            case null -> null;
            case Json.Num(BigDecimal value)
            when value.scale() <= 0 && value.precision() - value.scale() <= 18 -> value.longValueExact();
            case Json other -> throw Malformed.found(place(name), other, "a whole number");
        };
    }

    public Json.@Nullable Obj object(String name) {
        return switch (take(name)) {
            case null -> null;
            case Json.Obj value -> value;
            case Json other -> throw Malformed.found(place(name), other, "an object");
        };
    }

    /** Returns a reader of the object in the member, or null when it is absent. */
    public @Nullable Fields fields(String name) {
        Json.Obj value = object(name);
        return value == null ? null : new Fields(value, place(name), unknown);
    }

    /** Returns the items of the array in the member; none when it is absent. */
    public List<Json> items(String name) {
        return switch (take(name)) {
            case null -> List.of();
            case Json.Arr(List<Json> items) -> items;
            case Json other -> throw Malformed.found(place(name), other, "an array");
        };
    }

    /** Returns readers of the objects in the array; none when it is absent. */
    public List<Fields> each(String name) {
        List<Json> items = items(name);
        if (items.isEmpty()) {
            return List.of();
        }
        Place all = place(name);
        List<Fields> each = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            each.add(of(items.get(i), all.item(i), unknown));
        }
        return each;
    }

    /** Ends the reading of this object: what nobody asked for is unknown. */
    public void finish() {
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            if (!isTaken(member.getKey()) && !(member.getValue() instanceof Json.Nil)) {
                unknown.add(new Unknown(place(member.getKey()), member.getValue()));
            }
        }
    }

    private boolean isTaken(String name) {
        for (int i = 0; i < count; i++) {
            if (taken[i].equals(name)) {
                return true;
            }
        }
        return false;
    }
}
