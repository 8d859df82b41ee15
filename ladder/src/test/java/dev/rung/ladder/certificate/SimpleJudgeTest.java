package dev.rung.ladder.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.data.ExampleId;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.evidence.Estimate;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.evidence.Judged;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Output;
import dev.rung.core.task.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SimpleJudgeTest {
    @Test
    void the_second_count_of_a_judge_score_agrees_with_the_first() {
        Random random = new Random(3);
        List<String> words = new ArrayList<>();
        for (int world = 0; world < 60; world++) {
            int each = 1 + random.nextInt(6);
            double truth = 0.4 + 0.6 * random.nextDouble();
            double floor = 0.5 + 0.4 * random.nextDouble();
            int missing = random.nextInt(3) == 0 ? 20 + random.nextInt(200) : Integer.MAX_VALUE;
            Requirement requirement = new Requirement.JudgeScoreAtLeast(floor, each, "j");
            Bar bar = new Bar(List.of(requirement), 0.95);
            Evidence evidence = new Evidence(bar, 0.04, 0.05, 400);
            for (int i = 0; i < 60 + random.nextInt(340); i++) {
                boolean good = random.nextDouble() < truth;
                boolean accepted = random.nextDouble() < (good ? 0.9 : 0.2);
                boolean labelled = i < missing && random.nextDouble() < 0.999;
                evidence.add(outcome(
                        i,
                        "q" + (random.nextInt(8) == 0 ? random.nextInt(i + 1) : i),
                        new Judged(accepted ? 1 : 0, labelled ? good ? 1 : 0 : Double.NaN)));
            }
            String word = evidence.verdict().word();
            words.add(word);
            assertThat(new Recount(0.04, 0.05, false, evidence.outcomes()).verdict(requirement))
                    .isEqualTo(word);
            Estimate estimate = evidence.estimate(requirement);
            SimpleFigures.Figure figure = new SimpleJudge(evidence.outcomes(), each).figure(0.025);
            assertThat(figure.n()).isEqualTo(estimate.n());
            assertThat(figure.estimate()).isCloseTo(estimate.estimate(), within(1e-9));
            assertThat(figure.low()).isCloseTo(estimate.low(), within(1e-7));
            assertThat(figure.high()).isCloseTo(estimate.high(), within(1e-7));
        }
        assertThat(words).contains("PASS", "FAIL", "NOT ENOUGH EVIDENCE");
    }

    private static Outcome outcome(int line, String cluster, Judged judged) {
        return new Outcome(
                new ExampleId("e.csv", line + 1),
                cluster,
                new Output.Text("expected"),
                new Output.Text("said"),
                Double.NaN,
                Map.of(),
                Duration.ofMillis(5),
                new Price.Known(Usd.ZERO),
                Map.of(),
                List.of(),
                judged);
    }
}
