package dev.rung.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.json.Json;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoringTest {
    private static final OutputContract ROUTES =
            new OutputContract.Labels(new LinkedHashMap<>(Map.of("billing", "", "delivery", "", "none", "")), "none");
    private static final OutputContract RECORD = new OutputContract.Fields(Json.object());
    private static final OutputContract TEXT = new OutputContract.Text();

    @Test
    void labels_are_scored_in_scope_or_out_of_scope() {
        assertThat(Scoring.score(ROUTES, new Output.Label("billing"), new Output.Label("none")))
                .isEqualTo(Map.of(
                        Metric.ACCURACY,
                        0.0,
                        Metric.IN_SCOPE_ACCURACY,
                        0.0,
                        Metric.FALSE_ALARM_RATE,
                        1.0,
                        Metric.VALID,
                        1.0));
        assertThat(Scoring.score(ROUTES, new Output.Label("billing"), new Output.Label("delivery")))
                .containsEntry(Metric.FALSE_ALARM_RATE, 0.0);
        assertThat(Scoring.score(ROUTES, new Output.Label("none"), new Output.Label("none")))
                .isEqualTo(Map.of(Metric.ACCURACY, 1.0, Metric.OUT_OF_SCOPE_RECALL, 1.0, Metric.VALID, 1.0));
        assertThat(Scoring.score(ROUTES, new Output.Label("none"), new Output.NoAnswer("cut off")))
                .isEqualTo(Map.of(Metric.ACCURACY, 0.0, Metric.OUT_OF_SCOPE_RECALL, 0.0, Metric.VALID, 0.0));
        assertThat(Scoring.score(ROUTES, new Output.Label("none"), new Output.Label("refunds")))
                .containsEntry(Metric.VALID, 0.0);
    }

    @Test
    void consistency_is_the_share_of_pairs_of_answers_that_agree_and_silence_agrees_with_nothing() {
        Output a = new Output.Label("billing");
        Output b = new Output.Label("delivery");
        Output none = new Output.NoAnswer("cut off");
        assertThat(Scoring.score(ROUTES, a, a, List.of(a, b))).containsEntry(Metric.CONSISTENCY, 1.0 / 3);
        assertThat(Scoring.score(ROUTES, a, none, List.of(none))).containsEntry(Metric.CONSISTENCY, 0.0);
        assertThat(Scoring.score(ROUTES, a, a)).doesNotContainKey(Metric.CONSISTENCY);
    }

    @Test
    void a_task_without_an_out_of_scope_label_knows_neither_scope_metric() {
        OutputContract closed = new OutputContract.Labels(new LinkedHashMap<>(Map.of("a", "", "b", "")), null);
        assertThat(Scoring.score(closed, new Output.Label("a"), new Output.Label("a")))
                .containsOnlyKeys(Metric.ACCURACY, Metric.VALID);
    }

    @Test
    void silence_is_weighed_against_answers_and_is_neither_right_nor_wrong() {
        OutputContract silent = new OutputContract.Labels(
                new LinkedHashMap<>(Map.of("billing", "", "delivery", "", "none", "")), "none", "unsure");
        Output billing = new Output.Label("billing");
        Output unsure = new Output.Abstention("unsure");
        assertThat(Scoring.score(silent, billing, unsure)).isEqualTo(Map.of(Metric.COVERAGE, 0.0, Metric.HARM, 0.0));
        assertThat(Scoring.score(silent, billing, unsure, List.of(unsure))).doesNotContainKey(Metric.CONSISTENCY);
        assertThat(Scoring.score(silent, billing, billing))
                .containsEntry(Metric.COVERAGE, 1.0)
                .containsEntry(Metric.HARM, 0.0)
                .containsEntry(Metric.ACCURACY, 1.0);
        assertThat(Scoring.score(silent, billing, new Output.Label("delivery"))).containsEntry(Metric.HARM, 1.0);
        assertThat(Scoring.score(silent, billing, new Output.NoAnswer("cut off")))
                .as("a failure is not silence: it counts against everything")
                .containsEntry(Metric.COVERAGE, 0.0)
                .containsEntry(Metric.HARM, 1.0)
                .containsEntry(Metric.ACCURACY, 0.0);
        assertThat(Scoring.score(ROUTES, billing, unsure))
                .as("silence where the task takes none")
                .containsEntry(Metric.ACCURACY, 0.0)
                .containsEntry(Metric.VALID, 0.0)
                .doesNotContainKeys(Metric.COVERAGE, Metric.HARM);
    }

    @Test
    void records_are_compared_leaf_by_leaf_and_surplus_leaves_are_wrong() {
        Json.Obj expected = Json.object(
                "name",
                Json.of("Ada"),
                "items",
                Json.array(List.of(
                        Json.object("sku", Json.of("x"), "count", Json.of(2)),
                        Json.object("sku", Json.of("y"), "count", Json.of(1)))));
        Json.Obj found = Json.object(
                "items",
                Json.array(List.of(Json.object("sku", Json.of("x"), "count", Json.of(3)))),
                "name",
                Json.of("Ada"),
                "gift",
                Json.of(true));
        Map<Metric, Double> scores = Scoring.score(RECORD, new Output.Fields(expected), new Output.Fields(found));
        assertThat(scores).containsEntry(Metric.RECORD_EXACT, 0.0).containsEntry(Metric.VALID, 1.0);
        assertThat(scores.get(Metric.FIELD_ACCURACY))
                .isEqualTo(2 / 6.0, within(1e-12)); // name, sku x; of 5 wanted and 1 surplus
        assertThat(Scoring.score(RECORD, new Output.Fields(expected), new Output.Fields(expected)))
                .isEqualTo(Map.of(Metric.RECORD_EXACT, 1.0, Metric.FIELD_ACCURACY, 1.0, Metric.VALID, 1.0));
        assertThat(Scoring.score(RECORD, new Output.Fields(Json.object()), new Output.Fields(Json.object())))
                .containsEntry(Metric.FIELD_ACCURACY, 1.0);
    }

    @Test
    void texts_match_but_for_case_and_space_and_share_words() {
        Map<Metric, Double> same =
                Scoring.score(TEXT, new Output.Text(" The  Cat\n sat "), new Output.Text("the cat sat"));
        assertThat(same).isEqualTo(Map.of(Metric.EXACT_MATCH, 1.0, Metric.TOKEN_F1, 1.0, Metric.VALID, 1.0));
        Map<Metric, Double> near =
                Scoring.score(TEXT, new Output.Text("the cat, the dog"), new Output.Text("The cat! A bird."));
        assertThat(near).containsEntry(Metric.EXACT_MATCH, 0.0).containsEntry(Metric.TOKEN_F1, 0.5);
        assertThat(Scoring.score(TEXT, new Output.Text("東京都"), new Output.Text("東京"))
                        .get(Metric.TOKEN_F1))
                .isEqualTo(0.8, within(1e-12));
        assertThat(Scoring.score(TEXT, new Output.Text("x"), new Output.NoAnswer("refused")))
                .isEqualTo(Map.of(Metric.EXACT_MATCH, 0.0, Metric.TOKEN_F1, 0.0, Metric.VALID, 0.0));
    }

    @Test
    void an_expected_output_of_the_wrong_kind_is_refused() {
        assertThatThrownBy(() -> Scoring.score(TEXT, new Output.Label("a"), new Output.Text("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a Text");
    }
}
