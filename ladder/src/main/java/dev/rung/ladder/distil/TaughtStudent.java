package dev.rung.ladder.distil;

import dev.rung.core.data.Example;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Solution;
import dev.rung.core.rung.Solver;
import dev.rung.ladder.climb.Calibrated;
import java.util.List;
import java.util.function.Function;

/**
 * A student beside the school that taught it; thread-safe as far as answers go.
 *
 * @param calibrated makes the same student with other calibration rows
 */
record TaughtStudent(Solver student, Function<List<Example>, Solver> calibrated) implements Calibrated {
    @Override
    public Solver calibratedOn(List<Example> rows) {
        return calibrated.apply(rows);
    }

    @Override
    public Solution solution() {
        return student.solution();
    }

    @Override
    public Answer answer(String input) {
        return student.answer(input);
    }

    @Override
    public void close() {
        student.close();
    }
}
