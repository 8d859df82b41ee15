package dev.rung.core.evidence.paired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.statistics.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What pairs allow to be said of a candidate. */
class PairedVerdictTest {
    private static final NonInferiority TWO_POINTS = new NonInferiority(0.02, 0.05, 0.05);
    private static final NonInferiority FIVE_POINTS = new NonInferiority(0.05, 0.05, 0.05);

    private static List<Pair> rates(int bothRight, int gains, int losses, int bothWrong) {
        List<Pair> pairs = new ArrayList<>();
        add(pairs, bothRight, 1, 1);
        add(pairs, gains, 1, 0);
        add(pairs, losses, 0, 1);
        add(pairs, bothWrong, 0, 0);
        return pairs;
    }

    private static void add(List<Pair> pairs, int times, double candidate, double incumbent) {
        for (int i = 0; i < times; i++) {
            pairs.add(new Pair("question " + pairs.size(), candidate, incumbent));
        }
    }

    @Test
    void a_candidate_that_is_as_good_is_not_worse_though_it_is_not_better() {
        PairedResult result = PairedComparison.ofRates(rates(1127, 45, 50, 15), TWO_POINTS);
        assertThat(result.verdict()).isInstanceOf(PairedVerdict.NotWorse.class);
        assertThat(result.better()).isFalse();
        assertThat(result.verdict().sentence())
                .isEqualTo(
                        "1172 of 1237 right, the incumbent 1177 (better on 45, worse on 50); worse by less than 0.02,"
                                + " if at all, with 95 % confidence: NOT WORSE");
        assertThat(result.difference().estimate()).isEqualTo(-5 / 1237.0, within(1e-12));
        assertThat(result.difference().low()).isBetween(-0.02, -0.019);
        assertThat(result.toJson().string("verdict")).isEqualTo("NOT WORSE");
        assertThat(result.toJson().number("p_not_worse").doubleValue()).isLessThan(0.05);
    }

    @Test
    void a_better_candidate_is_called_better() {
        PairedResult result = PairedComparison.ofRates(rates(300, 40, 12, 20), TWO_POINTS);
        assertThat(result.better()).isTrue();
        assertThat(result.verdict().sentence()).endsWith("; better than the incumbent with 95 % confidence: NOT WORSE");
    }

    @Test
    void a_candidate_far_behind_is_worse() {
        PairedResult result = PairedComparison.ofRates(rates(300, 5, 45, 20), TWO_POINTS);
        assertThat(result.verdict()).isInstanceOf(PairedVerdict.Worse.class);
        assertThat(result.verdict().sentence()).endsWith("worse by more than 0.02 with 95 % confidence: WORSE");
    }

    @Test
    void few_pairs_are_not_enough_and_the_number_that_would_be_is_true() {
        PairedResult result = PairedComparison.ofRates(rates(180, 8, 8, 4), FIVE_POINTS);
        assertThat(result.verdict()).isInstanceOf(PairedVerdict.NotWorse.class);
        PairedResult open = PairedComparison.ofRates(rates(90, 4, 4, 2), FIVE_POINTS);
        OptionalLong more = ((PairedVerdict.NotEnough) open.verdict()).morePairs();
        assertThat(more.orElseThrow()).isBetween(1L, 120L);
        int n = 100 + (int) more.orElseThrow();
        assertThat(ExactPairedTest.rejects(scaled(4, 4, 100, n / 2), -0.05, 0.05))
                .isFalse();
        assertThat(ExactPairedTest.rejects(scaled(4, 4, 100, n), -0.05, 0.05)).isTrue();
        assertThat(open.verdict().sentence())
                .contains("neither proved nor refuted; about " + more.orElseThrow() + " more pairs");
    }

    private static PairCounts scaled(int gains, int losses, int of, int n) {
        int up = (int) Math.floor((double) gains * n / of);
        int down = (int) Math.ceil((double) losses * n / of - 1e-9);
        return new PairCounts(n - up - down, up, down, 0);
    }

    @Test
    void no_number_of_pairs_is_promised_to_one_that_is_behind_by_the_margin() {
        PairedResult result = PairedComparison.ofRates(rates(90, 2, 5, 3), TWO_POINTS);
        assertThat(result.verdict()).isInstanceOfSatisfying(PairedVerdict.NotEnough.class, open -> {
            assertThat(open.morePairs()).isEmpty();
            assertThat(open.sentence()).contains("so far it is, and more pairs alone would not change that");
        });
    }

