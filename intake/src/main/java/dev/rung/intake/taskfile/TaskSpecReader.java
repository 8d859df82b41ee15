package dev.rung.intake.taskfile;

import dev.rung.core.data.Split;
import dev.rung.core.json.Json;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Residency;
import dev.rung.core.task.ChangeRate;
import dev.rung.core.task.TaskName;
import dev.rung.intake.examples.Columns;
import dev.rung.json.Yaml;
import dev.rung.json.spec.Keys;
import dev.rung.json.spec.Located;
import dev.rung.json.spec.Problems;
import dev.rung.json.spec.Values;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Reads a task file's tree into a {@link TaskSpec}, noting every problem. */
final class TaskSpecReader {
    private static final int SHORTEST_REASON = 10;

    private final Problems problems;

    TaskSpecReader(Problems problems) {
        this.problems = problems;
    }

    /** Returns what {@code root} says, or null when it is no mapping at all. */
    @Nullable
    TaskSpec read(Yaml root) {
        Keys keys = Keys.of(root, TaskSpec.KEYS, problems);
        if (keys == null) {
            return null;
        }
        Yaml data = keys.get("data");
        Yaml volume = keys.get("volume");
        Yaml changes = keys.get("changes");
        Yaml labelCost = keys.get("label_cost");
        Yaml documents = keys.get("documents");
        Residency residency = data == null ? Residency.LOCAL : Values.word(data, Residency.class, problems);
        ChangeRate changeRate = changes == null ? ChangeRate.RARELY : Values.word(changes, ChangeRate.class, problems);
        return new TaskSpec(
                name(keys),
                goal(keys),
                output(keys),
                examples(keys),
                columns(keys),
                documents == null
                        ? List.of()
                        : Values.texts(documents, "a file or a folder, or a list of them", "handbook/", problems),
                new BarReader(problems)
                        .read(keys.require("bar", "what an answer must provably meet", "bar: { accuracy: 0.90 }")),
                cascade(keys),
                new AbstainReader(problems).read(keys.get("abstain")),
                residency == null ? Residency.LOCAL : residency,
                volume == null ? null : Values.volume(volume, problems),
                changeRate == null ? ChangeRate.RARELY : changeRate,
                labelCost == null ? null : Values.money(labelCost, problems),
                models(keys),
                new RulesReader(problems).read(keys),
                new JudgeReader(problems).read(keys.get("judge")),
                splits(keys),
                waivers(keys));
    }

    private @Nullable TaskName name(Keys keys) {
        Yaml node = keys.require("task", "the task's name", "task: support-routing");
        Located<String> text = node == null ? null : Values.text(node, "a name", "support-routing", problems);
        if (text == null) {
            return null;
        }
        if (!TaskName.isValid(text.value())) {
            problems.add(
                    text.place(),
                    "the name \"" + text.value() + "\"",
                    "lower-case letters, digits and dashes, at most 64",
                    "Write, for example: support-routing");
            return null;
        }
        return new TaskName(text.value());
    }

    private @Nullable String goal(Keys keys) {
        Yaml node = keys.require(
                "goal", "what is asked, in a sentence", "goal: Route a message to the team that handles it.");
        Located<String> text = node == null
                ? null
                : Values.text(node, "a sentence", "Route a message to the team that handles it.", problems);
        return text == null ? null : text.value();
    }

    private TaskSpec.@Nullable Output output(Keys top) {
        Yaml node = top.require(
                "output", "what kind of answer is asked for", "output: { labels: [billing, delivery, none] }");
        Keys keys = node == null ? null : Keys.of(node, TaskSpec.Output.KEYS, problems);
        if (node == null || keys == null) {
            return null;
        }
        Yaml labels = keys.get("labels");
        Yaml fields = keys.get("fields");
        Yaml text = keys.get("text");
        Yaml outOfScope = keys.get("out_of_scope");
        int kinds = (labels == null ? 0 : 1) + (fields == null ? 0 : 1) + (text == null ? 0 : 1);
        if (kinds != 1) {
            problems.add(
                    node.place(),
                    kinds == 0 ? "no kind of output" : kinds + " kinds of output",
                    "exactly one of labels, fields, text",
                    "Keep one of them");
            return null;
        }
        if (labels != null) {
            return labels(labels, outOfScope);
        }
        if (outOfScope != null) {
            problems.add(outOfScope.place(), "out_of_scope", "it only beside labels", "Remove it");
        }
        return fields != null ? fields(fields) : text(text == null ? node : text);
    }

