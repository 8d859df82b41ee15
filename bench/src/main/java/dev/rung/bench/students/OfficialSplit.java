package dev.rung.bench.students;

import dev.rung.core.data.Example;
import dev.rung.core.json.Json;
import dev.rung.core.statistics.CalibrationError;
import dev.rung.learn.Lanes;
import dev.rung.learn.Lessons;
import dev.rung.learn.Student;
import dev.rung.learn.StudentFile;
import dev.rung.learn.StudentShape;
import dev.rung.learn.Teacher;
import java.util.ArrayList;
import java.util.List;

/** Every shape of student taught on an official training file and examined on the official test file, opened once, after all are taught. */
final class OfficialSplit {
    private static final int THREADS = 2;

    private final PublicTask task;
    private final Features features;

    OfficialSplit(PublicTask task, Features features) {
        this.task = task;
        this.features = features;
    }

    /** A taught student and how long that took, what it shares with those before it not counted again. */
    private record Taught(Student student, double seconds) {}

    /** Prints one line a student and returns everything measured, row by row. */
    Json run() {
        try (Lanes lanes = new Lanes(THREADS)) {
            Lessons train = task.lessons(task.train(), features);
            Lessons calibrate = task.lessons(task.calibrate(), features);
            Teacher teacher = new Teacher(train, calibrate, task.goal(), lanes);
            List<Taught> taught = new ArrayList<>();
            for (StudentShape shape : StudentShape.values()) {
                System.err.println("teaching: " + shape.title());
                long start = System.nanoTime();
                Student student = teacher.teach(shape);
                taught.add(new Taught(student, (System.nanoTime() - start) / 1e9));
            }
            return examine(taught, lanes);
        }
    }

    private Json examine(List<Taught> taught, Lanes lanes) {
        List<Example> test = task.test().get();
        List<float[]> vectors = features.of(test.stream().map(Example::input).toList());
        System.out.printf(
                "%n%s: %,d training rows, %,d validation rows, %,d test rows, all taught in %.1f s on %d threads%n%n",
                task.name(),
                task.train().size(),
                task.calibrate().size(),
                test.size(),
                taught.stream().mapToDouble(Taught::seconds).sum(),
                THREADS);
        boolean scope = task.outOfScope() >= 0;
        System.out.println("| student | accuracy [95 %] | without contaminated rows |"
                + (scope ? " in scope | out-of-scope recall | false alarms |" : "")
                + " ECE | taught s | ms an answer | of it encoder | MB |");
        System.out.println(
                "| --- | --- | --- |" + (scope ? " --- | --- | --- |" : "") + " --- | --- | --- | --- | --- |");
        List<Json> students = new ArrayList<>();
        for (Taught one : taught) {
            Exam exam = Exam.of(one.student, task, test, vectors, lanes);
            Stopwatch watch = Stopwatch.time(one.student, features.encoder(), test);
            int bytes = StudentFile.write(one.student).length;
            print(one, exam, watch, bytes, scope);
            students.add(json(one, exam, watch, bytes, scope));
        }
        return Json.object("task", Json.of(task.name()), "students", Json.array(students));
    }

    private static void print(Taught one, Exam exam, Stopwatch watch, int bytes, boolean scope) {
        String inside = scope
                ? " %.4f | %s | %.4f |"
                        .formatted(
                                exam.inScope().value(),
                                exam.recall().text(),
                                exam.falseAlarms().value())
                : "";
        System.out.printf(
                "| %s | %s | %s |%s %.4f | %.1f | %.3f | %.3f | %.1f |%n",
                one.student.shape().title(),
                exam.overall().text(),
                exam.unseen().text(),
                inside,
                exam.reliability().plain(),
                one.seconds,
                watch.answerMillis(),
                watch.encoderMillis(),
                bytes / 1e6);
    }

    private Json json(Taught one, Exam exam, Stopwatch watch, int bytes, boolean scope) {
        CalibrationError reliability = exam.reliability();
        List<Json> rows = new ArrayList<>();
        for (int row = 0; row < exam.truth().length; row++) {
            rows.add(Json.object(
                    "id",
                    Json.of(exam.rows().get(row).id().toString()),
                    "expected",
                    Json.of(task.labels().get(exam.truth()[row])),
                    "answer",
                    Json.of(task.labels().get(exam.answers().get(row).label())),
                    "confidence",
                    Json.of(exam.answers().get(row).confidence())));
        }
        Json.Obj whole = Json.object(
                        "student",
                        Json.of(one.student.shape().name()),
                        "accuracy",
                        share(exam.overall()),
                        "expected_calibration_error",
                        Json.of(reliability.plain()),
                        "debiased_calibration_error",
                        Json.of(reliability.debiased()))
                .with("accuracy_without_contaminated_rows", share(exam.unseen()))
                .with("seconds_to_teach", Json.of(one.seconds))
                .with("answer_ms", Json.of(watch.answerMillis()))
                .with("encoder_ms", Json.of(watch.encoderMillis()))
                .with("after_encoder_ms", Json.of(watch.restMillis()))
                .with("bytes", Json.of(bytes));
        if (scope) {
            whole = whole.with("in_scope_accuracy", share(exam.inScope()))
                    .with("out_of_scope_recall", share(exam.recall()))
                    .with("false_alarms", share(exam.falseAlarms()));
        }
        return whole.with("rows", Json.array(rows));
    }

    private static Json share(Exam.Share share) {
        return Json.object(
                "right", Json.of(share.right()),
                "of", Json.of(share.of()),
                "low", Json.of(share.low()),
                "high", Json.of(share.high()));
    }
}
