package dev.rung.intake.split;

import dev.rung.core.RungException;
import dev.rung.core.data.Example;
import dev.rung.core.data.ExampleId;
import dev.rung.core.data.Split;
import dev.rung.core.json.Json;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import dev.rung.intake.examples.ReadingNotes;
import dev.rung.intake.taskfile.TaskFolder;
import dev.rung.json.JsonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The usable rows of a task, split by duplicate cluster. Texts lie in a temporary file; the heap holds about fifty bytes a row, and about two hundred while duplicates are looked
 * for, so that a million rows fit where a thousand do.
 *
 * <p>Rows are numbered from 0 in the order of the files. Not thread-safe.
 */
@SuppressWarnings("EnumOrdinal") // one small number a row, in memory only: millions of rows have no room for references
public final class SplitRows implements AutoCloseable {
    /** Stands for the answer of a row that nobody was to label. */
    public static final int UNLABELLED = -1;
    /** Stands for the answer that a row of a labelled file lacks. */
    public static final int MISSING = -2;

    private static final int INPUT = 0;
    private static final int ANSWER = 1;
    private static final int GROUP = 2;
    private static final int COLUMNS = 3;
    private static final int LINE_BITS = 40;
    private static final Split[] SPLITS = Split.values();

    private final OutputContract contract;
    private final RowTexts texts = new RowTexts(4);
    private final List<String> sources = new ArrayList<>();
    private final Map<String, Integer> sourceNumbers = new HashMap<>();
    private final LongList places = new LongList();
    private final IntList answers = new IntList();
    private final IntList splits = new IntList();
    private final Facets facets = new Facets();
    private final int[] first;
    private final Clusters clusters;

    private SplitRows(TaskFolder folder, ReadingNotes notes, IntConsumer progress) {
        contract = folder.task().output();
        NearDuplicates duplicates = new NearDuplicates();
        FirstRows firstOfAnswer = new FirstRows();
        LoadedRow.readAll(folder, notes, row -> {
            duplicates.add(row.input());
            add(row, firstOfAnswer);
            facets.see(row.columns());
            progress.accept(size());
        });
        clusters = Clusters.of(duplicates, this::input, row -> texts.get(row, GROUP));
        SplitAssignment assignment = new SplitAssignment(folder.sources(), folder.splits());
        first = new int[size()];
        for (int row = 0; row < size(); row++) {
            first[row] = duplicates.first(row);
            splits.set(row, assignment.of(split(row), clusters.name(row)).ordinal());
        }
    }

    /**
     * Reads and splits the examples of {@code folder}; rows that cannot be used are noted and left out.
     *
     * @param progress told how many rows have been read, after each
     */
    public static SplitRows read(TaskFolder folder, ReadingNotes notes, IntConsumer progress) {
        return new SplitRows(folder, notes, progress);
    }

    private void add(LoadedRow row, FirstRows firstOfAnswer) {
        int source = sourceNumbers.computeIfAbsent(row.id().source(), name -> {
            sources.add(name);
            return sources.size() - 1;
        });
        places.add(((long) source << LINE_BITS) | row.id().line());
        splits.add(row.named().ordinal());
        String answer = row.expected() == null ? null : row.expected().text();
        int number = answers.size();
        if (answer == null) {
            answers.add(row.meant() ? MISSING : UNLABELLED);
        } else {
            int same = firstOfAnswer.putIfAbsent(NormalText.hash(answer), number);
            answers.add(same < 0 ? number : same);
        }
        texts.add(row.input(), answer, row.group(), columns(row.columns()));
    }

    private static @Nullable String columns(Map<String, String> columns) {
        if (columns.isEmpty()) {
            return null;
        }
        Json.Obj json = Json.object();
        for (Map.Entry<String, String> column : new TreeMap<>(columns).entrySet()) {
            json = json.with(column.getKey(), Json.of(column.getValue()));
        }
        return json.compact();
    }

    public int size() {
        return answers.size();
    }

    /** Returns where the row stands. */
    public ExampleId id(int row) {
        long place = places.get(row);
        return new ExampleId(sources.get((int) (place >>> LINE_BITS)), place & ((1L << LINE_BITS) - 1));
    }

    public Split split(int row) {
        return SPLITS[splits.get(row)];
    }

    public String input(int row) {
        String input = texts.get(row, INPUT);
        return input == null ? "" : input;
    }

    public boolean labelled(int row) {
        return answers.get(row) >= 0;
    }

    /** Returns the first row with the same expected output, or {@link #UNLABELLED}, or {@link #MISSING}. */
    public int answer(int row) {
        return answers.get(row);
    }

    /** Returns the expected output's text, empty where there is none. */
    public String answerText(int row) {
        String answer = texts.get(row, ANSWER);
        return answer == null ? "" : answer;
    }

    /** Returns the first row with the same normal text: {@code row} itself, or an earlier one. */
    public int first(int row) {
        return first[row];
    }

    /** Returns the row that founded this row's duplicate cluster. */
    public int founder(int row) {
        return clusters.founder(row);
    }

    Clusters clusters() {
        return clusters;
    }

    Facets facets() {
        return facets;
    }

    /** Returns the row as candidates see it. */
    public Example example(int row) {
        String input = input(row);
        Map<String, String> columns = columns(row);
        return new Example(id(row), clusters.name(row), input, expected(row), columns, facets.of(input, columns));
    }

    private @Nullable Output expected(int row) {
        String answer = texts.get(row, ANSWER);
        if (answer == null) {
            return null;
        }
        return switch (contract) {
            case OutputContract.Labels labels -> new Output.Label(answer);
            case OutputContract.Fields fields
            when JsonText.parse(answer) instanceof Json.Obj record -> new Output.Fields(record);
            case OutputContract.Fields fields -> throw new RungException.Corrupt("no record at " + id(row));
            case OutputContract.Text text -> new Output.Text(answer);
        };
    }

    private Map<String, String> columns(int row) {
        String columns = texts.get(row, COLUMNS);
        if (columns == null || !(JsonText.parse(columns) instanceof Json.Obj object)) {
            return Map.of();
        }
        Map<String, String> read = new LinkedHashMap<>();
        object.members().forEach((name, value) -> read.put(name, value instanceof Json.Str(String text) ? text : ""));
        return read;
    }

    @Override
    public void close() {
        texts.close();
    }
}
