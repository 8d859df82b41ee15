package dev.rung.intake.taskfile;

import dev.rung.core.data.Split;
import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Residency;
import dev.rung.core.task.ChangeRate;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Slice;
import dev.rung.core.task.TaskName;
import dev.rung.core.task.Volume;
import dev.rung.intake.examples.Columns;
import dev.rung.json.Yaml;
import dev.rung.json.spec.Located;
import dev.rung.json.spec.Problems;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A task file as it is written: each part read, none yet looked up. A part is null when the file has none, or when what it has is wrong, which is then
 * among the {@link Problems}.
 */
record TaskSpec(
        @Nullable TaskName name,
        @Nullable String goal,
        @Nullable Output output,
        Examples examples,
        Columns columns,
        List<Located<String>> documents,
        @Nullable Bar bar,
        Cascade cascade,
        @Nullable Abstain abstain,
        Residency data,
        @Nullable Volume volume,
        ChangeRate changes,
        @Nullable Usd labelCost,
        List<ModelId> models,
        ReleaseRules rules,
        JudgeReader.@Nullable Written judge,
        Splits splits,
        Waivers waivers) {

    /** The keys of a task file. */
    static final List<String> KEYS = List.of(
            "task",
            "goal",
            "output",
            "examples",
            "columns",
            "documents",
            "bar",
            "cascade",
            "abstain",
            "data",
            "volume",
            "changes",
            "label_cost",
            "models",
            RulesReader.INCUMBENT,
            RulesReader.WAIVERS,
            "judge",
            "splits");

    /** What {@code output:} says. */
    sealed interface Output {
        /** The keys of the output; one of the first three. */
        List<String> KEYS = List.of("labels", "fields", "text", "out_of_scope");

        Yaml.Place place();
    }

    /**
     * {@code labels:}.
     *
     * @param descriptions by label; null for {@code from-examples}
     * @param outOfScope the label that {@code out_of_scope:} names, if it does
     */
    record Labels(
            Yaml.Place place,
            @Nullable SequencedMap<String, String> descriptions,
            @Nullable Located<String> outOfScope) implements Output {
        static final String FROM_EXAMPLES = "from-examples";
        /** Labels that mean "none of these" when a file has one of them and does not say. */
        static final List<String> OUT_OF_SCOPE_NAMES = List.of("none", "oos", "out_of_scope");
    }

    /** {@code fields:} as a file, or, when that is null, written inline. */
    record Fields(Yaml.Place place, @Nullable String file, Json inline) implements Output {}

    /** {@code text: true}. */
    record Text(Yaml.Place place) implements Output {}

    /**
     * What {@code examples:} says: files by split, before they are looked for.
     *
     * @param place of the key
     */
    record Examples(Yaml.Place place, Map<Split, List<Located<String>>> files, List<Located<String>> unlabelled) {
        static final String UNLABELLED = "unlabelled";
        static final List<String> KEYS = List.of("train", "tune", "calibrate", "sealed", UNLABELLED);
    }

    /**
     * What {@code bar:} says.
     *
     * @param all what is asked of all examples
     * @param macroF1 the floor of macro-F1, if one is asked
     * @param judgeScore the floor of the judge score, if one is asked
     * @param labelRecall floors by label; {@link #EVERY} for those that are not named
     * @param slices what is asked of some examples
     */
    record Bar(
            Yaml.Place place,
            Means all,
            @Nullable Double macroF1,
            @Nullable Double judgeScore,
            SequencedMap<String, Located<Double>> labelRecall,
            List<OnSlice> slices,
            double confidence) {
        static final double DEFAULT_CONFIDENCE = 0.95;
        static final List<String> LATENCIES = List.of("p50_latency", "p95_latency", "p99_latency");
        static final String COST = "cost_per_1000";
        static final String CONFIDENCE = "confidence";
        static final String MACRO_F1 = "macro_f1";
        static final String JUDGE_SCORE = "judge_score";
        static final String LABEL_RECALL = "label_recall";
        static final String SLICES = "slices";
        static final String WHERE = "where";
        static final String EVERY = "";

        /**
         * Requirements on means.
         *
         * @param rates by metric, in the order of the file: floors, or ceilings of metrics of which less is better
         */
        record Means(SequencedMap<Metric, Located<Double>> rates, List<Requirement.Mean> ceilings) {}

        /** What is asked of the examples of one slice. */
        record OnSlice(Yaml.Place place, Slice slice, Means means) {}
    }

    /** What {@code cascade:} says; null for what it leaves to the bar. */
    record Cascade(@Nullable Located<Double> harm, @Nullable Double confidence) {
        static final List<String> KEYS = List.of("harm", "confidence");
        static final Cascade UNSAID = new Cascade(null, null);
    }

    /**
     * What {@code abstain:} says; null for what it leaves to the bar.
     *
     * @param place of the key
     * @param coverage null when it is missing or wrong
     */
    record Abstain(
            Yaml.Place place,
            @Nullable Located<Double> harm,
            @Nullable Double confidence,
            @Nullable Double coverage,
            Located<String> says) {
        static final List<String> KEYS = List.of("harm", "confidence", "coverage", "says");
        static final String UNSURE = "unsure";
    }

    /** What {@code splits:} says, or its defaults. */
    record Splits(Map<Split, Double> shares, String salt, long seed) {
        static final List<String> KEYS = List.of("train", "tune", "calibrate", "sealed", "salt", "seed");
        static final Splits DEFAULT = new Splits(
                Map.of(Split.TRAIN, 0.5, Split.TUNE, 0.1, Split.CALIBRATE, 0.15, Split.SEALED, 0.25), "rung", 1);
    }
}
