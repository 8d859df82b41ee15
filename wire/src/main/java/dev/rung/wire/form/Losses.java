package dev.rung.wire.form;

import java.util.ArrayList;
import java.util.List;

/** Collects what a writer could not express. Not thread-safe. */
public final class Losses {
    private final List<Untranslatable> all = new ArrayList<>(0);

    /** Notes something without which the answer is another. */
    public void meaning(Place place, String why) {
        all.add(new Untranslatable(place.toString(), why, Untranslatable.Weight.MEANING));
    }

    /** Notes something without which only cost, speed or presentation is another. */
    public void hint(Place place, String why) {
        all.add(new Untranslatable(place.toString(), why, Untranslatable.Weight.HINT));
    }

    /** Notes the fields that the reader did not know; nobody can say what they mean elsewhere. */
    public void unknown(List<Unknown> unknown, Dialect from) {
        for (Unknown field : unknown) {
            meaning(field.place(), "is passed on unread, and only to a server that speaks " + from.title());
        }
    }

    /** Returns what was noted, in order. */
    public List<Untranslatable> list() {
        return List.copyOf(all);
    }
}
