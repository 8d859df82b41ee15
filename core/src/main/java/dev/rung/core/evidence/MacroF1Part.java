package dev.rung.core.evidence;

import dev.rung.core.task.Output;
import dev.rung.core.task.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Macro-F1 against a floor, decided once, at the last row, by bootstrap bounds: no test of it is known that may look at any time.
 *
 * <p>The bounds are right to the bootstrap's order, not exactly; the simulator shows by how much. At a level below {@link MacroF1#leastError} nothing is proved.
 */
final class MacroF1Part implements Part {
    private final Requirement.MacroF1AtLeast requirement;
    private final double alpha;
    private final double beta;
    private final List<Outcome> outcomes = new ArrayList<>();
    private State state = State.OPEN;
    private int silent;
    private @Nullable MacroF1 figure; // of the outcomes so far

    MacroF1Part(Requirement.MacroF1AtLeast requirement, double alpha, double beta) {
        this.requirement = requirement;
        this.alpha = alpha;
        this.beta = beta;
    }

    @Override
    public Requirement requirement() {
        return requirement;
    }

    double floor() {
        return requirement.floor();
    }

    @Override
    public void add(Outcome outcome) {
        if (outcome.abstained()) {
            silent++;
        } else if (outcome.expected() instanceof Output.Label) {
            outcomes.add(outcome);
            figure = null;
        }
    }

    @Override
    public void finish() {
        if (outcomes.isEmpty()) {
            return;
        }
        MacroF1 figure = figure();
        if (alpha >= MacroF1.leastError() && figure.lower(alpha) >= floor()) {
            state = State.PASSED;
        } else if (figure.upper(Math.max(beta, MacroF1.leastError())) < floor()) {
            state = State.FAILED;
        }
    }

    @Override
    public State state() {
        return floor() == 0 ? State.PASSED : state;
    }

    @Override
    public int n() {
        return outcomes.size();
    }

    /** Returns how many outcomes do not count because the solver said that it does not know. */
    int silent() {
        return silent;
    }

    MacroF1 figure() {
        MacroF1 current = figure == null ? MacroF1.of(outcomes) : figure;
        figure = current;
        return current;
    }

    double lowerBound() {
        return figure().lower(Math.max(alpha, MacroF1.leastError()));
    }

    double upperBound() {
        return figure().upper(Math.max(beta, MacroF1.leastError()));
    }

    // The distance between a figure and its bound shrinks with the root of the rows.
    @Override
    public OptionalLong moreRows(int rows) {
        if (outcomes.isEmpty() || alpha < MacroF1.leastError()) {
            return OptionalLong.empty();
        }
        double room = figure().value() - floor();
        if (room <= 0) {
            return OptionalLong.empty();
        }
        double wanted = figure().value() - lowerBound();
        double times = Math.max(1, wanted * wanted / (room * room));
        return times * rows > 1e9
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(1, (long) Math.ceil((times - 1) * rows)));
    }
}
