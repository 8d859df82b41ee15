package dev.rung.core.evidence.paired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Intervals, McNemar's test and savings. */
class PairedFiguresTest {
    /**
     * The first two as published: 161 patients before and after consolidation therapy and 21 children before and after a transplantation, both in Fagerland, Lydersen and
     * Laake (2014, "Recommended tests and confidence intervals for paired binomial proportions"), as printed by the R package contingencytables. The rest is Tango's
     * equation solved with SciPy 1.17.1 (optimize.brentq).
     */
    @ParameterizedTest
    @CsvSource({
        "59, 6, 16, 80, -0.1240, -0.0054",
        "1, 1, 7, 12, -0.5172, -0.0260",
        "43, 0, 1, 0, -0.1181, 0.0594",
        "1180, 28, 22, 7, -0.0066, 0.0166",
        "500, 0, 0, 10, -0.0075, 0.0075"
    })
    void tangos_interval_is_the_published_one(int a, int b, int c, int d, double low, double high) {
        Interval interval = DifferenceInterval.tango(new PairCounts(a, b, c, d), 0.95);
        assertThat(interval.low()).isEqualTo(low, within(6e-5));
        assertThat(interval.high()).isEqualTo(high, within(6e-5));
    }

    /** The first from Newcombe 1998, table II (36, 12, 2, 0), the second as printed by the R package contingencytables, the third from Fagerland, Lydersen and Laake 2014. */
    @ParameterizedTest
    @CsvSource({"36, 12, 2, 0, 0.0569, 0.3404", "59, 6, 16, 80, -0.1186, -0.0046", "1, 1, 7, 12, -0.5069, -0.0256"})
    void newcombes_interval_is_the_published_one(int a, int b, int c, int d, double low, double high) {
        Interval interval = DifferenceInterval.newcombe(new PairCounts(a, b, c, d), 0.95);
        assertThat(interval.low()).isEqualTo(low, within(6e-5));
        assertThat(interval.high()).isEqualTo(high, within(6e-5));
    }

    @Test
    void the_two_intervals_agree_where_there_are_many_pairs() {
        PairCounts counts = new PairCounts(9_000, 310, 280, 410);
        Interval tango = DifferenceInterval.tango(counts, 0.95);
        Interval newcombe = DifferenceInterval.newcombe(counts, 0.95);
        assertThat(tango.low()).isEqualTo(newcombe.low(), within(2e-4));
        assertThat(tango.high()).isEqualTo(newcombe.high(), within(2e-4));
    }

    @Test
    void intervals_stay_within_their_range_at_the_edges() {
        for (PairCounts counts : List.of(
                new PairCounts(0, 5, 0, 0),
                new PairCounts(0, 0, 5, 0),
                new PairCounts(1, 0, 0, 0),
                new PairCounts(0, 0, 0, 3))) {
            Interval interval = DifferenceInterval.tango(counts, 0.95);
            assertThat(interval.low()).isBetween(-1.0, counts.difference());
            assertThat(interval.high()).isBetween(counts.difference(), 1.0);
        }
    }

    /** The first is the exact conditional test of contingencytables and of Fagerland et al. 2014; the others are statsmodels 0.15.0, contingency_tables.mcnemar(exact=True). */
    @ParameterizedTest
    @CsvSource({
        "59, 6, 16, 80, 0.052479",
        "101, 121, 59, 33, 4.4344492637551645e-06",
        "794, 86, 150, 570, 3.7159361395713866e-05",
        "30, 12, 5, 3, 0.143463134765625"
    })
    void mcnemars_exact_test_is_the_published_one(int a, int b, int c, int d, double expected) {
        assertThat(McNemar.twoSided(new PairCounts(a, b, c, d))).isEqualTo(expected, within(2e-5 * expected));
    }

    @Test
    void six_discordant_pairs_on_one_side_are_the_fewest_that_prove_a_difference_two_sided() {
        assertThat(McNemar.superiority(new PairCounts(10, 6, 0, 0))).isEqualTo(1 / 64.0, within(1e-15));
        assertThat(McNemar.twoSided(new PairCounts(10, 6, 0, 0))).isLessThan(0.05);
        assertThat(McNemar.twoSided(new PairCounts(10, 5, 0, 0))).isGreaterThan(0.05);
        assertThat(McNemar.twoSided(new PairCounts(10, 0, 0, 0))).isEqualTo(1);
    }

    @Test
    void a_saving_is_stated_with_its_share_and_its_interval() {
        List<PairedCost> costs = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            costs.add(cost("q" + i, "0.00001", i % 2 == 0 ? "0.0002" : "0.0004"));
        }
        Saving saving = Saving.of(costs, 0.95);
        assertThat(saving.cheaper()).isTrue();
        assertThat(saving.saved().estimate()).isEqualTo(0.29, within(1e-12));
        assertThat(saving.saved().low()).isBetween(0.27, 0.28);
        assertThat(saving.saved().high()).isBetween(0.30, 0.31);
        assertThat(saving.share()).isEqualTo(0.29 / 0.3, within(1e-12));
        assertThat(saving.sentence())
                .startsWith("$0.010 per 1,000 against $0.30: cheaper by $0.29 (96.7 %), between $0.28 and $0.30")
                .endsWith(" with 95 % confidence");
    }

    @Test
    void list_prices_need_no_interval_and_unknown_prices_give_no_saving() {
        List<PairedCost> list = List.of(cost("a", "0.0001", "0.0004"), cost("b", "0.0001", "0.0004"));
        assertThat(Saving.of(list, 0.95).sentence())
                .isEqualTo("$0.10 per 1,000 against $0.40: cheaper by $0.30 (75 %), the same on every answer");
        List<PairedCost> dearer = List.of(cost("a", "0.0004", "0.0001"));
        assertThat(Saving.of(dearer, 0.95).sentence()).contains("dearer by $0.30");
        List<PairedCost> unknown = List.of(
                cost("a", "0.0001", "0.0004"),
                new PairedCost("b", new Price.Unknown("no price"), new Price.Known(Usd.of("0.1"))));
        assertThat(Saving.of(unknown, 0.95).cheaper()).isFalse();
        assertThat(Saving.of(unknown, 0.95).sentence()).contains("unknown");
        assertThat(Saving.of(List.of(), 0.95).sentence()).isEqualTo("no answers to compare the prices of");
        assertThat(Saving.of(List.of(cost("a", "0.1", "0.1")), 0.95).sentence()).endsWith("the same price");
    }

    private static PairedCost cost(String cluster, String candidate, String incumbent) {
        return new PairedCost(cluster, new Price.Known(Usd.of(candidate)), new Price.Known(Usd.of(incumbent)));
    }
}
