package dev.rung.ladder.climb;

import dev.rung.core.Sha256;
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
import java.util.Random;

/** A solver for tests that is right with a given probability, independently by input: inputs read {@code "<number> <right label>"}. */
final class CoinSolver implements Solver {
    private final Solution solution;
    private final double accuracy;
    private final long seed;
    private final Duration time;
    int answered;
    boolean closed;

    CoinSolver(Rung rung, String name, double accuracy, long seed) {
        this(rung, name, accuracy, seed, Duration.ofMillis(1));
    }

    CoinSolver(Rung rung, String name, double accuracy, long seed, Duration time) {
        this.solution = new Solution(
                rung,
                name,
                "coin",
                Json.object("accuracy", Json.of(accuracy), "seed", Json.of(seed)),
                new LinkedHashMap<>());
        this.accuracy = accuracy;
        this.seed = seed;
        this.time = time;
    }

    @Override
    public Solution solution() {
        return solution;
    }

    @Override
    public Answer answer(String input) {
        answered++;
        double draw = new Random(seed ^ Sha256.of(input).hashCode()).nextDouble();
        String right = input.substring(input.indexOf(' ') + 1);
        boolean hit = draw < accuracy;
        Output output = new Output.Label(hit ? right : right.equals("yes") ? "no" : "yes");
        return new Answer(
                output,
                hit ? 0.9 : 0.4,
                Usage.NONE,
                new Price.Known(Usd.of("0.000001")),
                time,
                new Provenance(solution.hash(), solution.rung(), solution.name(), List.of()));
    }

    @Override
    public void close() {
        closed = true;
    }
}
