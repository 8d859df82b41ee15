package dev.rung.ladder.trial;

import dev.rung.core.data.Example;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A race between solvers on the tune split by successive halving (Jamieson and Talwalkar 2016): everyone answers a few rows, the better half goes on to
 * more rows, until one is left. Who has provably missed the bar leaves at once, unless nobody else is left.
 *
 * <p>All see the same rows in the same order. Winning says nothing about the bar: that is for rows the race has not seen.
 */
public final class Race {
    private static final double FALSE_FAIL = 0.05;

    private final Task task;
    private final Metric headline;
    private final List<Example> rows;
    private final int firstRound;

    /**
     * @param rows of the tune split, in a random order
     * @param firstRound how many rows the first round has; each later round has twice as many
     */
    public Race(Task task, List<Example> rows, int firstRound) {
        this.task = task;
        this.headline = Metric.of(task.output()).getFirst();
        this.rows = List.copyOf(rows);
        this.firstRound = firstRound;
    }

    /** Returns the winner among {@code entrants}; on a tie the earlier one. */
    public Solver winner(List<Solver> entrants) {
        List<Runner> field = new ArrayList<>();
        for (Solver entrant : entrants) {
            field.add(new Runner(entrant, new Evidence(task.bar(), FALSE_FAIL, FALSE_FAIL, Math.max(1, rows.size()))));
        }
        int reached = 0;
        for (int round = firstRound; field.size() > 1 && reached < rows.size(); round *= 2) {
            int goal = Math.min(rows.size(), reached + round);
            for (Runner runner : field) {
                runner.runTo(goal);
            }
            reached = goal;
            field = survivors(field);
        }
        return field.getFirst().solver;
    }

    // Sorting is stable, so that the earlier entrant, which is the cheaper one, wins a tie.
    private static List<Runner> survivors(List<Runner> field) {
        List<Runner> ranked = new ArrayList<>(field);
        ranked.sort(Comparator.comparingDouble(Runner::mean).reversed());
        List<Runner> better = ranked.subList(0, (ranked.size() + 1) / 2);
        List<Runner> open = better.stream().filter(runner -> !runner.failed()).toList();
        return open.isEmpty() ? List.of(ranked.getFirst()) : new ArrayList<>(open);
    }

    private final class Runner {
        private final Solver solver;
        private final Evidence evidence;
        private int rowsRun;
        private double score;
        private int scored;

        Runner(Solver solver, Evidence evidence) {
            this.solver = solver;
            this.evidence = evidence;
        }

        void runTo(int goal) {
            while (rowsRun < goal && !failed()) {
                Outcome outcome = Trial.of(solver, task, rows.get(rowsRun++));
                evidence.add(outcome);
                Double value = outcome.scores().get(headline);
                if (value != null) {
                    score += value;
                    scored++;
                }
            }
        }

        boolean failed() {
            return evidence.isFailed();
        }

        double mean() {
            return scored == 0 ? 0 : score / scored;
        }
    }
}
