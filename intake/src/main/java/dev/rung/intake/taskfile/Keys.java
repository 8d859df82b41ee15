package dev.rung.intake.taskfile;

import dev.rung.json.Yaml;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping of a task file, of which only some keys are known; every other one is a problem. */
final class Keys {
    private final Yaml.Mapping mapping;
    private final Problems problems;

    Keys(Yaml.Mapping mapping, List<String> known, Problems problems) {
        this.mapping = mapping;
        this.problems = problems;
        for (Map.Entry<String, Yaml.Entry> entry : mapping.entries().entrySet()) {
            if (!known.contains(entry.getKey())) {
                problems.unknownWord(entry.getValue().key(), "the unknown key", entry.getKey(), known);
            }
        }
    }

    /** Returns the keys of {@code node}, or null with a problem when it is no mapping. */
    static @Nullable Keys of(Yaml node, List<String> known, Problems problems) {
        if (node instanceof Yaml.Mapping mapping) {
            return new Keys(mapping, known, problems);
        }
        problems.add(
                node.place(),
                node.describe(),
                "a map with keys among " + String.join(", ", known),
                "See docs/schema/task.schema.json");
        return null;
    }

    /** Returns the value of {@code key}, or null when there is none. */
    @Nullable
    Yaml get(String key) {
        return mapping.get(key);
    }

    /** Returns the value of {@code key}, or null with a problem when there is none. */
    @Nullable
    Yaml require(String key, String expected, String example) {
        Yaml value = mapping.get(key);
        if (value == null) {
            problems.add(mapping.place(), "no key \"" + key + "\"", expected, "Add one, such as: " + example);
            return null;
        }
        return value;
    }

    Yaml.Place place() {
        return mapping.place();
    }
}
