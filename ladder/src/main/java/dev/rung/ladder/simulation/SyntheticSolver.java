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

/** A solver of known accuracy in one world; thread-safe. */
final class SyntheticSolver implements Solver {
    static final String KIND = "synthetic";

    private static final String ACCURACY = "accuracy";
    private static final Price PRICE = new Price.Known(Usd.of("0.000001"));
    private static final Duration TIME = Duration.ofMillis(1);
    /** A student that believes in itself too much: its confidence is pushed towards 1 by this power. */
    private static final double CONCEIT = 3;

    private final Luck world;
    private final double accuracy;
    private final long own;
    private final Solution solution;
    private final Provenance provenance;

    /** @param own names the solver's own luck */
    SyntheticSolver(Luck world, Rung rung, double accuracy, long own) {
        this.world = world;
        this.accuracy = accuracy;
        this.own = own;
        solution = new Solution(
                rung,
                rung.key() + " " + Long.toHexString(own),
                KIND,
                Json.object(ACCURACY, Json.of(accuracy), "own", Json.of(own)),
                new LinkedHashMap<>());
        provenance = new Provenance(solution.hash(), rung, solution.name(), List.of());
    }

    /** Returns the true accuracy of a synthetic solver with this solution. */
    static double accuracy(Solution solution) {
        return solution.recipe().number(ACCURACY).doubleValue();
    }

    @Override
    public Solution solution() {
        return solution;
    }

    @Override
    public Answer answer(String input) {
        int question = Integer.parseInt(input);
        Output.Label right = Ground.label(question);
        Output output =
                world.right(accuracy, own, question) ? right : right.equals(Ground.YES) ? Ground.NO : Ground.YES;
        return new Answer(output, confidence(question), Usage.NONE, PRICE, TIME, provenance);
    }

    // Higher on easier questions, with an error of its own, and too high everywhere.
    private double confidence(int question) {
        double ease = 1 - world.hardness(own, question);
        double seen = 0.8 * ease + 0.2 * Chance.at(own, 3L * question + 2);
        return 1 - Math.pow(1 - seen, CONCEIT);
    }

    @Override
    public void close() {}
}
