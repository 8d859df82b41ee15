package dev.rung.json.spec;

import dev.rung.json.Yaml;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping of a file, of which only some keys are known; every other one is a problem. Not thread-safe. */
public final class Keys {
    private final Yaml.Mapping mapping;
    private final Problems problems;

    public Keys(Yaml.Mapping mapping, List<String> known, Problems problems) {
        this.mapping = mapping;
        this.problems = problems;
        for (Map.Entry<String, Yaml.Entry> entry : mapping.entries().entrySet()) {
            if (!known.contains(entry.getKey())) {
                problems.unknownWord(entry.getValue().key(), "the unknown key", entry.getKey(), known);
            }
        }
    }

    /** Returns the keys of {@code node}, or null with a problem when it is no mapping. */
    public static @Nullable Keys of(Yaml node, List<String> known, Problems problems) {
        if (node instanceof Yaml.Mapping mapping) {
            return new Keys(mapping, known, problems);
        }
        problems.add(
                node.place(),
                node.describe(),
                "a map with keys among " + String.join(", ", known),
                "See " + problems.schema());
        return null;
    }

    /** Returns the value of {@code key}, or null when there is none. */
    public @Nullable Yaml get(String key) {
        return mapping.get(key);
    }

    /** Returns the value of {@code key}, or null with a problem when there is none. */
    public @Nullable Yaml require(String key, String expected, String example) {
        Yaml value = mapping.get(key);
        if (value == null) {
            problems.add(mapping.place(), "no key \"" + key + "\"", expected, "Add one, such as: " + example);
            return null;
        }
        return value;
    }

    public Yaml.Place place() {
        return mapping.place();
    }
}
