package dev.rung.core.evidence;

import dev.rung.core.data.ExampleId;
import dev.rung.core.task.Output;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which labels are taken for which others.
 *
 * @param pairs wrong pairs only, the most frequent first, then by label
 */
public record Confusion(List<Pair> pairs) {
    public Confusion {
        pairs = List.copyOf(pairs);
    }

    /**
     * Examples of one label that were given another.
     *
     * @param given the label in the answer; empty where there was none
     * @param examples where they stand, in the order of the outcomes
     */
    public record Pair(String expected, String given, List<ExampleId> examples) {
        public Pair {
            examples = List.copyOf(examples);
        }

        public int count() {
            return examples.size();
        }
    }

    /** Counts outcomes whose expected output is a label; others are passed over, and those in which the solver said that it does not know. */
    public static Confusion of(List<Outcome> outcomes) {
        record Key(String expected, String given) {}
        Map<Key, List<ExampleId>> wrong = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            if (outcome.expected() instanceof Output.Label(String expected)
                    && !outcome.abstained()
                    && !outcome.expected().equals(outcome.output())) {
                String given = outcome.output() instanceof Output.Label(String name) ? name : "";
                wrong.computeIfAbsent(new Key(expected, given), key -> new ArrayList<>())
                        .add(outcome.example());
            }
        }
        return new Confusion(wrong.entrySet().stream()
                .map(pair -> new Pair(pair.getKey().expected(), pair.getKey().given(), pair.getValue()))
                .sorted(Comparator.comparingInt(Pair::count)
                        .reversed()
                        .thenComparing(Pair::expected)
                        .thenComparing(Pair::given))
                .toList());
    }
}
