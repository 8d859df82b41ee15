package dev.rung.ladder.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.data.ExampleId;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.evidence.Estimate;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.evidence.RequirementVerdict;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Slice;
import dev.rung.ladder.certificate.SimpleFigures.Figure;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The plain implementation and the one that climbs use must agree on random worlds: rates, scores, latencies and costs, with and without repeats and silence. */
class RecountTest {
    @Test
    void both_implementations_give_the_same_verdicts_and_figures() {
        Map<String, Integer> seen = new TreeMap<>();
        for (int seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            Bar bar = bar(random);
            int available = 20 + random.nextInt(180);
            int rows = random.nextBoolean() ? available : 1 + random.nextInt(available);
            double alpha = List.of(0.05, 0.025, 0.05 / 6).get(random.nextInt(3));
            Evidence evidence = new Evidence(bar, alpha, 0.05, available);
            double repeats = random.nextInt(3) * 0.2;
            double skill = 0.5 + 0.5 * random.nextDouble();
            for (int line = 1; line <= rows; line++) {
                evidence.add(outcome(line, skill, repeats, seed % 3 == 0 ? 0 : 0.2, random));
            }
            Recount recount = new Recount(alpha, 0.05, rows == available, evidence.outcomes());
            for (RequirementVerdict part : evidence.parts()) {
                assertThat(recount.verdict(part.requirement()))
                        .as("seed %d, %s", seed, part)
                        .isEqualTo(part.verdict().word());
                seen.merge(part.verdict().word(), 1, Integer::sum);
            }
            assertThat(recount.verdict(bar)).isEqualTo(evidence.verdict().word());
            if (seed < 25) {
                compareFigures(seed, evidence);
            }
        }
        assertThat(seen)
                .hasSize(3)
                .allSatisfy((word, count) -> assertThat(count).isGreaterThan(80));
    }

    private static void compareFigures(int seed, Evidence evidence) {
        Map<String, Figure> figures = new SimpleFigures(evidence.outcomes(), 0.95).all();
        for (Estimate estimate : evidence.estimates()) {
            Figure figure = Objects.requireNonNull(figures.get(estimate.key()), estimate.key());
            assertThat(figure.n()).isEqualTo(estimate.n());
            if (!estimate.known()) {
                assertThat(figure.estimate()).isNaN();
                continue;
            }
            String name = "seed " + seed + ", " + estimate + ", " + figure;
            assertThat(figure.estimate()).as(name).isEqualTo(estimate.estimate(), within(1e-9));
            assertThat(figure.low()).as(name).isEqualTo(estimate.low(), within(1e-8));
            if (estimate.high() < Double.POSITIVE_INFINITY) {
                assertThat(figure.high()).as(name).isEqualTo(estimate.high(), within(1e-8));
            } else {
                assertThat(figure.high()).isInfinite();
            }
        }
    }

    private static Bar bar(Random random) {
        double floor = List.of(0.0, 0.5, 0.8, 0.9, 0.95, 1.0).get(random.nextInt(6));
        return new Bar(
                List.of(
                        new Requirement.AtLeast(Metric.ACCURACY, floor),
                        new Requirement.AtLeast(Metric.COVERAGE, 0.9 * floor),
                        new Requirement.AtLeast(Metric.TOKEN_F1, 0.7),
                        new Requirement.AtMost(Metric.FALSE_ALARM_RATE, floor / 2),
                        new Requirement.MacroF1AtLeast(0.8 * floor),
                        new Requirement.OnSlice(
                                new Slice("language", "de"), new Requirement.AtLeast(Metric.ACCURACY, floor)),
                        new Requirement.OnSlice(
                                new Slice(Slice.LABEL, "b"),
                                new Requirement.LatencyAtMost(0.8, Duration.ofMillis(100))),
                        new Requirement.LatencyAtMost(0.9, Duration.ofMillis(100)),
                        new Requirement.CostAtMost(
                                Usd.of(List.of("0", "0.5", "1").get(random.nextInt(3))))),
                0.95);
    }

    private static Outcome outcome(int line, double skill, double repeats, double silence, Random random) {
        boolean right = random.nextDouble() < skill;
        EnumMap<Metric, Double> scores = new EnumMap<>(Metric.class);
        scores.put(Metric.ACCURACY, right ? 1.0 : 0.0);
        if (random.nextInt(5) > 0) {
            scores.put(Metric.TOKEN_F1, Math.clamp(skill + 0.3 * random.nextGaussian(), 0, 1));
        }
        if (random.nextInt(4) > 0) {
            scores.put(Metric.FALSE_ALARM_RATE, random.nextDouble() < 1 - skill ? 1.0 : 0.0);
        }
        boolean silent = random.nextDouble() < silence;
        if (silent) {
            scores.clear();
        }
        scores.put(Metric.COVERAGE, silent ? 0.0 : 1.0);
        scores.put(Metric.HARM, silent || right ? 0.0 : 1.0);
        String label = List.of("a", "b", "c").get(random.nextInt(3));
        String given = right ? label : List.of("a", "b", "d").get(random.nextInt(3));
        String cluster = random.nextDouble() < repeats ? "c" + random.nextInt(10) : "c" + (1000 + line);
        String dollars = skill > 0.9 ? "0.0005" : "0.000" + (1 + random.nextInt(9));
        return new Outcome(
                new ExampleId("rows", line),
                cluster,
                new Output.Label(label),
                silent
                        ? new Output.Abstention("unsure")
                        : random.nextInt(30) == 0 ? new Output.NoAnswer("cut off") : new Output.Label(given),
                Double.NaN,
                scores,
                Duration.ofMillis(20 + random.nextInt(90)),
                random.nextInt(400) == 0 ? new Price.Unknown("no tariff") : new Price.Known(Usd.of(dollars)),
                Map.of("language", random.nextInt(3) == 0 ? "de" : "en"),
                List.of());
    }
}
