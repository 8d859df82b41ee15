package dev.rung.intake.audit;

import dev.rung.core.data.ExampleId;
import dev.rung.core.data.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the audit keeps of every row: some forty bytes, and the text of the first {@value #TEXTS}. Not thread-safe. */
final class RowTable {
    static final int TEXTS = 50_000;
    /** Stands for a row without a label. */
    static final int NONE = -1;

    private final List<String> sources = new ArrayList<>();
    private final Map<String, Integer> sourceNumbers = new HashMap<>();
    private final List<String> answers = new ArrayList<>();
    private final Map<String, Integer> answerNumbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private Split[] split = new Split[1024];
    private int[] source = new int[1024];
    private int[] line = new int[1024];
    private int[] answer = new int[1024];
    private long[] textHash = new long[1024];
    private long[] cluster = new long[1024];
    private int size;

    void add(Split in, ExampleId id, String input, int answerNumber, long hash, long clusterHash) {
        if (size == split.length) {
            grow(size + (size >> 1));
        }
        split[size] = in;
        source[size] = sourceNumbers.computeIfAbsent(id.source(), name -> {
            sources.add(name);
            return sources.size() - 1;
        });
        line[size] = Math.toIntExact(id.line());
        answer[size] = answerNumber;
        textHash[size] = hash;
        cluster[size] = clusterHash;
        if (size < TEXTS) {
            texts.add(input);
        }
        size++;
    }

    private void grow(int capacity) {
        split = Arrays.copyOf(split, capacity);
        source = Arrays.copyOf(source, capacity);
        line = Arrays.copyOf(line, capacity);
        answer = Arrays.copyOf(answer, capacity);
        textHash = Arrays.copyOf(textHash, capacity);
        cluster = Arrays.copyOf(cluster, capacity);
    }

    /** Returns the number of an answer, the same for equal ones. */
    int numberOf(String of) {
        return answerNumbers.computeIfAbsent(of, name -> {
            answers.add(name);
            return answers.size() - 1;
        });
    }

    int size() {
        return size;
    }

    Split split(int row) {
        return split[row];
    }

    ExampleId id(int row) {
        return new ExampleId(sources.get(source[row]), line[row]);
    }

    int answer(int row) {
        return answer[row];
    }

    String answerText(int row) {
        return answer[row] == NONE ? "" : answers.get(answer[row]);
    }

    String answerName(int number) {
        return answers.get(number);
    }

    int answerCount() {
        return answers.size();
    }

    long textHash(int row) {
        return textHash[row];
    }

    long cluster(int row) {
        return cluster[row];
    }

    /** Returns the text of a row, or empty where it is not kept. */
    String text(int row) {
        return row < texts.size() ? texts.get(row) : "";
    }

    int kept() {
        return texts.size();
    }

    Finding.Flag flag(int row, String suggestion) {
        return new Finding.Flag(id(row), split(row), answerText(row), suggestion, text(row));
    }
}
