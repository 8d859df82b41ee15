package dev.rung.core.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.statistics.Binomial;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SliceTableTest {
    @Test
    void the_worst_slice_is_named_with_an_interval_that_allows_for_all_the_looks() {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 1; i <= 400; i++) {
            String language = i % 4 == 0 ? "de" : "en";
            outcomes.add(in(Outcomes.of(i, i % 8 != 0), language, i <= 390 ? "short" : "long"));
        }
        SliceTable table = SliceTable.of(outcomes, Metric.ACCURACY, 0.95);
        // de, en and short are large enough; long is not; every label is "a", which is all and so no slice.
        assertThat(table.rows())
                .extracting(row -> row.slice().key())
                .containsExactly("language=de", "length=short", "language=en");
        assertThat(table.small()).isEqualTo(1);
        Estimate german = table.rows().getFirst().estimate();
        assertThat(german.estimate()).isEqualTo(0.5);
        assertThat(german.low()).isEqualTo(Binomial.lowerBound(50, 100, 0.05 / 3 / 2), within(1e-12));
        assertThat(table.rows().getFirst().worse()).isTrue();
        assertThat(table.sentence())
                .startsWith("accuracy on language de is 0.500 [")
                .endsWith("provably below the 0.875 of all");
    }

    @Test
    void a_slice_that_is_worst_by_chance_is_not_called_worse() {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            outcomes.add(in(Outcomes.of(i, i % 10 != 0), i % 20 < 10 ? "de" : "en", "short"));
        }
        SliceTable table = SliceTable.of(outcomes, Metric.ACCURACY, 0.95);
        assertThat(table.rows()).hasSize(2).noneMatch(SliceTable.Row::worse);
        assertThat(table.sentence()).contains("not provably below");
    }

    private static Outcome in(Outcome outcome, String language, String length) {
        return new Outcome(
                outcome.example(),
                outcome.cluster(),
                outcome.expected(),
                outcome.output(),
                outcome.confidence(),
                outcome.scores(),
                outcome.time(),
                outcome.price(),
                Map.of(Slice.LANGUAGE, language, Slice.LENGTH, length),
                List.of());
    }
}
