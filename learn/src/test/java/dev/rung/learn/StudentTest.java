package dev.rung.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rung.core.RungException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StudentTest {
    private static final String[][] WORDS = {
        {"invoice", "charge", "refund", "bill", "payment"},
        {"parcel", "courier", "delivery", "tracking", "shipped"},
        {"weather", "football", "recipe", "poem", "holiday"}
    };
    private static final int OUTSIDE = 2;
    private static final Lanes LANES = new Lanes(2);

    private final Lessons train = lessons(400, 1);
    private final Lessons calibrate = lessons(150, 2);
    private final Lessons unseen = lessons(300, 3);

    @AfterAll
    static void close() {
        LANES.close();
    }

    @ParameterizedTest
    @EnumSource(StudentShape.class)
    void every_shape_learns_and_survives_a_round_trip_bit_for_bit(StudentShape shape) {
        Student student = new Teacher(train, calibrate, ScopeGoal.NONE, LANES).teach(shape);
        byte[] bytes = StudentFile.write(student);
        Student read = StudentFile.read(bytes);
        int right = 0;
        for (int i = 0; i < unseen.size(); i++) {
            Judgement before =
                    student.judge(unseen.texts().get(i), unseen.vectors().get(i));
            Judgement after = read.judge(unseen.texts().get(i), unseen.vectors().get(i));
            assertThat(after).isEqualTo(before);
            right += before.label() == unseen.labelOfText()[i] ? 1 : 0;
        }
        assertThat(right).isGreaterThan(280);
        assertThat(StudentFile.write(read)).isEqualTo(bytes);
        assertThat(read.shape()).isEqualTo(shape);
    }

    /** The gate is fitted apart, since the rows here are so easy that a shifted label may do as well and none be kept. */
    @Test
    void a_gate_survives_the_round_trip() {
        Student plain = new Teacher(train, calibrate, ScopeGoal.NONE, LANES).teach(StudentShape.ENCODER);
        HeadFits fits = new HeadFits(train, HeadFits.FINE, LANES);
        UnseenRows rows = UnseenRows.of(fits, calibrate, LANES);
        ScoreTable scores = rows.scores(StudentShape.ENCODER.heads(train.width(), train.parts()), plain.weights);
        ScopeGate gate = ScopeGate.fit(
                        scores, rows.distances(), rows.truth(), OUTSIDE, fits.distances(), ScopeGoal.NONE, LANES)
                .gate;
        Student gated = new Student(
                plain.shape,
                plain.labels,
                plain.ngrams,
                plain.scaler,
                plain.heads,
                plain.weights,
                plain.neighbours,
                plain.neighbourWeight,
                plain.temperature,
                plain.outOfScope,
                0,
                gate);
        byte[] bytes = StudentFile.write(gated);
        Student read = StudentFile.read(bytes);
        assertThat(read.gate).isNotNull();
        for (int i = 0; i < unseen.size(); i++) {
            String text = unseen.texts().get(i);
            float[] vector = unseen.vectors().get(i);
            assertThat(read.judge(text, vector)).isEqualTo(gated.judge(text, vector));
        }
        assertThat(StudentFile.write(read)).isEqualTo(bytes);
    }

    @Test
    void teaching_twice_gives_the_same_bytes() {
        byte[] once =
                StudentFile.write(new Teacher(train, calibrate, ScopeGoal.NONE, LANES).teach(StudentShape.AVERAGE));
        byte[] again =
                StudentFile.write(new Teacher(train, calibrate, ScopeGoal.NONE, LANES).teach(StudentShape.AVERAGE));
        assertThat(again).isEqualTo(once);
    }

    @Test
    void a_changed_byte_another_version_and_another_file_are_refused() {
        byte[] bytes =
                StudentFile.write(new Teacher(train, calibrate, ScopeGoal.NONE, LANES).teach(StudentShape.NGRAMS));
        byte[] changed = bytes.clone();
        changed[bytes.length / 2] ^= 4;
        assertRefused(changed, "changed");
        byte[] newer = bytes.clone();
        newer[11] = 99;
        assertRefused(newer, "version 99");
        assertRefused(
                "PK something else altogether, of sufficient length"
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                "not a student");
        assertRefused(new byte[3], "not a student");
    }

    /** A third of the calibration rows is out of scope; their vectors lie far off, so a gate can tell them. */
    @Test
    void rows_out_of_scope_are_recognised() {
        Student student = new Teacher(train, calibrate, ScopeGoal.NONE, LANES).teach(StudentShape.ENCODER);
        int outside = 0;
        int recognised = 0;
        for (int i = 0; i < unseen.size(); i++) {
            if (unseen.labelOfText()[i] == OUTSIDE) {
                outside++;
                Judgement judgement =
                        student.judge(unseen.texts().get(i), unseen.vectors().get(i));
                recognised += judgement.label() == OUTSIDE ? 1 : 0;
                assertThat(judgement.confidence()).isBetween(0.0, 1.0);
            }
        }
        assertThat((double) recognised / outside).isGreaterThan(0.95);
    }

    /** Labels are dealt at random, so who has not learned from a row can know nothing of it. */
    @Test
    void without_rows_set_aside_confidence_comes_from_rows_that_were_not_learned_from() {
        Lessons noise = lessons(300, 8);
        Random random = new Random(9);
        int[] dealt = random.ints(noise.size(), 0, 3).toArray();
        Lessons taught = new Lessons(noise.texts(), noise.vectors(), noise.parts(), dealt, 3, -1);
        Lessons none = new Lessons(List.of(), List.of(), 1, new int[0], 3, -1);
        Student student = new Teacher(taught, none, ScopeGoal.NONE, LANES).teach(StudentShape.AVERAGE);
        double confidence = 0;
        for (int i = 0; i < unseen.size(); i++) {
            confidence += student.judge(unseen.texts().get(i), unseen.vectors().get(i))
                            .confidence()
                    / unseen.size();
        }
        assertThat(confidence).isBetween(1.0 / 3, 0.45);
    }

    private static void assertRefused(byte[] bytes, String reason) {
        assertThatExceptionOfType(RungException.Corrupt.class)
                .isThrownBy(() -> StudentFile.read(bytes))
                .withMessageContaining(reason);
    }

    /** Texts of label-specific words among common ones; vectors that lean towards the label. */
    private static Lessons lessons(int rows, long seed) {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = random.nextInt(3);
            String[] words = WORDS[labels[row]];
            texts.add("please help with the " + words[random.nextInt(5)] + " and my " + words[random.nextInt(5)]);
            float[] vector = new float[8];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) random.nextGaussian() + (i == labels[row] ? 5 : 0);
            }
            vectors.add(vector);
        }
        return new Lessons(texts, vectors, 2, labels, 3, OUTSIDE);
    }
}
