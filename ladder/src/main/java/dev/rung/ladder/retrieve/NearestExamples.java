package dev.rung.ladder.retrieve;

import dev.rung.core.model.Encoder;
import dev.rung.ladder.prompt.Demonstration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Labelled examples, findable by words and by meaning; thread-safe.
 *
 * <p>The two lists are fused by a weighted sum of BM25, divided by the best hit's, and cosine similarity: of the texts among the best {@value #POOL} of
 * either.
 */
final class NearestExamples implements AutoCloseable {
    private static final int POOL = 64;

    private final List<Demonstration> examples;
    private final LexicalIndex lexical;
    private final @Nullable Encoder encoder;
    private final List<float[]> vectors;

    /** @param encoder for similarity of meaning, or null for words alone; stays open when this is closed */
    NearestExamples(List<Demonstration> examples, @Nullable Encoder encoder) {
        this.examples = List.copyOf(examples);
        List<String> texts = this.examples.stream().map(Demonstration::input).toList();
        this.lexical = new LexicalIndex(texts);
        this.encoder = encoder;
        this.vectors = encoder == null ? List.of() : encoder.embed(texts);
    }

    List<Demonstration> examples() {
        return examples;
    }

    /**
     * Returns the {@code count} examples nearest to {@code question}, best first.
     *
     * @param weight of meaning against words, from 0 (words alone) to 1 (meaning alone)
     */
    List<Demonstration> nearest(String question, int count, double weight) {
        SequencedMap<Integer, Double> byWords =
                weight < 1 ? lexical.search(question, POOL) : new java.util.LinkedHashMap<>();
        double bestByWords = byWords.isEmpty() ? 1 : byWords.firstEntry().getValue();
        double[] cosines = weight > 0 ? cosines(question) : new double[0];
        Set<Integer> pool = new HashSet<>(byWords.keySet());
        pool.addAll(best(cosines));
        Map<Integer, Double> fused = new HashMap<>();
        for (int number : pool) {
            double words = byWords.getOrDefault(number, 0.0) / bestByWords;
            double meaning = cosines.length == 0 ? 0 : cosines[number];
            fused.put(number, (1 - weight) * words + weight * meaning);
        }
        return fused.entrySet().stream()
                .sorted(Map.Entry.<Integer, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(count)
                .map(entry -> examples.get(entry.getKey()))
                .toList();
    }

    private double[] cosines(String question) {
        if (encoder == null) {
            throw new IllegalStateException("there is no encoder to weigh meaning with");
        }
        float[] asked = encoder.embed(question);
        double[] cosines = new double[vectors.size()];
        for (int number = 0; number < cosines.length; number++) {
            float[] vector = vectors.get(number);
            float dot = 0;
            for (int i = 0; i < asked.length; i++) {
                dot += asked[i] * vector[i];
            }
            cosines[number] = dot;
        }
        return cosines;
    }

    private static List<Integer> best(double[] cosines) {
        List<Integer> numbers = new ArrayList<>(cosines.length);
        for (int number = 0; number < cosines.length; number++) {
            numbers.add(number);
        }
        numbers.sort(Comparator.comparingDouble(number -> -cosines[number]));
        return numbers.subList(0, Math.min(POOL, numbers.size()));
    }

    @Override
    public void close() {
        lexical.close();
    }
}
