package dev.rung.bench.evidence;

import dev.rung.core.data.ExampleId;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.evidence.Verdict;
import dev.rung.core.evidence.paired.ExactPairedTest;
import dev.rung.core.evidence.paired.PairCounts;
import dev.rung.core.statistics.SplitMix64;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.Requirement;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures evidence on 10,000 rows for ten candidates against a bar with a requirement of every kind: each row added and looked at, then the verdict, every part and every estimate. */
public final class EvidenceSpeed {
    private static final int ROWS = 10_000;
    private static final int CANDIDATES = 10;
    private static final int ROUNDS = 5;

    private EvidenceSpeed() {}

    /** Prints milliseconds for all candidates; the first rounds warm up. */
    public static void main(String[] arguments) {
        Bar bar = new Bar(
                List.of(
                        new Requirement.AtLeast(Metric.ACCURACY, 0.90),
                        new Requirement.AtLeast(Metric.VALID, 0.98),
                        new Requirement.AtLeast(Metric.FIELD_ACCURACY, 0.90),
                        new Requirement.AtLeast(Metric.TOKEN_F1, 0.90),
                        new Requirement.MacroF1AtLeast(0.90),
                        new Requirement.LatencyAtMost(0.95, Duration.ofMillis(300)),
                        new Requirement.CostAtMost(Usd.of("0.20"))),
                0.95);
        for (int round = 0; round < ROUNDS; round++) {
            report(round, bar);
            pairs(round);
        }
    }

    private static void report(int round, Bar bar) {
        long adding = 0;
        long verdicts = 0;
        long estimates = 0;
        StringBuilder words = new StringBuilder();
        for (int candidate = 0; candidate < CANDIDATES; candidate++) {
            List<Outcome> outcomes = outcomes(candidate);
            Evidence evidence = new Evidence(bar, 0.025, 0.05, ROWS);
            long start = System.nanoTime();
            for (Outcome outcome : outcomes) {
                evidence.add(outcome);
                evidence.isOpen();
            }
            long added = System.nanoTime();
            Verdict verdict = evidence.verdict();
            int parts = evidence.parts().size();
            long judged = System.nanoTime();
            int figures = evidence.estimates().size();
            long done = System.nanoTime();
            adding += added - start;
            verdicts += judged - added;
            estimates += done - judged;
            words.append(verdict.word().charAt(0))
                    .append(parts)
                    .append(figures > 0 ? "" : "!")
                    .append(' ');
        }
        System.out.printf(
                "round %d add %6.0f ms  verdict and parts %6.0f ms  estimates %6.0f ms  all %6.0f ms  %s%n",
                round, adding / 1e6, verdicts / 1e6, estimates / 1e6, (adding + verdicts + estimates) / 1e6, words);
    }

    // Candidates around the bar, so that some stay open to the last row.
    private static List<Outcome> outcomes(int candidate) {
        SplitMix64 random = new SplitMix64(candidate + 1);
        int right = 880 + 5 * candidate;
        List<Outcome> outcomes = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            boolean hit = random.below(1000) < right;
            int label = random.below(100);
            double score = hit ? 1 : random.below(1000) / 1000.0;
            double fields = hit ? 1 : random.below(8) / 8.0;
            outcomes.add(new Outcome(
                    new ExampleId("rows", row),
                    "cluster " + (random.below(20) == 0 ? random.below(ROWS) : ROWS + row),
                    new Output.Label("label " + label),
                    new Output.Label("label " + (hit ? label : random.below(100))),
                    0.9,
                    Map.of(
                            Metric.ACCURACY,
                            hit ? 1.0 : 0.0,
                            Metric.VALID,
                            random.below(100) < 98 ? 1.0 : 0.0,
                            Metric.FIELD_ACCURACY,
                            fields,
                            Metric.TOKEN_F1,
                            score),
                    Duration.ofMillis(random.below(100) < 95 ? 100 : 400),
                    new Price.Known(new Usd(BigDecimal.valueOf(150 + random.below(100), 6)))));
        }
        return outcomes;
    }

    private static void pairs(int round) {
        for (int n : new int[] {500, 2_000, 20_000}) {
            int each = (int) (0.04 * n);
            PairCounts counts =
                    new PairCounts(n - 2 * each - (int) Math.sqrt(each), each, each + (int) Math.sqrt(each), 0);
            long start = System.nanoTime();
            double p = ExactPairedTest.pValue(counts, -0.02, 0.05);
            System.out.printf(
                    "round %d exact non-inferiority of %,d pairs (p %.2g): %.1f ms%n",
                    round, n, p, (System.nanoTime() - start) / 1e6);
        }
    }
}
