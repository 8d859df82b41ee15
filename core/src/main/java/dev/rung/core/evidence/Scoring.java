package dev.rung.core.evidence;

import dev.rung.core.json.Json;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/** Compares an output with the expected one. */
public final class Scoring {
    private static final Pattern SPACE = Pattern.compile("[\\p{Z}\\s]+");

    private Scoring() {}

    /**
     * Returns the score by each metric that applies to an example with this expected output, which must be of the contract's kind. Where the contract takes silence, a silent
     * solver has scores in the metrics that weigh silence alone.
     */
    public static Map<Metric, Double> score(OutputContract contract, Output expected, Output output) {
        return score(contract, expected, output, List.of());
    }

    /** As {@link #score(OutputContract, Output, Output)}, with {@code repeats}: what was answered when the question was asked again or otherwise; consistency shows only there. */
    public static Map<Metric, Double> score(
            OutputContract contract, Output expected, Output output, List<Output> repeats) {
        Map<Metric, Double> scores = scoreOf(contract, expected, output);
        if (!repeats.isEmpty() && !silent(contract, output)) {
            List<Output> all = new ArrayList<>(repeats);
            all.addFirst(output);
            scores.put(Metric.CONSISTENCY, agreement(all));
        }
        return scores;
    }

    private static boolean silent(OutputContract contract, Output output) {
        return output instanceof Output.Abstention
                && contract instanceof OutputContract.Labels labels
                && labels.unsure() != null;
    }

    // Answers that are missing agree with nothing, themselves included: a solver that never answers is not consistent.
    private static double agreement(List<Output> outputs) {
        int pairs = 0;
        int same = 0;
        for (int i = 0; i < outputs.size(); i++) {
            for (int j = i + 1; j < outputs.size(); j++) {
                pairs++;
                boolean answered = !(outputs.get(i) instanceof Output.NoAnswer);
                same += answered && outputs.get(i).equals(outputs.get(j)) ? 1 : 0;
            }
        }
        return (double) same / pairs;
    }

    private static Map<Metric, Double> scoreOf(OutputContract contract, Output expected, Output output) {
        return switch (contract) {
            case OutputContract.Labels labels ->
                labels(labels, of(Output.Label.class, expected).name(), output);
            case OutputContract.Fields fields ->
                fields(of(Output.Fields.class, expected).value(), output);
            case OutputContract.Text text ->
                text(of(Output.Text.class, expected).text(), output);
        };
    }

    private static <T extends Output> T of(Class<T> kind, Output expected) {
        if (!kind.isInstance(expected)) {
            throw new IllegalArgumentException("expected output is " + expected + ", not a " + kind.getSimpleName());
        }
        return kind.cast(expected);
    }

    private static Map<Metric, Double> labels(OutputContract.Labels contract, String expected, Output output) {
        Map<Metric, Double> scores = new EnumMap<>(Metric.class);
        boolean right = output instanceof Output.Label(String name) && name.equals(expected);
        boolean valid = output instanceof Output.Label(String name)
                && contract.descriptions().containsKey(name);
        if (contract.unsure() != null) {
            boolean silent = silent(contract, output);
            put(scores, Metric.COVERAGE, output instanceof Output.Label);
            put(scores, Metric.HARM, !right && !silent);
            if (silent) {
                return scores;
            }
        }
        put(scores, Metric.ACCURACY, right);
        put(scores, Metric.VALID, valid);
        if (contract.outOfScope() != null) {
            boolean outOfScope = expected.equals(contract.outOfScope());
            put(scores, outOfScope ? Metric.OUT_OF_SCOPE_RECALL : Metric.IN_SCOPE_ACCURACY, right);
            if (!outOfScope) {
                put(scores, Metric.FALSE_ALARM_RATE, output.equals(new Output.Label(contract.outOfScope())));
            }
        }
        return scores;
    }