    @Test
    void without_pairs_there_is_nothing_to_say() {
        assertThat(PairedComparison.ofRates(List.of(), TWO_POINTS).verdict().sentence())
                .isEqualTo("no pair yet shows how the candidate compares: NOT ENOUGH EVIDENCE");
        assertThat(PairedComparison.ofScores(List.of(), TWO_POINTS).verdict())
                .isInstanceOf(PairedVerdict.NotEnough.class);
    }

    @Test
    void a_question_asked_a_hundred_times_is_one_question() {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            pairs.add(new Pair("question " + i % 10, 1, 1));
        }
        PairedResult result = PairedComparison.ofRates(pairs, FIVE_POINTS);
        assertThat(result.questions()).isEqualTo(10);
        assertThat(result.verdict()).isInstanceOf(PairedVerdict.NotEnough.class);
        assertThat(PairedComparison.ofScores(pairs, FIVE_POINTS).verdict()).isInstanceOf(PairedVerdict.NotEnough.class);
    }

    @Test
    void rates_are_right_or_wrong() {
        assertThatThrownBy(() -> PairedComparison.ofRates(List.of(new Pair("a", 0.5, 1)), TWO_POINTS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void scores_are_compared_at_all_times_and_shown_with_a_bootstrap_interval() {
        SplitMix64 random = new SplitMix64(5);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
            double base = random.below(1000) / 1000.0;
            double moved = Math.clamp(base + (random.below(201) - 100) / 1000.0, 0, 1);
            pairs.add(new Pair("question " + i, moved, base));
        }
        PairedResult result = PairedComparison.ofScores(pairs, TWO_POINTS);
        assertThat(result.verdict()).isInstanceOf(PairedVerdict.NotWorse.class);
        assertThat(result.difference().low()).isBetween(-0.01, 0.0);
        assertThat(result.basis()).isInstanceOfSatisfying(PairedResult.Basis.Anytime.class, anytime -> {
            assertThat(anytime.atLeast()).isBetween(-0.02, result.difference().low());
            assertThat(anytime.gains() + anytime.losses()).isLessThanOrEqualTo(1500);
        });
    }

    /** Thirty pairs without any difference leave the bootstrap without a spread: it would prove anything. A loss of 5 % of examples goes unseen in 21 % of such samples. */
    @Test
    void a_bootstrap_that_has_seen_no_difference_decides_nothing() {
        PairedResult result = PairedComparison.ofScores(rates(30, 0, 0, 0), TWO_POINTS);
        assertThat(result.difference().low()).isZero();
        assertThat(result.verdict()).isInstanceOf(PairedVerdict.NotEnough.class);
    }

    @Test
    void looking_after_every_pair_rarely_proves_what_is_false() {
        int runs = 120;
        int wrong = 0;
        SplitMix64 random = new SplitMix64(8);
        for (int run = 0; run < runs; run++) {
            PairedSequence sequence = new PairedSequence(FIVE_POINTS);
            for (int i = 0; i < 250 && sequence.isOpen(); i++) {
                int draw = random.below(1000); // 10 % discordant, worse by exactly the margin
                sequence.add(new Pair("q" + i, draw < 75 ? 0 : 1, draw >= 75 && draw < 100 ? 0 : 1));
            }
            wrong += sequence.result().verdict() instanceof PairedVerdict.NotWorse ? 1 : 0;
        }
        assertThat((double) wrong / runs).isLessThan(0.05 + 3 * Math.sqrt(0.05 * 0.95 / runs));
    }

    @Test
    void shadow_traffic_stops_as_soon_as_it_proves_something() {
        SplitMix64 random = new SplitMix64(9);
        PairedSequence good = new PairedSequence(FIVE_POINTS);
        PairedSequence bad = new PairedSequence(FIVE_POINTS);
        int goodRows = 0;
        int badRows = 0;
        while (good.isOpen()) {
            int draw = random.below(100);
            good.add(new Pair("q" + goodRows++, draw < 4 ? 0 : 1, draw >= 96 ? 0 : 1));
        }
        while (bad.isOpen()) {
            bad.add(new Pair("q" + badRows++, random.below(100) < 20 ? 0 : 1, 1));
        }
        assertThat(good.result().verdict()).isInstanceOf(PairedVerdict.NotWorse.class);
        assertThat(bad.result().verdict()).isInstanceOf(PairedVerdict.Worse.class);
        assertThat(goodRows).isLessThan(800);
        assertThat(badRows).isLessThan(120);
    }
}
