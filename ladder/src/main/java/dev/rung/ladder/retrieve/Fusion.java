package dev.rung.ladder.retrieve;

import dev.rung.core.data.Example;
import dev.rung.core.evidence.Scoring;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import dev.rung.ladder.prompt.Demonstration;
import java.util.List;

/** The choice of the weight of meaning against words, by measurement on {@code tune} and without any model call. */
final class Fusion {
    private static final List<Double> WEIGHTS = List.of(0.0, 0.25, 0.5, 0.75, 1.0);
    private static final int NEIGHBOURS = 8;
    private static final int MOST_ROWS = 200;

    private Fusion() {}

    /** Returns the weight at which the neighbours' answers are most like the right one; on a tie the one nearer to words, which are cheaper. */
    static double choose(NearestExamples examples, List<Example> tune, OutputContract contract, boolean meaning) {
        if (!meaning) {
            return 0;
        }
        double best = -1;
        double chosen = 1;
        for (double weight : WEIGHTS) {
            double likeness = 0;
            for (Example row : tune.subList(0, Math.min(MOST_ROWS, tune.size()))) {
                likeness += likeness(examples.nearest(row.input(), NEIGHBOURS, weight), row, contract);
            }
            if (likeness > best + 1e-9) {
                best = likeness;
                chosen = weight;
            }
        }
        return chosen;
    }

    private static double likeness(List<Demonstration> neighbours, Example row, OutputContract contract) {
        String right = row.label().text();
        double sum = 0;
        for (Demonstration neighbour : neighbours) {
            sum += switch (contract) {
                case OutputContract.Labels labels -> neighbour.answer().equals(right) ? 1 : 0;
                case OutputContract.Fields fields -> overlap(right, neighbour.answer());
                case OutputContract.Text text -> overlap(right, neighbour.answer());
            };
        }
        return neighbours.isEmpty() ? 0 : sum / neighbours.size();
    }

    private static double overlap(String right, String answer) {
        return Scoring.score(new OutputContract.Text(), new Output.Text(right), new Output.Text(answer))
                .getOrDefault(Metric.TOKEN_F1, 0.0);
    }
}
