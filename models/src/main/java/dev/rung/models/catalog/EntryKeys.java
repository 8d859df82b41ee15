package dev.rung.models.catalog;

import dev.rung.core.RungException;
import dev.rung.json.Yaml;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one model, from one file or from two laid over each other.
 *
 * @param place of the model's name, for errors
 * @param folder that a relative {@code file:} starts from
 */
record EntryKeys(Yaml.Place place, Path folder, SequencedMap<String, Yaml> keys) {
    /** What a model is made of, or priced by; giving one takes back the others of its row. */
    private static final List<List<String>> EXCLUSIVE =
            List.of(List.of("file", "weights", "server"), List.of("prices", "machine_time"));

    static EntryKeys of(Path folder, Yaml.Entry entry) {
        SequencedMap<String, Yaml> keys = new LinkedHashMap<>();
        if (entry.value() instanceof Yaml.Mapping mapping) {
            mapping.entries().forEach((key, value) -> keys.put(key, value.value()));
        }
        EntryKeys read = new EntryKeys(entry.key(), folder, keys);
        for (List<String> row : EXCLUSIVE) {
            List<String> given = row.stream().filter(keys::containsKey).toList();
            if (given.size() > 1) {
                throw read.wrong(
                        "both \"" + given.get(0) + "\" and \"" + given.get(1) + "\"", "one of " + row, "Delete one");
            }
        }
        return read;
    }

    /** Returns these keys with those of {@code upper} in place of their own. */
    EntryKeys overlaid(EntryKeys upper) {
        SequencedMap<String, Yaml> both = new LinkedHashMap<>(keys);
        for (List<String> row : EXCLUSIVE) {
            if (row.stream().anyMatch(upper.keys::containsKey)) {
                row.forEach(both::remove);
            }
        }
        both.putAll(upper.keys);
        return new EntryKeys(upper.place, upper.folder, both);
    }

    @Nullable
    Yaml get(String key) {
        return keys.get(key);
    }

    /** Returns the text of {@code key}, or null. */
    @Nullable
    String text(String key) {
        return keys.get(key) instanceof Yaml.Scalar scalar ? scalar.text() : null;
    }

    RungException.WrongInput wrong(String found, String expected, String remedy) {
        return RungException.WrongInput.at(place.toString(), found, expected, remedy);
    }
}
