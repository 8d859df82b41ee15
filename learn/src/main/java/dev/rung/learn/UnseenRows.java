package dev.rung.learn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Labelled rows with what heads say of them that have not learned from them: rows set aside, or, where there are none, the
 * training rows themselves by cross-validation.
 *
 * <p>Not thread-safe.
 */
final class UnseenRows {
    private static final int FOLDS = 3;
    private static final long SEED = 29;

    /** Some of the rows, with heads fitted to none of them. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(HeadFits fits, Lessons unseen, int[] places) {}

    private final List<Part> parts;
    private final Lessons lessons;
    private final Lanes lanes;
    private final Map<Inputs, ScoreTable> scores = new HashMap<>();
    private float @Nullable [][] distances;
    private @Nullable Nearest nearest;

    private UnseenRows(List<Part> parts, Lessons lessons, Lanes lanes) {
        this.parts = parts;
        this.lessons = lessons;
        this.lanes = lanes;
    }

    /** Returns rows that {@code fits} has not learned from. */
    static UnseenRows of(HeadFits fits, Lessons setAside, Lanes lanes) {
        return new UnseenRows(
                List.of(new Part(
                        fits, setAside, IntStream.range(0, setAside.size()).toArray())),
                setAside,
                lanes);
    }

    /** Returns the rows of {@code train}, each judged by heads that were fitted to the other folds. */
    static UnseenRows byCrossValidation(Lessons train, Lanes lanes) {
        Folds folds = Folds.of(train.labelOfText(), FOLDS, SEED);
        return new UnseenRows(
                IntStream.range(0, FOLDS)
                        .mapToObj(fold -> new Part(
                                new HeadFits(train.rows(folds.kept(fold)), HeadFits.COARSE, lanes),
                                train.rows(folds.heldOut(fold)),
                                folds.heldOut(fold)))
                        .toList(),
                train,
                lanes);
    }

    int[] truth() {
        return lessons.labelOfText();
    }

    /** Returns the weighted sums of the heads' scores. */
    ScoreTable scores(List<Inputs> heads, float[] weights) {
        ScoreTable sums = new ScoreTable(lessons.size(), lessons.labels());
        for (int i = 0; i < weights.length; i++) {
            ScoreTable of = scores.computeIfAbsent(heads.get(i), this::scores);
            for (int row = 0; row < sums.rows(); row++) {
                LinearMaps.add(weights[i], of.scores[row], sums.scores[row]);
            }
        }
        return sums;
    }

    private ScoreTable scores(Inputs inputs) {
        float[][] rows = new float[lessons.size()][];
        for (Part part : parts) {
            ScoreTable found = part.fits.scores(inputs, part.unseen);
            for (int i = 0; i < part.places.length; i++) {
                rows[part.places[i]] = found.scores[i];
            }
        }
        return new ScoreTable(lessons.labels(), rows);
    }

    /** Returns how far each row lies from each label's rows. */
    float[][] distances() {
        float[][] known = distances;
        if (known == null) {
            known = new float[lessons.size()][];
            for (Part part : parts) {
                float[][] found = part.fits.distances(part.unseen);
                for (int i = 0; i < part.places.length; i++) {
                    known[part.places[i]] = found[i];
                }
            }
            distances = known;
        }
        return known;
    }

    /**
     * What the nearest rows say of each row.
     *
     * @param votes by label
     * @param described for a gate; empty for a task without an out-of-scope label
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Nearest(ScoreTable votes, float[][] described) {}

    Nearest nearest() {
        Nearest known = nearest;
        if (known == null) {
            float[][] votes = new float[lessons.size()][];
            float[][] described = new float[lessons.size()][0];
            for (Part part : parts) {
                Neighbours neighbours = part.fits.neighbours();
                lanes.run(part.places.length, i -> {
                    float[] cosines = neighbours.cosines(part.unseen.vectors().get(i));
                    votes[part.places[i]] = neighbours.votes(cosines);
                    if (lessons.outOfScope() >= 0) {
                        described[part.places[i]] = neighbours.describe(cosines, lessons.outOfScope());
                    }
                });
            }
            known = new Nearest(new ScoreTable(lessons.labels(), votes), described);
            nearest = known;
        }
        return known;
    }
}
