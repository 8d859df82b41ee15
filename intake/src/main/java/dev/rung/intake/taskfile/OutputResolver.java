package dev.rung.intake.taskfile;

import dev.rung.core.RungException;
import dev.rung.core.data.Split;
import dev.rung.core.json.Json;
import dev.rung.core.task.OutputContract;
import dev.rung.intake.examples.ExampleFile;
import dev.rung.intake.examples.OutputKind;
import dev.rung.intake.examples.ReadingNotes;
import dev.rung.intake.examples.Row;
import dev.rung.intake.examples.Rows;
import dev.rung.json.JsonText;
import dev.rung.json.SchemaCheck;
import dev.rung.json.Yaml;
import dev.rung.json.YamlDocument;
import dev.rung.json.spec.Located;
import dev.rung.json.spec.Problems;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Resolves {@code output:} to a contract. */
final class OutputResolver {
    private static final int MAX_LABELS = 5_000;

    private final FilePaths paths;
    private final Problems problems;
    private final ReadingNotes notes;

    OutputResolver(FilePaths paths, Problems problems, ReadingNotes notes) {
        this.paths = paths;
        this.problems = problems;
        this.notes = notes;
    }

    /** Returns the contract, or null with a problem. */
    @Nullable
    OutputContract resolve(TaskSpec.Output output, Sources sources) {
        return switch (output) {
            case TaskSpec.Labels labels -> labels(labels, sources);
            case TaskSpec.Fields fields -> fields(fields);
            case TaskSpec.Text text -> new OutputContract.Text();
        };
    }

    private @Nullable OutputContract labels(TaskSpec.Labels spec, Sources sources) {
        SequencedMap<String, String> descriptions = spec.descriptions();
        if (descriptions == null) {
            if (problems.any()) {
                return null; // the files may be the wrong ones; what else is wrong is said first
            }
            descriptions = fromExamples(spec.place(), sources);
        }
        if (descriptions == null) {
            return null;
        }
        Located<String> named = spec.outOfScope();
        if (named != null && !descriptions.containsKey(named.value())) {
            problems.unknownWord(named.place(), "the label", named.value(), descriptions.sequencedKeySet());
            return null;
        }
        String outOfScope = named == null ? null : named.value();
        for (String usual : TaskSpec.Labels.OUT_OF_SCOPE_NAMES) {
            if (outOfScope == null && descriptions.containsKey(usual)) {
                outOfScope = usual;
            }
        }
        return new OutputContract.Labels(descriptions, outOfScope);
    }

    // Sealed files are left alone: what they hold decides nothing.
    private @Nullable SequencedMap<String, String> fromExamples(Yaml.Place place, Sources sources) {
        TreeSet<String> labels = new TreeSet<>();
        for (Split split : List.of(Split.TRAIN, Split.TUNE, Split.CALIBRATE)) {
            for (ExampleFile file : sources.files().getOrDefault(split, List.of())) {
                try (Rows rows = file.open(sources.columns(), OutputKind.LABELS, notes)) {
                    while (rows.hasNext()) {
                        Row row = rows.next();
                        if (row.expected() != null) {
                            labels.add(text(row.expected()).strip());
                        }
                        if (labels.size() > MAX_LABELS) {
                            problems.add(
                                    place,
                                    "more than " + MAX_LABELS + " different labels in the examples",
                                    "a closed set",
                                    "Check which column is the label: columns: { output: … }");
                            return null;
                        }
                    }
                }
            }
        }
        if (labels.size() < 2) {
            problems.add(
                    place,
                    labels.size() + " labels in the examples",
                    "at least two",
                    "Check which column is the label: columns: { output: … }");
            return null;
        }
        SequencedMap<String, String> descriptions = new LinkedHashMap<>();
        labels.forEach(label -> descriptions.put(label, ""));
        return descriptions;
    }

    private static String text(Json expected) {
        return expected instanceof Json.Str(String text) ? text : expected.compact();
    }

    private @Nullable OutputContract fields(TaskSpec.Fields spec) {
        Json schema = spec.inline();
        try {
            if (spec.file() != null) {
                Path file = paths.existing(new Located<>(spec.file(), spec.place()));
                if (file == null) {
                    return null;
                }
                boolean yaml = spec.file().endsWith(".yaml") || spec.file().endsWith(".yml");
                schema = yaml ? YamlDocument.read(file).json() : JsonText.read(file);
            }
            SchemaCheck.of(schema);
        } catch (RungException.WrongInput e) {
            problems.add(
                    spec.place(),
                    "a schema that cannot be used: " + e.getMessage(),
                    "a JSON Schema of draft 2020-12",
                    "Correct the schema");
            return null;
        }
        if (!(schema instanceof Json.Obj object)
                || !(object.get("type") instanceof Json.Str(String type))
                || !type.equals("object")) {
            problems.add(
                    spec.place(),
                    "a schema whose top is not an object",
                    "type: object with properties",
                    "Wrap the value in an object");
            return null;
        }
        return new OutputContract.Fields(object);
    }
}
