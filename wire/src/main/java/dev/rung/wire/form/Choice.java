package dev.rung.wire.form;

import java.util.List;

/** One of the answers to a request; most requests ask for one. */
public record Choice(int index, List<Part> parts, Stop stop, List<TokenScore> scores) {
    public Choice {
        parts = List.copyOf(parts);
        scores = List.copyOf(scores);
    }
}
