package dev.rung.ladder.simulation;

import dev.rung.core.data.ExampleId;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.task.Metric;
import java.time.Duration;
import java.util.Map;

/** Outcomes made without a solver, for experiments on single tests and intervals. */
final class Rows {
    private static final Price PRICE = new Price.Known(Usd.of("0.000001"));
    private static final Duration TIME = Duration.ofMillis(1);

    private Rows() {}

    /** Returns right and wrong outcomes: {@code [line][0]} is wrong and {@code [line][1]} right; each question is asked {@code times} times in a row. */
    static Outcome[][] of(int count, int times) {
        Outcome[][] rows = new Outcome[count][2];
        for (int line = 0; line < count; line++) {
            for (int right = 0; right < 2; right++) {
                rows[line][right] = new Outcome(
                        new ExampleId("rows", line + 1),
                        Integer.toString(line / times),
                        Ground.YES,
                        right == 1 ? Ground.YES : Ground.NO,
                        Double.NaN,
                        Map.of(Metric.ACCURACY, (double) right),
                        TIME,
                        PRICE);
            }
        }
        return rows;
    }
}
