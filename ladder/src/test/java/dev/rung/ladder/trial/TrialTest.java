package dev.rung.ladder.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.Sha256;
import dev.rung.core.data.Example;
import dev.rung.core.data.ExampleId;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.json.Json;
import dev.rung.core.model.Residency;
import dev.rung.core.model.Usage;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Provenance;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialTest {
    private static final Example ROW = new Example(
            new ExampleId("rows.csv", 7),
            "c7",
            "where is my parcel?",
            new Output.Label("yes"),
            Map.of(Trial.PARAPHRASES, "has it been sent? | when will it come?"),
            Map.of("language", "en"));

    @Test
    void where_the_bar_asks_for_consistency_a_question_is_asked_again_and_in_other_words() {
        Wavering solver = new Wavering();
        Outcome outcome = Trial.of(
                solver,
                task(new Requirement.AtLeast(Metric.ACCURACY, 0.8), new Requirement.AtLeast(Metric.CONSISTENCY, 0.9)),
                ROW);
        assertThat(solver.asked)
                .containsExactly(
                        "where is my parcel? #0",
                        "where is my parcel? #1",
                        "where is my parcel? #2",
                        "has it been sent? #0",
                        "when will it come? #0");
        // yes, no, yes, yes, yes: 6 of 10 pairs agree.
        assertThat(outcome.scores()).containsEntry(Metric.ACCURACY, 1.0).containsEntry(Metric.CONSISTENCY, 0.6);
        assertThat(Outcome.fromJson(outcome.toJson())).isEqualTo(outcome);
    }

    @Test
    void otherwise_it_is_asked_once() {
        Wavering solver = new Wavering();
        Outcome outcome = Trial.of(solver, task(new Requirement.AtLeast(Metric.ACCURACY, 0.8)), ROW);
        assertThat(solver.asked).hasSize(1);
        assertThat(outcome.scores()).doesNotContainKey(Metric.CONSISTENCY);
        assertThat(outcome.facets()).containsEntry("language", "en");
    }

    private static Task task(Requirement... requirements) {
        LinkedHashMap<String, String> labels = new LinkedHashMap<>(Map.of("yes", "", "no", ""));
        return new Task(
                new TaskName("parcels"),
                "Is it about a parcel?",
                new OutputContract.Labels(labels, null),
                new Bar(List.of(requirements), 0.95),
                Residency.LOCAL,
                null,
                ChangeRate.RARELY,
                List.of());
    }

    /** Says yes, but no when it is asked for the second time. */
    private static final class Wavering implements Solver {
        private final List<String> asked = new ArrayList<>();

        @Override
        public Solution solution() {
            return new Solution(Rung.PROMPT, "wavering", "test", Json.object(), new LinkedHashMap<>());
        }

        @Override
        public Answer answer(String input) {
            return answer(input, 0);
        }

        @Override
        public Answer answer(String input, int ask) {
            asked.add(input + " #" + ask);
            return new Answer(
                    new Output.Label(ask == 1 ? "no" : "yes"),
                    0.9,
                    Usage.NONE,
                    new Price.Known(Usd.ZERO),
                    Duration.ofMillis(1),
                    new Provenance(Sha256.of("wavering"), Rung.PROMPT, "wavering", List.of()));
        }

        @Override
        public void close() {}
    }
}
