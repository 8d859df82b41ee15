package dev.rung.ladder.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.evidence.paired.ExactPairedTest;
import dev.rung.core.evidence.paired.NonInferiority;
import dev.rung.core.evidence.paired.Pair;
import dev.rung.core.evidence.paired.PairCounts;
import dev.rung.core.evidence.paired.PairedComparison;
import dev.rung.core.evidence.paired.PairedResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two implementations that share no code must agree. */
class SimplePairedTest {
    @Test
    void both_implementations_agree_on_p_values() {
        Random random = new Random(3);
        for (int i = 0; i < 30; i++) {
            int n = 5 + random.nextInt(120);
            int discordant = random.nextInt(n / 3 + 1);
            int gains = random.nextInt(discordant + 1);
            PairCounts counts = new PairCounts(n - discordant, gains, discordant - gains, 0);
            double difference = (random.nextInt(21) - 12) / 100.0;
            double level = random.nextBoolean() ? 0.05 : 0.003;
            double plain = SimplePaired.pValue(counts, difference, level);
            assertThat(ExactPairedTest.pValue(counts, difference, level))
                    .as("%s against %s", counts, difference)
                    .isBetween(plain * (1 - 1e-6), plain * 1.012 + 1e-12);
        }
    }

    /** Tango 1998: Z = 1.709 for one loss in 44 pairs and a margin of 0.1. */
    @Test
    void the_score_by_bisection_is_the_published_one() {
        assertThat(SimplePaired.score(0, 1, 44, -0.1)).isEqualTo(1.709, within(5e-4));
        assertThat(SimplePaired.score(0, 0, 44, 0)).isZero();
    }

    @Test
    void both_implementations_agree_on_verdicts_with_and_without_repeats() {
        Random random = new Random(4);
        Set<String> words = new HashSet<>();
        for (int i = 0; i < 24; i++) {
            NonInferiority question = new NonInferiority(0.05, i % 2 == 0 ? 0.05 : 0.01, 0.05);
            List<Pair> pairs = pairs(random, 60 + random.nextInt(140), 0.02 + 0.2 * random.nextDouble(), i % 4 == 3);
            PairedResult rates = PairedComparison.ofRates(pairs, question);
            assertThat(SimplePaired.differences(pairs, rates)).as("%s", rates).isEmpty();
            assertThat(rates.verdict().word()).isEqualTo(SimplePaired.word(pairs, question));
            PairedResult scores = PairedComparison.ofScores(pairs, question);
            assertThat(SimplePaired.differences(pairs, scores)).as("%s", scores).isEmpty();
            words.add(rates.verdict().word());
            words.add(scores.verdict().word() + " at any time");
        }
        assertThat(words).hasSize(6);
    }

    private static List<Pair> pairs(Random random, int n, double losses, boolean repeats) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double draw = random.nextDouble();
            String cluster = "q" + (repeats ? random.nextInt(n) : i);
            pairs.add(new Pair(cluster, draw < losses ? 0 : 1, draw > 0.97 ? 0 : 1));
        }
        return pairs;
    }

    @Test
    void a_result_that_does_not_follow_from_its_pairs_is_found() {
        NonInferiority question = new NonInferiority(0.05, 0.05, 0.05);
        List<Pair> pairs = pairs(new Random(5), 200, 0.02, false);
        PairedResult result = PairedComparison.ofRates(pairs, question);
        List<Pair> changed = new ArrayList<>(pairs);
        changed.set(7, new Pair("q7", 1 - pairs.get(7).candidate(), pairs.get(7).incumbent()));
        assertThat(SimplePaired.differences(changed, result)).isNotEmpty();
        PairedResult better = new PairedResult(
                result.verdict(),
                question,
                result.candidate(),
                result.incumbent(),
                result.difference(),
                result.pairs(),
                result.questions(),
                !result.better(),
                result.basis());
        assertThat(SimplePaired.differences(pairs, better)).containsExactly("better");
    }
}
