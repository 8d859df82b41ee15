package dev.rung.ladder.simulation;

import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.core.model.Usage;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Provenance;
import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solution;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.Output;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/** A solver that answers a known share of questions, of which a known share is right, and says that it does not know to the others; thread-safe. */
final class SilentSolver implements Solver {
    static final String KIND = "synthetic-silent";

    private static final String ACCURACY = "accuracy";
    private static final String COVERAGE = "coverage";
    private static final Price PRICE = new Price.Known(Usd.of("0.000001"));
    private static final Duration TIME = Duration.ofMillis(1);

    private final double coverage;
    private final double accuracy;
    private final long own;
    private final Solution solution;
    private final Provenance provenance;

    /**
     * @param accuracy of its answers
     * @param own names the solver's own luck
     */
    SilentSolver(double coverage, double accuracy, long own) {
        this.coverage = coverage;
        this.accuracy = accuracy;
        this.own = own;
        solution = new Solution(
                Rung.PROMPT,
                "silent " + Long.toHexString(own),
                KIND,
                Json.object(COVERAGE, Json.of(coverage), ACCURACY, Json.of(accuracy), "own", Json.of(own)),
                new LinkedHashMap<>());
        provenance = new Provenance(solution.hash(), Rung.PROMPT, solution.name(), List.of());
    }

    /** Returns the true accuracy of the answers of a solver with this solution. */
    static double accuracy(Solution solution) {
        return solution.recipe().number(ACCURACY).doubleValue();
    }

    /** Returns the true share of questions that a solver with this solution answers. */
    static double coverage(Solution solution) {
        return solution.recipe().number(COVERAGE).doubleValue();
    }

    @Override
    public Solution solution() {
        return solution;
    }

    @Override
    public Answer answer(String input) {
        int question = Integer.parseInt(input);
        Output.Label right = Ground.label(question);
        Output.Label wrong = right.equals(Ground.YES) ? Ground.NO : Ground.YES;
        Output output = Chance.at(own, 2L * question) >= coverage
                ? Ground.UNSURE
                : Chance.at(own, 2L * question + 1) < accuracy ? right : wrong;
        return new Answer(output, Double.NaN, Usage.NONE, PRICE, TIME, provenance);
    }

    @Override
    public void close() {}
}
