package dev.rung.intake.taskfile;

import dev.rung.core.model.ModelId;
import dev.rung.intake.examples.ExampleFile;
import dev.rung.json.Yaml;
import dev.rung.json.spec.Keys;
import dev.rung.json.spec.Located;
import dev.rung.json.spec.Problems;
import dev.rung.json.spec.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code judge:}. */
final class JudgeReader {
    private final Problems problems;

    JudgeReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * What {@code judge:} says, before its files are looked for.
     *
     * @param place of the key
     */
    record Written(
            Yaml.Place place,
            ModelId model,
            String rubric,
            List<Located<String>> labelled,
            JudgeSource.JudgeColumns columns,
            int judgedPerLabel) {
        /** Returns the judge with its files found; files that are not there are problems. */
        JudgeSource resolve(FilePaths paths) {
            List<ExampleFile> files = new ArrayList<>();
            for (Located<String> one : labelled) {
                ExampleFile file = paths.examples(one);
                if (file != null) {
                    files.add(file);
                }
            }
            return new JudgeSource(model, rubric, files, columns, judgedPerLabel);
        }
    }

    /** Returns what {@code node} says, or null when there is none or something is wrong with it. */
    @Nullable
    Written read(@Nullable Yaml node) {
        Keys keys = node == null ? null : Keys.of(node, JudgeSource.KEYS, problems);
        if (keys == null) {
            return null;
        }
        Located<String> model = text(keys, "model", "the model that judges", "gpt-5-mini");
        Located<String> rubric = text(
                keys,
                "rubric",
                "when an answer is acceptable",
                "\"It answers the question, and nothing in it is made up.\"");
        Yaml labelled = keys.require("labelled", "a file of answers that people have judged", "labelled: judged.csv");
        List<Located<String>> files = labelled == null
                ? List.of()
                : Values.texts(labelled, "a file or a list of files", "judged.csv", problems);
        int judgedPerLabel = judgedPerLabel(keys);
        JudgeSource.JudgeColumns columns = columns(keys);
        return model == null || rubric == null || files.isEmpty()
                ? null
                : new Written(keys.place(), new ModelId(model.value()), rubric.value(), files, columns, judgedPerLabel);
    }

    private @Nullable Located<String> text(Keys keys, String key, String expected, String example) {
        Yaml node = keys.require(key, expected, key + ": " + example);
        return node == null ? null : Values.text(node, expected, example, problems);
    }

    private int judgedPerLabel(Keys keys) {
        Yaml node = keys.get("judged_per_label");
        Long number = node == null ? null : Values.whole(node, problems);
        if (node == null || number == null) {
            return JudgeSource.DEFAULT_JUDGED_PER_LABEL;
        }
        if (number < 1 || number > 1_000) {
            problems.add(node.place(), node.describe(), "a number from 1 to 1000", "Write, for example: 9");
            return JudgeSource.DEFAULT_JUDGED_PER_LABEL;
        }
        return number.intValue();
    }

    private JudgeSource.JudgeColumns columns(Keys top) {
        Yaml node = top.get("columns");
        Keys keys = node == null ? null : Keys.of(node, JudgeSource.COLUMN_KEYS, problems);
        return keys == null
                ? new JudgeSource.JudgeColumns(null, null, null, null)
                : new JudgeSource.JudgeColumns(
                        column(keys, "input"),
                        column(keys, "answer"),
                        column(keys, "verdict"),
                        column(keys, "reference"));
    }

    private @Nullable String column(Keys keys, String role) {
        Yaml node = keys.get(role);
        Located<String> text = node == null ? null : Values.text(node, "the name of a column", "text", problems);
        return text == null ? null : text.value();
    }
}
