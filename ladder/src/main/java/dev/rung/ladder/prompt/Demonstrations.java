package dev.rung.ladder.prompt;

import dev.rung.core.data.Example;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Draws of demonstrations from labelled examples. */
final class Demonstrations {
    /** What a demonstration may be at most; a longer one crowds out the question. */
    private static final int MOST_CHARACTERS = 600;

    private Demonstrations() {}

    /** Returns {@code count} examples, one of each answer in turn (records and texts count as one kind each), in a random order fixed by {@code seed}. */
    static List<Demonstration> draw(List<Example> train, int count, long seed) {
        Random random = new Random(seed);
        List<Example> shuffled = new ArrayList<>(train);
        Collections.shuffle(shuffled, random);
        Map<String, List<Example>> byAnswer = new LinkedHashMap<>();
        for (Example example : shuffled) {
            if (example.input().length() <= MOST_CHARACTERS) {
                byAnswer.computeIfAbsent(example.label().text(), answer -> new ArrayList<>())
                        .add(example);
            }
        }
        List<Demonstration> drawn = new ArrayList<>();
        for (int turn = 0; drawn.size() < count; turn++) {
            int before = drawn.size();
            for (List<Example> alike : byAnswer.values()) {
                if (turn < alike.size() && drawn.size() < count) {
                    drawn.add(Demonstration.of(alike.get(turn)));
                }
            }
            if (drawn.size() == before) {
                break;
            }
        }
        Collections.shuffle(drawn, random);
        return drawn;
    }
}
