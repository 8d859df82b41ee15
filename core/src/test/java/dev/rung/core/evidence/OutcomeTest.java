package dev.rung.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.data.ExampleId;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static Outcome outcome(Output expected, Output output, double confidence, Price price) {
        return new Outcome(
                new ExampleId("rows, \"a\".csv", 1_234_567_890_123L),
                "c\u00e9\n",
                expected,
                output,
                confidence,
                Map.of(Metric.TOKEN_F1, 1 / 3.0, Metric.VALID, 1.0),
                Duration.ofNanos(123_456_789_012_345L),
                price);
    }

    @Test
    void an_outcome_reads_back_as_it_was_written() {
        for (Outcome outcome : new Outcome[] {
            outcome(
                    new Output.Label("a"),
                    new Output.Label("b"),
                    0.1 + 0.2,
                    new Price.Known(Usd.of("0.000000000000000000041"))),
            outcome(
                    new Output.Fields(Json.object("n", Json.of(1.5))),
                    new Output.NoAnswer("cut off"),
                    Double.NaN,
                    new Price.Unknown("no tariff")),
            outcome(new Output.Text(""), new Output.Text("\ud83d\ude00"), 1, new Price.Known(Usd.ZERO))
        }) {
            assertThat(Outcome.fromJson(outcome.toJson())).isEqualTo(outcome);
            assertThat(Outcome.fromJson(outcome.toJson()).toJson().canonical())
                    .isEqualTo(outcome.toJson().canonical());
        }
    }

    @Test
    void a_score_that_no_metric_can_have_is_refused() {
        assertThatThrownBy(() -> Outcomes.scored(1, Metric.ACCURACY, 0.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Outcomes.scored(1, Metric.TOKEN_F1, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Outcomes.of(1, " ", Map.of(), Duration.ZERO, "0"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
