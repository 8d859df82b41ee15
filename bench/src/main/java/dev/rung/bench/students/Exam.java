package dev.rung.bench.students;

import dev.rung.core.data.Example;
import dev.rung.core.data.ExampleId;
import dev.rung.core.statistics.Binomial;
import dev.rung.core.statistics.CalibrationError;
import dev.rung.core.statistics.CalibrationError.Said;
import dev.rung.learn.Judgement;
import dev.rung.learn.Lanes;
import dev.rung.learn.Student;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A student's answers to all test rows.
 *
 * @param truth the number of each row's label
 * @param answers one a row
 * @param seen rows that say what training rows say
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Exam(List<Example> rows, int[] truth, List<Judgement> answers, int outOfScope, Set<ExampleId> seen) {
    private static final double ERROR_EACH_SIDE = 0.025;
    private static final int BINS = 15;

    /** A share with its exact interval at 95 % (Clopper and Pearson 1934). */
    record Share(int right, int of) {
        double value() {
            return of == 0 ? Double.NaN : (double) right / of;
        }

        double low() {
            return Binomial.lowerBound(right, of, ERROR_EACH_SIDE);
        }

        double high() {
            return Binomial.upperBound(right, of, ERROR_EACH_SIDE);
        }

        String text() {
            return of == 0 ? "" : "%.4f [%.4f, %.4f]".formatted(value(), low(), high());
        }
    }

    /** Lets {@code student} answer all of {@code rows}. */
    static Exam of(Student student, PublicTask task, List<Example> rows, List<float[]> features, Lanes lanes) {
        Judgement[] answers = new Judgement[rows.size()];
        lanes.run(
                answers.length,
                row -> answers[row] =
                        student.judge(rows.get(row).input(), student.shape().needsVector() ? features.get(row) : null));
        return new Exam(rows, task.truth(rows), List.of(answers), task.outOfScope(), task.seen());
    }

    boolean right(int row) {
        return answers.get(row).label() == truth[row];
    }

    Share overall() {
        return share(row -> true);
    }

    /** Of the rows that say what no training row says. */
    Share unseen() {
        return share(row -> !seen.contains(rows.get(row).id()));
    }

    Share inScope() {
        return share(row -> truth[row] != outOfScope);
    }

    /** Of the rows that are out of scope, those recognised. */
    Share recall() {
        return share(row -> truth[row] == outOfScope);
    }

    /** Of the rows that are in scope, those taken for strangers. */
    Share falseAlarms() {
        int[] inside = IntStream.range(0, truth.length)
                .filter(row -> truth[row] != outOfScope)
                .toArray();
        int alarms = (int) IntStream.of(inside)
                .filter(row -> answers.get(row).label() == outOfScope)
                .count();
        return new Share(alarms, inside.length);
    }

    /** How well confidence matches the share of right answers, in bins of equal numbers of answers; every row is a cluster of its own. */
    CalibrationError reliability() {
        List<Said> said = IntStream.range(0, truth.length)
                .mapToObj(row ->
                        new Said(rows.get(row).id().toString(), answers.get(row).confidence(), right(row)))
                .toList();
        return CalibrationError.of(said, BINS, 1 - 2 * ERROR_EACH_SIDE);
    }

    private Share share(IntPredicate counts) {
        int[] counted = IntStream.range(0, truth.length).filter(counts).toArray();
        return new Share((int) IntStream.of(counted).filter(this::right).count(), counted.length);
    }
}
