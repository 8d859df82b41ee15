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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A student of which it is known what any threshold on its confidence comes to; thread-safe.
 *
 * <p>A question's hardness h is uniform in [0, 1); the student is wrong with probability s·h², and its confidence is 1 − h. Let through from a confidence of t on, it answers 1 − t of
 * all questions and is wrong on s·(1 − t)³ / 3 of all.
 */
final class KnownStudent implements Solver {
    static final String KIND = "synthetic-student";

    private static final String SLOPE = "slope";
    private static final Price PRICE = new Price.Known(Usd.of("0.000001"));
    private static final Duration TIME = Duration.ofMillis(1);

    private final double slope;
    private final long own;
    private final Solution solution;
    private final Provenance provenance;

    /**
     * @param slope how often it is wrong on the hardest question
     * @param own names the student's own luck
     */
    KnownStudent(double slope, long own) {
        this.slope = slope;
        this.own = own;
        solution = new Solution(
                Rung.DISTIL,
                "student " + Long.toHexString(own),
                KIND,
                Json.object(SLOPE, Json.of(slope), "own", Json.of(own)),
                new LinkedHashMap<>());
        provenance = new Provenance(solution.hash(), Rung.DISTIL, solution.name(), List.of());
    }

    static double slope(Solution solution) {
        return solution.recipe().number(SLOPE).doubleValue();
    }

    /** Returns the true share of all questions that is answered, and wrong, from a confidence of {@code threshold} on. */
    static double harm(double slope, double threshold) {
        return slope * Math.pow(1 - threshold, 3) / 3;
    }

    @Override
    public Solution solution() {
        return solution;
    }

    @Override
    public Answer answer(String input) {
        int question = Integer.parseInt(input);
        double hardness = Chance.at(own, 2L * question);
        boolean wrong = Chance.at(own, 2L * question + 1) < slope * hardness * hardness;
        boolean yes = Ground.label(question).equals(Ground.YES) != wrong;
        return new Answer(yes ? Ground.YES : Ground.NO, 1 - hardness, Usage.NONE, PRICE, TIME, provenance);
    }

    @Override
    public void close() {}
}
