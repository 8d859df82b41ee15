package dev.rung.intake.taskfile;

import dev.rung.core.task.OutputContract;
import dev.rung.json.Yaml;
import dev.rung.json.spec.Keys;
import dev.rung.json.spec.Located;
import dev.rung.json.spec.Problems;
import dev.rung.json.spec.Values;
import org.jspecify.annotations.Nullable;

/** Reads {@code abstain:}, by which a task allows a solver to say that it does not know, and says what that costs. */
final class AbstainReader {
    private static final String SHOWN = "abstain: { coverage: 0.70 }";

    private final Problems problems;

    AbstainReader(Problems problems) {
        this.problems = problems;
    }

    TaskSpec.@Nullable Abstain read(@Nullable Yaml node) {
        Keys keys = node == null ? null : Keys.of(node, TaskSpec.Abstain.KEYS, problems);
        if (node == null || keys == null) {
            return null;
        }
        PromiseReader promises = new PromiseReader(problems);
        Yaml coverage = keys.require("coverage", "the least share of questions that must be answered", SHOWN);
        Double least = coverage == null ? null : Values.rate(coverage, problems);
        if (coverage != null && least != null && (least <= 0 || least >= 1)) {
            problems.add(
                    coverage.place(),
                    coverage.describe(),
                    "a share of all questions above 0 and below 1",
                    least <= 0
                            ? "A solver that never answers would do. Write, for example: 0.70"
                            : "Where every question must be answered, leave abstain: out");
            least = null;
        }
        Yaml says = keys.get("says");
        Located<String> words =
                says == null ? null : Values.text(says, "what is said in an answer's place", "unsure", problems);
        return new TaskSpec.Abstain(
                node.place(),
                promises.harm(keys.get("harm")),
                promises.confidence(keys.get("confidence")),
                least,
                words == null ? new Located<>(TaskSpec.Abstain.UNSURE, node.place()) : words);
    }

    /** Returns {@code output} as a contract that takes silence, where it can. */
    @Nullable
    OutputContract allow(TaskSpec.Abstain spec, OutputContract output, ReleaseRules rules) {
        if (!(output instanceof OutputContract.Labels labels)) {
            problems.add(
                    spec.place(),
                    "silence",
                    "it only where answers are labels: no other solver states a confidence",
                    "Remove abstain:");
            return null;
        }
        Double margin = rules.margin();
        if (margin != null) {
            problems.add(
                    spec.place(),
                    "silence beside " + RulesReader.NOT_WORSE + ": " + margin,
                    "one of the two: where one of two solvers is silent, neither is right or wrong, so no margin compares them",
                    "Remove abstain:, or " + RulesReader.NOT_WORSE + " under bar:");
            return null;
        }
        String says = spec.says().value();
        if (labels.descriptions().containsKey(says)) {
            problems.add(
                    spec.says().place(),
                    "\"" + says + "\", which is one of the labels",
                    "words that no answer can be",
                    "Write another, such as: says: I don't know");
            return null;
        }
        return new OutputContract.Labels(labels.descriptions(), labels.outOfScope(), says);
    }
}
