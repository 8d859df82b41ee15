package dev.rung.wire.form;

import dev.rung.core.json.Json;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** What a dialect calls the {@link Knob}s that are members of one of its objects. Immutable and thread-safe. */
public final class Knobs {
    private final Dialect dialect;
    private final Map<Knob, String> names;

    public Knobs(Dialect dialect, Map<Knob, String> names) {
        this.dialect = dialect;
        this.names = new EnumMap<>(names);
    }

    /** Reads the knobs that are there. */
    public void read(Fields fields, Map<Knob, Setting> settings) {
        names.forEach((knob, name) -> {
            Json value = fields.take(name);
            if (value != null) {
                settings.put(knob, new Setting(value, fields.place(name)));
            }
        });
    }

    /** Tells where the caller wrote what {@link #write} writes. */
    public void origins(Map<Knob, Setting> settings, Map<String, Place> origins) {
        settings.forEach((knob, setting) -> {
            String name = names.get(knob);
            if (name != null) {
                origins.put(name, setting.place());
            }
        });
    }

    /** Writes the knobs that have a name here, and notes the others; those in {@code written} are somebody else's task. */
    public void write(Map<Knob, Setting> settings, Set<Knob> written, Members to, Losses losses) {
        settings.forEach((knob, setting) -> {
            String name = names.get(knob);
            if (written.contains(knob)) {
                return;
            }
            if (name != null) {
                to.put(name, setting.value());
            } else if (!knob.asksForNothing(setting.value())) {
                String why = dialect.title() + " has nothing like it";
                if (knob.isHint()) {
                    losses.hint(setting.place(), why);
                } else {
                    losses.meaning(setting.place(), why);
                }
            }
        });
    }
}