    private TaskSpec.@Nullable Output labels(Yaml node, @Nullable Yaml outOfScope) {
        Located<String> outside =
                outOfScope == null ? null : Values.text(outOfScope, "one of the labels", "none", problems);
        if (node instanceof Yaml.Scalar scalar && scalar.text().equals(TaskSpec.Labels.FROM_EXAMPLES)) {
            return new TaskSpec.Labels(node.place(), null, outside);
        }
        SequencedMap<String, String> descriptions = new LinkedHashMap<>();
        switch (node) {
            case Yaml.Mapping mapping ->
                mapping.entries().forEach((label, entry) -> {
                    boolean silent = entry.value() instanceof Yaml.Scalar scalar
                            && scalar.text().isBlank();
                    Located<String> text = silent
                            ? null
                            : Values.text(
                                    entry.value(), "what the label means", "\"invoices, charges, refunds\"", problems);
                    descriptions.put(label.strip(), text == null ? "" : text.value());
                });
            case Yaml.Sequence sequence -> {
                for (Located<String> label : Values.texts(sequence, "a label", "billing", problems)) {
                    if (descriptions.put(label.value(), "") != null) {
                        problems.add(
                                label.place(),
                                "the label \"" + label.value() + "\" a second time",
                                "each label once",
                                "Remove one");
                    }
                }
            }
            case Yaml.Scalar scalar ->
                problems.add(
                        node.place(),
                        node.describe(),
                        "a map of labels to descriptions, a list of labels, or from-examples",
                        "Write, for example: [billing, delivery, none]");
        }
        if (descriptions.size() == 1) {
            problems.add(node.place(), "one label", "at least two", "Add the others");
            return null;
        }
        return descriptions.isEmpty() ? null : new TaskSpec.Labels(node.place(), descriptions, outside);
    }

    private TaskSpec.@Nullable Output fields(Yaml node) {
        return switch (node) {
            case Yaml.Mapping mapping -> new TaskSpec.Fields(node.place(), null, mapping.json());
            case Yaml.Scalar scalar
            when scalar.value() instanceof Json.Str(String file) && !file.isBlank() ->
                new TaskSpec.Fields(node.place(), file, Json.Nil.NULL);
            case Yaml.Scalar scalar -> schemaExpected(node);
            case Yaml.Sequence sequence -> schemaExpected(node);
        };
    }

    private TaskSpec.@Nullable Output schemaExpected(Yaml node) {
        problems.add(
                node.place(),
                node.describe(),
                "a JSON Schema, inline or as a file",
                "Write, for example: fields: order.schema.json");
        return null;
    }

    private TaskSpec.@Nullable Output text(Yaml node) {
        if (node instanceof Yaml.Scalar scalar && scalar.value().equals(Json.of(true))) {
            return new TaskSpec.Text(node.place());
        }
        problems.add(node.place(), node.describe(), "true", "Write: output: { text: true }");
        return null;
    }

    private TaskSpec.Examples examples(Keys top) {
        Yaml node = top.require("examples", "files of examples", "examples: messages.csv");
        Map<Split, List<Located<String>>> files = new EnumMap<>(Split.class);
        if (node == null) {
            return new TaskSpec.Examples(top.place(), files, List.of());
        }
        if (!(node instanceof Yaml.Mapping)) {
            files.put(
                    Split.TRAIN,
                    Values.texts(
                            node, "a file, a list of files, or a map of files by split", "messages.csv", problems));
            return new TaskSpec.Examples(node.place(), files, List.of());
        }
        Keys keys = Keys.of(node, TaskSpec.Examples.KEYS, problems);
        List<Located<String>> unlabelled = List.of();
        if (keys != null) {
            for (Split split : Split.values()) {
                Yaml paths = keys.get(split.key());
                if (paths != null) {
                    files.put(split, Values.texts(paths, "a file or a list of files", split.key() + ".csv", problems));
                }
            }
            Yaml more = keys.get(TaskSpec.Examples.UNLABELLED);
            unlabelled = more == null
                    ? List.of()
                    : Values.texts(more, "a file or a list of files", "unlabelled.txt", problems);
            if (!files.containsKey(Split.TRAIN)) {
                problems.add(
                        node.place(),
                        "no key \"train\"",
                        "the files to learn from; splits that are not given are carved from them",
                        "Add train:");
            }
        }
        return new TaskSpec.Examples(node.place(), files, unlabelled);
    }