    private static Map<Metric, Double> fields(Json.Obj expected, Output output) {
        Map<Metric, Double> scores = new EnumMap<>(Metric.class);
        boolean valid = output instanceof Output.Fields;
        put(scores, Metric.RECORD_EXACT, output instanceof Output.Fields(Json.Obj value) && value.equals(expected));
        scores.put(
                Metric.FIELD_ACCURACY,
                output instanceof Output.Fields(Json.Obj value) ? sharedLeaves(expected, value) : 0.0);
        put(scores, Metric.VALID, valid);
        return scores;
    }

    // Of all places where either record has a value, the share where both have the same one. Array items are compared
    // by position.
    private static double sharedLeaves(Json.Obj expected, Json.Obj found) {
        SequencedMap<List<String>, Json> wanted = new LinkedHashMap<>();
        SequencedMap<List<String>, Json> given = new LinkedHashMap<>();
        leaves(expected, List.of(), wanted);
        leaves(found, List.of(), given);
        long same = wanted.entrySet().stream()
                .filter(leaf -> leaf.getValue().equals(given.get(leaf.getKey())))
                .count();
        long surplus = given.keySet().stream()
                .filter(path -> !wanted.containsKey(path))
                .count();
        return (double) same / (wanted.size() + surplus);
    }

    private static void leaves(Json json, List<String> path, Map<List<String>, Json> into) {
        switch (json) {
            case Json.Obj object
            when !object.members().isEmpty() ->
                object.members().forEach((key, value) -> leaves(value, step(path, "." + key), into));
            case Json.Arr array
            when !array.items().isEmpty() -> {
                for (int i = 0; i < array.items().size(); i++) {
                    leaves(array.items().get(i), step(path, "#" + i), into);
                }
            }
            case Json.Obj empty -> into.put(path, empty);
            case Json.Arr empty -> into.put(path, empty);
            case Json.Str leaf -> into.put(path, leaf);
            case Json.Num leaf -> into.put(path, leaf);
            case Json.Bool leaf -> into.put(path, leaf);
            case Json.Nil leaf -> into.put(path, leaf);
        }
    }

    private static List<String> step(List<String> path, String next) {
        List<String> longer = new ArrayList<>(path);
        longer.add(next);
        return longer;
    }

    private static Map<Metric, Double> text(String expected, Output output) {
        Map<Metric, Double> scores = new EnumMap<>(Metric.class);
        boolean answered = output instanceof Output.Text;
        put(scores, Metric.EXACT_MATCH, answered && folded(output.text()).equals(folded(expected)));
        scores.put(Metric.TOKEN_F1, answered ? tokenF1(words(expected), words(output.text())) : 0.0);
        put(scores, Metric.VALID, answered);
        return scores;
    }

    private static String folded(String text) {
        return SPACE.matcher(text).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }

    // Words count as often as they occur, as in the SQuAD measure (Rajpurkar et al. 2016), but no word is left out.
    private static double tokenF1(List<String> expected, List<String> found) {
        if (expected.isEmpty() || found.isEmpty()) {
            return expected.isEmpty() && found.isEmpty() ? 1 : 0;
        }
        Map<String, Integer> open = new HashMap<>();
        expected.forEach(word -> open.merge(word, 1, Integer::sum));
        int shared = 0;
        for (String word : found) {
            int left = open.getOrDefault(word, 0);
            if (left > 0) {
                open.put(word, left - 1);
                shared++;
            }
        }
        return 2.0 * shared / (expected.size() + found.size());
    }

    // A word is a run of letters, marks and digits; an ideograph is a word of its own, since such texts have no spaces.
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        text.toLowerCase(Locale.ROOT).codePoints().forEach(c -> {
            boolean alone = Character.isIdeographic(c);
            if (alone || !partOfWord(c)) {
                flush(word, words);
            }
            if (alone) {
                words.add(Character.toString(c));
            } else if (partOfWord(c)) {
                word.appendCodePoint(c);
            }
        });
        flush(word, words);
        return words;
    }

    private static void flush(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private static boolean partOfWord(int c) {
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static void put(Map<Metric, Double> scores, Metric metric, boolean met) {
        scores.put(metric, met ? 1.0 : 0.0);
    }
}
