package dev.rung.bench.students;

import dev.rung.core.data.Example;
import dev.rung.core.model.Encoder;
import dev.rung.learn.Student;
import java.util.Arrays;
import java.util.List;

/** How long one answer takes on one thread, warm: the encoder's pass and what comes after it, timed apart on the same texts. */
record Stopwatch(double encoderMillis, double restMillis, double answerMillis) {
    private static final int WARM_UP = 150;
    private static final int TIMED = 400;

    /** Returns medians over {@value TIMED} texts. */
    static Stopwatch time(Student student, Encoder encoder, List<Example> rows) {
        boolean vector = student.shape().needsVector();
        double[] encoding = new double[TIMED];
        double[] rest = new double[TIMED];
        double[] whole = new double[TIMED];
        int checksum = 0;
        for (int i = 0; i < WARM_UP + TIMED; i++) {
            String text = rows.get(i % rows.size()).input();
            long start = System.nanoTime();
            float[] features = vector ? encoder.features(text) : null;
            long encoded = System.nanoTime();
            checksum += student.judge(text, features).label();
            long end = System.nanoTime();
            if (i >= WARM_UP) {
                encoding[i - WARM_UP] = (encoded - start) / 1e6;
                rest[i - WARM_UP] = (end - encoded) / 1e6;
                whole[i - WARM_UP] = (end - start) / 1e6;
            }
        }
        if (checksum < 0) {
            throw new IllegalStateException("labels are never negative");
        }
        return new Stopwatch(vector ? median(encoding) : 0, median(rest), median(whole));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    }
}
