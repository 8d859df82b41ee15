package dev.rung.intake.taskfile;

import dev.rung.core.RungException;
import dev.rung.core.data.ExampleId;
import dev.rung.core.model.ModelId;
import dev.rung.intake.examples.Columns;
import dev.rung.intake.examples.ExampleFile;
import dev.rung.intake.examples.OutputKind;
import dev.rung.intake.examples.ReadingNotes;
import dev.rung.intake.examples.Row;
import dev.rung.intake.examples.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The model judge of a task that answers in text, as its file says.
 *
 * @param rubric when an answer is acceptable, in people's own words
 * @param labelled files of answers that people have judged
 * @param columns of those files; null for one that is taken by its usual name
 * @param judgedPerLabel how many answers only the judge scores, for each one that people judge as well; at least 1
 */
public record JudgeSource(
        ModelId model, String rubric, List<ExampleFile> labelled, JudgeColumns columns, int judgedPerLabel) {
    static final List<String> KEYS = List.of("model", "rubric", "labelled", "columns", "judged_per_label");
    static final List<String> COLUMN_KEYS = List.of("input", "answer", "verdict", "reference");
    static final int DEFAULT_JUDGED_PER_LABEL = 9;

    private static final List<String> ANSWERS = List.of("answer", "output", "response", "candidate", "reply");
    private static final List<String> VERDICTS = List.of("verdict", "human", "accepted", "acceptable", "judgement");
    private static final List<String> REFERENCES = List.of("reference", "expected", "expected_output", "gold");
    private static final List<String> ACCEPT = List.of("accept", "accepted", "yes", "true", "1", "good", "pass", "ok");
    private static final List<String> REJECT =
            List.of("reject", "rejected", "no", "false", "0", "bad", "fail", "not ok");

    public JudgeSource {
        labelled = List.copyOf(labelled);
        if (judgedPerLabel < 1) {
            throw new IllegalArgumentException("judged per label: " + judgedPerLabel);
        }
    }

    /** The columns that a task names; null for one that is found by its name. */
    public record JudgeColumns(
            @Nullable String input,
            @Nullable String answer,
            @Nullable String verdict,
            @Nullable String reference) {}

    /**
     * An answer that people have judged.
     *
     * @param reference an answer known to be good, or null
     */
    public record JudgedRow(
            ExampleId id,
            String input,
            String answer,
            @Nullable String reference,
            boolean accepted) {}

    /**
     * Reads all files. A row that says again what an earlier one says is left out.
     *
     * @throws RungException.WrongInput when a column is missing, a verdict is none, or two rows judge the same answer otherwise
     */
    public List<JudgedRow> read(ReadingNotes notes) {
        Map<List<String>, JudgedRow> rows = new LinkedHashMap<>();
        int repeats = 0;
        for (ExampleFile file : labelled) {
            try (Rows read = file.open(new Columns(columns.input(), null, null), OutputKind.NONE, notes)) {
                while (read.hasNext()) {
                    JudgedRow row = row(file, read.next(), notes);
                    if (row == null) {
                        continue;
                    }
                    JudgedRow earlier = rows.putIfAbsent(List.of(row.input(), row.answer()), row);
                    if (earlier != null && earlier.accepted() != row.accepted()) {
                        notes.badRow(
                                row.id(),
                                "found another verdict on the answer that " + earlier.id()
                                        + " judges, expected one verdict on each answer. Settle which holds",
                                row.input());
                    }
                    repeats += earlier == null ? 0 : 1;
                }
            }
        }
        notes.refuseBadRows();
        if (repeats > 0) {
            notes.notice(repeats + (repeats == 1 ? " row repeats" : " rows repeat")
                    + " a labelled answer and tell nothing new; each answer counts once");
        }
        return new ArrayList<>(rows.values());
    }

    private @Nullable JudgedRow row(ExampleFile file, Row row, ReadingNotes notes) {
        String answer = value(file, row, columns.answer(), ANSWERS, "answer");
        String verdict = value(file, row, columns.verdict(), VERDICTS, "verdict");
        if (answer == null || verdict == null) {
            throw RungException.WrongInput.at(
                    row.id().toString(),
                    "the columns " + String.join(", ", row.columns().keySet()) + " beside the input",
                    answer == null
                            ? "one for the answer named like " + String.join(", ", ANSWERS)
                            : "one for people's verdict named like " + String.join(", ", VERDICTS),
                    "Name it in the task file: judge: { columns: { " + (answer == null ? "answer" : "verdict")
                            + ": … } }");
        }
        String word = verdict.strip().toLowerCase(Locale.ROOT);
        if (!ACCEPT.contains(word) && !REJECT.contains(word)) {
            notes.badRow(
                    row.id(),
                    "found the verdict \"" + verdict + "\", expected one of " + String.join(", ", ACCEPT) + " or "
                            + String.join(", ", REJECT) + ". Correct it, or take the row out",
                    row.input());
            return null;
        }
        String reference = value(file, row, columns.reference(), REFERENCES, "reference");
        return new JudgedRow(
                row.id(),
                row.input(),
                answer,
                reference == null || reference.isBlank() ? null : reference,
                ACCEPT.contains(word));
    }

    private static @Nullable String value(
            ExampleFile file, Row row, @Nullable String named, List<String> usual, String role) {
        if (named != null) {
            String value = row.columns().get(named);
            if (value == null) {
                throw RungException.WrongInput.at(
                        file.toString(),
                        "no column \"" + named + "\" among "
                                + String.join(", ", row.columns().keySet()),
                        "the column that the task file names as the judge's " + role,
                        "Correct judge.columns." + role);
            }
            return value;
        }
        for (String name : usual) {
            for (Map.Entry<String, String> column : row.columns().entrySet()) {
                if (column.getKey().strip().toLowerCase(Locale.ROOT).equals(name)) {
                    return column.getValue();
                }
            }
        }
        return null;
    }
}
