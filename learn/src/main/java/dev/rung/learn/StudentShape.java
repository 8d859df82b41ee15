package dev.rung.learn;

import java.util.List;

/** The kinds of student, from the cheapest to the strongest. */
public enum StudentShape {
    NGRAMS("n-grams + linear"),
    ENCODER("encoder + linear"),
    JOINED("n-grams and encoder, joined"),
    AVERAGE("average of all");

    private final String title;

    StudentShape(String title) {
        this.title = title;
    }

    /** Returns the name for people. */
    public String title() {
        return title;
    }

    /** Tells whether it needs a text's vector. */
    public boolean needsVector() {
        return heads().stream().anyMatch(Inputs::vector);
    }

    List<Inputs> heads() {
        return switch (this) {
            case NGRAMS -> List.of(Inputs.NGRAMS);
            case ENCODER -> List.of(Inputs.VECTOR);
            case JOINED -> List.of(Inputs.BOTH);
            case AVERAGE -> List.of(Inputs.NGRAMS, Inputs.VECTOR, Inputs.BOTH);
        };
    }
}
