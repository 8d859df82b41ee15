package dev.rung.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The kinds of student, from the cheapest to the strongest. */
public enum StudentShape {
    NGRAMS("n-grams + linear"),
    ENCODER("encoder + linear"),
    JOINED("n-grams and encoder, joined"),
    AVERAGE("average of all, with nearest rows");

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
        return switch (this) {
            case NGRAMS -> false;
            case ENCODER, JOINED, AVERAGE -> true;
        };
    }

    /** Tells whether the nearest training rows have a say beside its heads. */
    boolean asksNeighbours() {
        return switch (this) {
            case NGRAMS, ENCODER, JOINED -> false;
            case AVERAGE -> true;
        };
    }

    /**
     * Returns its heads.
     *
     * @param width how many numbers a text's vector has
     * @param parts in how many equal parts it comes, each of which gets a head of its own beside those that read all
     */
    List<Inputs> heads(int width, int parts) {
        return switch (this) {
            case NGRAMS -> List.of(Inputs.NGRAMS);
            case ENCODER -> eachPart(width, parts);
            case JOINED -> List.of(new Inputs(true, 0, width));
            case AVERAGE -> {
                List<Inputs> all = new ArrayList<>(List.of(Inputs.NGRAMS));
                all.addAll(eachPart(width, parts));
                all.add(new Inputs(true, 0, width));
                yield List.copyOf(all);
            }
        };
    }

    private static List<Inputs> eachPart(int width, int parts) {
        int length = width / parts;
        return IntStream.range(0, parts)
                .mapToObj(part -> new Inputs(false, part * length, (part + 1) * length))
                .toList();
    }
}