    private Columns columns(Keys top) {
        Yaml node = top.get("columns");
        Keys keys = node == null ? null : Keys.of(node, List.of("input", "output", "group"), problems);
        if (keys == null) {
            return Columns.INFERRED;
        }
        return new Columns(column(keys, "input"), column(keys, "output"), column(keys, "group"));
    }

    private @Nullable String column(Keys keys, String role) {
        Yaml node = keys.get(role);
        Located<String> text = node == null ? null : Values.text(node, "the name of a column", "text", problems);
        return text == null ? null : text.value();
    }

    private List<ModelId> models(Keys top) {
        Yaml node = top.get("models");
        List<ModelId> models = new ArrayList<>();
        if (node != null) {
            for (Located<String> name :
                    Values.texts(node, "a model's name, or a list of them", "[smollm2-135m]", problems)) {
                models.add(new ModelId(name.value()));
            }
        }
        return models;
    }

    private Waivers waivers(Keys top) {
        Yaml contamination =
                top.get(RulesReader.WAIVERS) instanceof Yaml.Mapping node ? node.get(Waivers.CONTAMINATION) : null;
        Located<String> reason = contamination == null
                ? null
                : Values.text(contamination, "the reason, in words", "\"the shared rows are greetings\"", problems);
        if (reason == null) {
            return Waivers.NONE;
        }
        if (reason.value().strip().length() < SHORTEST_REASON) {
            problems.add(
                    reason.place(),
                    "the reason \"" + reason.value() + "\"",
                    "a reason that a reader of the certificate can judge",
                    "Write a sentence");
        }
        return new Waivers(reason.value().strip());
    }

    private TaskSpec.Cascade cascade(Keys top) {
        Yaml node = top.get("cascade");
        Keys keys = node == null ? null : Keys.of(node, TaskSpec.Cascade.KEYS, problems);
        if (keys == null) {
            return TaskSpec.Cascade.UNSAID;
        }
        PromiseReader promises = new PromiseReader(problems);
        return new TaskSpec.Cascade(promises.harm(keys.get("harm")), promises.confidence(keys.get("confidence")));
    }

    private TaskSpec.Splits splits(Keys top) {
        Yaml node = top.get("splits");
        Keys keys = node == null ? null : Keys.of(node, TaskSpec.Splits.KEYS, problems);
        TaskSpec.Splits defaults = TaskSpec.Splits.DEFAULT;
        if (node == null || keys == null) {
            return defaults;
        }
        Map<Split, Double> shares = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            Yaml share = keys.get(split.key());
            Double rate = share == null ? null : Values.rate(share, problems);
            if (rate != null) {
                shares.put(split, rate);
            }
        }
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        boolean complete = shares.size() == Split.values().length
                && Math.abs(sum - 1) < 1e-9
                && shares.getOrDefault(Split.TRAIN, 0.0) > 0;
        if (!shares.isEmpty() && !complete) {
            List<String> found = new ArrayList<>();
            shares.forEach((split, share) -> found.add(split.key() + " " + share));
            problems.add(
                    node.place(),
                    "the shares " + String.join(", ", found),
                    "train, tune, calibrate and sealed that add up to 1, train above 0",
                    "Write, for example: train: 0.5, tune: 0.1, calibrate: 0.15, sealed: 0.25");
        }
        Yaml salt = keys.get("salt");
        Yaml seed = keys.get("seed");
        Located<String> saltText = salt == null ? null : Values.text(salt, "a text", "\"2026\"", problems);
        Long seedNumber = seed == null ? null : Values.whole(seed, problems);
        return new TaskSpec.Splits(
                complete ? shares : defaults.shares(),
                saltText == null ? defaults.salt() : saltText.value(),
                seedNumber == null ? defaults.seed() : seedNumber);
    }
}
