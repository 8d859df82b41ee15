package dev.rung.intake.audit;

import dev.rung.core.Sha256;
import dev.rung.core.data.ExampleId;
import dev.rung.core.data.Split;
import dev.rung.core.task.Bar;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Task;
import dev.rung.intake.text.Language;
import dev.rung.learn.TextForm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The audit of a task's examples: rows go in one after the other, then the report is drawn up.
 *
 * <p>Keeps a few dozen bytes of each row and the texts of the first {@value RowTable#TEXTS}; what needs texts is measured on those. Not thread-safe.
 */
public final class Audit {
    private static final int FEW = 10;
    private static final int LONG_CHARACTERS = 2_000;
    private static final double RARE_LANGUAGE = 0.05;
    private static final int FLAGS_OF_A_KIND = 10_000;

    private final Task task;
    private final RowTable rows = new RowTable();
    private final Lengths lengths = new Lengths();
    private final Map<Split, Long> bySplit = new EnumMap<>(Split.class);
    private final Map<String, Long> languages = new TreeMap<>();
    private final Map<String, List<Finding.Flag>> foreign = new TreeMap<>();
    private final Map<PersonalData.Kind, Long> personal = new EnumMap<>(PersonalData.Kind.class);
    private final Map<PersonalData.Kind, List<Finding.Flag>> personalRows = new EnumMap<>(PersonalData.Kind.class);
    private final List<Finding.Flag> empty = new ArrayList<>();
    private final List<Finding.Flag> veryLong = new ArrayList<>();

    public Audit(Task task) {
        this.task = task;
    }

    /**
     * Looks at a row.
     *
     * @param answer the expected output's text, or null for a row that nobody has labelled
     * @param cluster the duplicate cluster
     */
    public void add(Split split, ExampleId id, String input, @Nullable String answer, String cluster) {
        int number = answer == null ? RowTable.NONE : rows.numberOf(answer);
        rows.add(split, id, input, number, hash(TextForm.of(input)), hash(cluster));
        bySplit.merge(split, 1L, Long::sum);
        lengths.add(input.length());
        int row = rows.size() - 1;
        if (input.isBlank()) {
            keep(empty, row, "");
        } else if (input.length() > LONG_CHARACTERS) {
            keep(veryLong, row, input.length() + " characters");
        }
        String language = Language.of(input);
        languages.merge(language, 1L, Long::sum);
        keep(foreign.computeIfAbsent(language, name -> new ArrayList<>()), row, language);
        for (PersonalData.Kind kind : PersonalData.in(input)) {
            personal.merge(kind, 1L, Long::sum);
            keep(personalRows.computeIfAbsent(kind, name -> new ArrayList<>()), row, kind.plural());
        }
    }

    private void keep(List<Finding.Flag> flags, int row, String suggestion) {
        if (flags.size() < FLAGS_OF_A_KIND) {
            flags.add(rows.flag(row, suggestion));
        }
    }

    private static long hash(String text) {
        return Long.parseUnsignedLong(Sha256.of(text).hex().substring(0, 16), 16);
    }

    /**
     * Draws up the report.
     *
     * @param threads for the parts that compute
     * @param notices what reading the files brought up
     */
    public AuditReport report(int threads, long seed, Collection<String> notices) {
        boolean labels = task.output() instanceof OutputContract.Labels;
        Learnability learnability = labels ? Learnability.of(rows, bar(), threads, seed) : Learnability.none();
        List<Finding> findings = new ArrayList<>(Duplicates.find(rows));
        findings.addAll(learnability.findings());
        if (task.output() instanceof OutputContract.Labels contract) {
            findings.addAll(shortages(contract));
        }
        findings.addAll(odd());
        findings.sort(Comparator.comparing(Finding::severity).reversed());
        List<String> said = new ArrayList<>(notices);
        if (rows.size() > rows.kept()) {
            said.add("label errors and the learning curve were measured on the first %,d rows".formatted(rows.kept()));
        }
        return new AuditReport(
                bySplit,
                labels ? labelCounts() : new LinkedHashMap<>(),
                findings,
                lengths.toJson(),
                sorted(languages),
                learnability.outlook(),
                learnability.figures(),
                said);
    }

    private Bar bar() {
        return task.bar();
    }

    private SequencedMap<String, Long> labelCounts() {
        Map<String, Long> counts = new TreeMap<>();
        for (int row = 0; row < rows.size(); row++) {
            if (rows.answer(row) != RowTable.NONE) {
                counts.merge(rows.answerText(row), 1L, Long::sum);
            }
        }
        return sorted(counts);
    }

    private static SequencedMap<String, Long> sorted(Map<String, Long> counts) {
        SequencedMap<String, Long> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private List<Finding> shortages(OutputContract.Labels contract) {
        Map<String, Long> train = new TreeMap<>();
        Map<String, Long> sealed = new TreeMap<>();
        for (int row = 0; row < rows.size(); row++) {
            if (rows.answer(row) == RowTable.NONE) {
                continue;
            }
            switch (rows.split(row)) {
                case TRAIN -> train.merge(rows.answerText(row), 1L, Long::sum);
                case SEALED -> sealed.merge(rows.answerText(row), 1L, Long::sum);
                case TUNE, CALIBRATE -> {
                    // Choices need fewer rows of a label than learning and proving do.
                }
            }
        }
        List<Finding> findings = new ArrayList<>();
        List<String> few = contract.descriptions().keySet().stream()
                .filter(label -> train.getOrDefault(label, 0L) < FEW)
                .map(label -> label + " (" + train.getOrDefault(label, 0L) + ")")
                .toList();
        if (!few.isEmpty()) {
            findings.add(new Finding(
                    "class-shortage",
                    Severity.WARNING,
                    few.size(),
                    "labels with fewer than " + FEW + " training rows: " + String.join(", ", few),
                    List.of()));
        }
        List<String> unproved = contract.descriptions().keySet().stream()
                .filter(label -> !sealed.containsKey(label))
                .toList();
        if (!unproved.isEmpty() && !sealed.isEmpty()) {
            findings.add(new Finding(
                    "unproved-labels",
                    Severity.NOTE,
                    unproved.size(),
                    "labels without a sealed row, on which nothing is proved: " + String.join(", ", unproved),
                    List.of()));
        }
        return findings;
    }

    private List<Finding> odd() {
        List<Finding> findings = new ArrayList<>();
        if (!empty.isEmpty()) {
            findings.add(new Finding(
                    "empty", Severity.WARNING, empty.size(), empty.size() + " rows have an empty input", empty));
        }
        if (!veryLong.isEmpty()) {
            String sentence = veryLong.size() + " rows are longer than " + LONG_CHARACTERS
                    + " characters; the encoder reads about that much, and small models may not have room";
            findings.add(new Finding("very-long", Severity.NOTE, veryLong.size(), sentence, veryLong));
        }
        for (Map.Entry<String, Long> language : languages.entrySet()) {
            boolean rare = language.getValue() < RARE_LANGUAGE * rows.size();
            if (rare && !language.getKey().equals(Language.UNDETERMINED)) {
                findings.add(new Finding(
                        "language-" + language.getKey(),
                        Severity.NOTE,
                        language.getValue(),
                        language.getValue() + " rows seem to be in another language: " + language.getKey(),
                        foreign.getOrDefault(language.getKey(), List.of())));
            }
        }
        personal.forEach((kind, count) -> findings.add(new Finding(
                "personal-" + kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                Severity.NOTE,
                count,
                count + " rows seem to contain " + kind.plural(),
                personalRows.getOrDefault(kind, List.of()))));
        return findings;
    }
}
