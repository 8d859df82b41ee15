package dev.rung.ladder.distil;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.data.Example;
import dev.rung.core.data.ExampleId;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Pricing;
import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.ModelCard.OutputsMayTrain;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Residency;
import dev.rung.core.model.Usage;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Provenance;
import dev.rung.core.rung.ReleaseId;
import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solution;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.Bar;
import dev.rung.core.task.ChangeRate;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Task;
import dev.rung.core.task.TaskName;
import dev.rung.ladder.climb.Artifacts;
import dev.rung.ladder.climb.Progress;
import dev.rung.ladder.climb.Site;
import dev.rung.ladder.climb.Validated;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaughtRowsTest {
    private static final OutputContract.Labels LABELS = labels();

    @TempDir
    private Path folder;

    @Test
    void only_rows_that_the_solution_is_as_sure_of_as_calibrate_asks_for_are_labelled() {
        // Answers of a confidence of 0.8 and more are right, of those below every other one: 95 % are right down to
        // 0.77.
        TaughtRows rows = TaughtRows.of(site(OutputsMayTrain.YES, Residency.LOCAL), LABELS);
        assertThat(rows.rows())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(confidence(row.input())).isGreaterThanOrEqualTo(0.77));
        assertThat(rows.rows()).hasSizeBetween(20, 30);
        assertThat(rows.origin().string("release")).isEqualTo("mail-3");
        assertThat(rows.origin().array("models")).containsExactly(Json.of("teacher"));
    }

    @Test
    void nothing_is_learned_from_a_model_whose_terms_forbid_it_or_do_not_say() {
        assertThat(TaughtRows.of(site(OutputsMayTrain.NO, Residency.LOCAL), LABELS)
                        .isEmpty())
                .isTrue();
        assertThat(TaughtRows.of(site(OutputsMayTrain.UNKNOWN, Residency.LOCAL), LABELS)
                        .isEmpty())
                .isTrue();
        assertThat(TaughtRows.of(site(null, Residency.LOCAL), LABELS).isEmpty())
                .as("a model that nobody knows")
                .isTrue();
    }

    @Test
    void nothing_is_learned_from_a_model_that_runs_where_the_data_may_not_go() {
        assertThat(TaughtRows.of(site(OutputsMayTrain.YES, Residency.ANYWHERE), LABELS)
                        .isEmpty())
                .isTrue();
    }

    private Site site(@Nullable OutputsMayTrain terms, Residency place) {
        List<ModelCard> cards = terms == null
                ? List.of()
                : List.of(new ModelCard(
                        new ModelId("teacher"),
                        "v1",
                        ModelCard.Kind.GENERATIVE,
                        place,
                        512,
                        Set.of(),
                        "MIT",
                        terms,
                        null,
                        new Pricing.Unpriced("a test")));
        Task task = new Task(
                new TaskName("mail"),
                "Sort the mail.",
                LABELS,
                new Bar(List.of(new Requirement.AtLeast(Metric.ACCURACY, 0.9)), 0.95),
                Residency.LOCAL,
                null,
                ChangeRate.RARELY,
                List.of());
        return new Site(
                task,
                List.of(),
                List.of(),
                rows("calibrate", 100, true),
                rows("unlabelled", 100, false),
                List.of(),
                List.of(),
                null,
                new Pricing.Unpriced("a test"),
                new Validated(new ReleaseId("mail-3"), new Sure(), cards),
                new Artifacts(folder),
                Progress.NONE,
                1,
                null);
    }

    private static List<Example> rows(String source, int count, boolean labelled) {
        List<Example> rows = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            Output expected = labelled ? new Output.Label("yes") : null;
            rows.add(new Example(new ExampleId(source, i), source + i, source + " " + i, expected, Map.of()));
        }
        return rows;
    }

    private static OutputContract.Labels labels() {
        SequencedMap<String, String> names = new LinkedHashMap<>();
        names.put("yes", "");
        names.put("no", "");
        return new OutputContract.Labels(names, null);
    }

    private static double confidence(String input) {
        return Integer.parseInt(input.substring(input.indexOf(' ') + 1)) / 100.0;
    }

    /** Is as sure of row n as n %, and wrong on every other one that it is less than 80 % sure of. */
    private static final class Sure implements Solver {
        @Override
        public Solution solution() {
            return new Solution(Rung.PROMPT, "sure", "test", Json.object(), new LinkedHashMap<>());
        }

        @Override
        public Answer answer(String input) {
            double confidence = confidence(input);
            boolean right = confidence >= 0.8 || Math.round(confidence * 100) % 2 == 0;
            return new Answer(
                    new Output.Label(right ? "yes" : "no"),
                    confidence,
                    Usage.NONE,
                    new Price.Known(Usd.ZERO),
                    Duration.ofMillis(1),
                    new Provenance(solution().hash(), Rung.PROMPT, "teacher", List.of(new ModelId("teacher"))));
        }

        @Override
        public void close() {}
    }
}
