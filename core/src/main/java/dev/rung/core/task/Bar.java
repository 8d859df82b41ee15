package dev.rung.core.task;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a solution must provably meet: all requirements at once.
 *
 * @param requirements at least one; quality first
 * @param confidence the least probability, over the whole climb, that nothing below the bar is promoted; strictly between 0 and 1
 */
public record Bar(List<Requirement> requirements, double confidence) {
    public Bar {
        requirements = List.copyOf(requirements);
        if (requirements.isEmpty()) {
            throw new IllegalArgumentException("a bar needs a requirement");
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence lies strictly between 0 and 1: " + confidence);
        }
    }

    /** Returns the least share of questions that must be answered, where a solver may be silent; all other qualities are then of the answers alone. */
    public OptionalDouble coverage() {
        for (Requirement requirement : requirements) {
            if (requirement instanceof Requirement.AtLeast(Metric metric, double floor) && metric == Metric.COVERAGE) {
                return OptionalDouble.of(floor);
            }
        }
        return OptionalDouble.empty();
    }
}
