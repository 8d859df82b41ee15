package dev.rung.intake.taskfile;

import dev.rung.core.task.Bar;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Promise;
import dev.rung.core.task.Requirement;
import dev.rung.json.Yaml;
import dev.rung.json.spec.Located;
import dev.rung.json.spec.Problems;
import dev.rung.json.spec.Values;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads {@code harm:} and {@code confidence:}, wherever a promise of harm is made, and fills in from the bar what is not said. */
final class PromiseReader {
    private final Problems problems;

    PromiseReader(Problems problems) {
        this.problems = problems;
    }

    @Nullable
    Located<Double> harm(@Nullable Yaml node) {
        Double rate = node == null ? null : Values.rate(node, problems);
        if (node == null || rate == null) {
            return null;
        }
        if (rate <= 0 || rate >= 1) {
            problems.add(
                    node.place(),
                    node.describe(),
                    "a share of all questions above 0 and below 1",
                    "No finite number of examples proves that nothing is ever wrong. Write, for example: 0.02");
            return null;
        }
        return new Located<>(rate, node.place());
    }

    @Nullable
    Double confidence(@Nullable Yaml node) {
        return node == null ? null : BarReader.confidence(node, problems);
    }

    /** Returns the promise; a harm that the bar leaves no room for is a problem. */
    Promise within(@Nullable Located<Double> harm, @Nullable Double confidence, Bar bar, Metric headline) {
        Promise otherwise = Promise.within(bar, headline);
        for (Requirement requirement : bar.requirements()) {
            if (requirement instanceof Requirement.AtLeast(Metric metric, double floor)
                    && metric == headline
                    && harm != null
                    && harm.value() + floor > 1 + 1e-9) {
                problems.add(
                        harm.place(),
                        "a harm of " + harm.value(),
                        "at most "
                                + BigDecimal.ONE
                                        .subtract(BigDecimal.valueOf(floor))
                                        .toPlainString() + ", which is all that the bar's " + headline.key() + " of "
                                + floor + " leaves",
                        "Write, for example: " + otherwise.harm());
            }
        }
        return new Promise(
                harm == null ? otherwise.harm() : harm.value(),
                confidence == null ? otherwise.confidence() : confidence);
    }
}
