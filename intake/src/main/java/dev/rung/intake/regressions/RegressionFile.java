package dev.rung.intake.regressions;

import dev.rung.core.RungException;
import dev.rung.core.data.Example;
import dev.rung.core.data.ExampleId;
import dev.rung.core.data.RegressionSet;
import dev.rung.core.json.Json;
import dev.rung.core.task.Output;
import dev.rung.intake.split.ExpectedOutputs;
import dev.rung.intake.taskfile.TaskFolder;
import dev.rung.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The file {@code regressions.jsonl} in a task's folder: a row a line, with the set that it belongs to.
 *
 * <p>It lies beside the task file, so that it is reviewed and kept with the task and outlives any ledger. Its rows are tests that everybody may read, hence never
 * sealed rows any longer. Stateless.
 */
public final class RegressionFile {
    /** The name of the file. */
    public static final String NAME = "regressions.jsonl";

    private RegressionFile() {}

    /** Returns the sets of {@code folder} in the order in which they begin; none where there is no file. */
    public static List<RegressionSet> read(TaskFolder folder) {
        Path file = folder.folder().resolve(NAME);
        if (!Files.exists(file)) {
            refuseIdleWaivers(folder, List.of());
            return List.of();
        }
        ExpectedOutputs outputs = new ExpectedOutputs(folder.task().output());
        SequencedMap<String, List<Example>> rows = new LinkedHashMap<>();
        long line = 0;
        for (String text : lines(file)) {
            line++;
            if (!text.isBlank()) {
                add(file, line, text, outputs, rows);
            }
        }
        List<RegressionSet> sets = new ArrayList<>();
        rows.forEach((name, members) -> sets.add(new RegressionSet(
                name, members, folder.rules().regressionWaivers().get(name))));
        refuseIdleWaivers(folder, sets);
        return sets;
    }

    private static void add(
            Path file, long line, String text, ExpectedOutputs outputs, Map<String, List<Example>> rows) {
        if (!(JsonText.parse(text, file + ":" + line) instanceof Json.Obj row)
                || !(row.get("set") instanceof Json.Str(String set))
                || !(row.get("input") instanceof Json.Str(String input))
                || row.get("expected") == null
                || set.isBlank()
                || input.isBlank()) {
            throw new RungException.WrongInput(file + ":" + line + ": found " + shortened(text)
                    + ", expected an object with set, input and expected, such as"
                    + " {\"set\": \"late parcels\", \"input\": \"where is it?\", \"expected\": \"delivery\"}");
        }
        switch (outputs.read(row.require("expected"))) {
            case ExpectedOutputs.Good(Output output) ->
                rows.computeIfAbsent(set, name -> new ArrayList<>())
                        .add(new Example(new ExampleId(NAME, line), "regression " + line, input, output, Map.of()));
            case ExpectedOutputs.Bad(String message) ->
                throw new RungException.WrongInput(file + ":" + line + ": " + message);
        }
    }

    private static void refuseIdleWaivers(TaskFolder folder, List<RegressionSet> sets) {
        List<String> names = sets.stream().map(RegressionSet::name).toList();
        for (String waived : folder.rules().regressionWaivers().keySet()) {
            if (!names.contains(waived)) {
                throw new RungException.WrongInput(folder.file() + ": found a waiver for the regression set \"" + waived
                        + "\", expected " + (names.isEmpty() ? "none, since there is no set" : "one of " + names)
                        + ". Remove it, or correct its name");
            }
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new RungException.WrongInput(file + ": cannot be read as UTF-8 text: " + e.getMessage(), e);
        }
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 59) + "…";
    }

    /**
     * Adds {@code rows} to the set {@code name} of the task in {@code folder}.
     *
     * @param origin where they come from, for whoever reads the file
     */
    public static void add(TaskFolder folder, String name, List<Example> rows, String origin) {
        StringBuilder lines = new StringBuilder();
        for (Example row : rows) {
            Json expected = switch (row.label()) {
                case Output.Fields(Json.Obj value) -> value;
                case Output.Label label -> Json.of(label.name());
                case Output.Text text -> Json.of(text.text());
                case Output.Abstention silence ->
                    throw new IllegalArgumentException("silence is expected of " + row.id());
                case Output.NoAnswer none -> throw new IllegalArgumentException("no answer is expected of " + row.id());
            };
            Json.Obj line = Json.object(
                    "set", Json.of(name), "input", Json.of(row.input()), "expected", expected, "from", Json.of(origin));
            lines.append(line.compact()).append('\n');
        }
        Path file = folder.folder().resolve(NAME);
        try {
            boolean broken = Files.exists(file)
                    && Files.size(file) > 0
                    && !Files.readString(file).endsWith("\n");
            Files.writeString(
                    file,
                    (broken ? "\n" : "") + lines,
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
