package dev.rung.core.rung;

import java.util.Locale;

/** A level of customization, from the lowest up. */
public enum Rung {
    PROMPT("an instruction and an output contract, with or without demonstrations"),
    RETRIEVE("what is shown to the model is looked up for each question"),
    CACHE("answers and prompt prefixes are kept and used again"),
    TUNE("an open model's weights are adapted"),
    DISTIL("a small student learns the task"),
    HOST("an open model on one's own machines"),
    CONTINUED_PRETRAINING("an open model goes on learning a domain's text"),
    FROM_SCRATCH("a model of one's own from nothing");

    private final String description;

    Rung(String description) {
        this.description = description;
    }

    /** Returns what is customized at this level. */
    public String description() {
        return description;
    }

    /** Returns the name for people and files, such as {@code distil}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
