package dev.rung.intake.audit;

import dev.rung.core.model.Encoder;
import dev.rung.intake.split.Contamination;
import dev.rung.learn.Lanes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sealed rows whose vectors nearly equal that of a row that candidates learn from: paraphrases, which no comparison of words sees. They are listed and not set aside, for which rows certify must not depend on
 * whether an encoder runs here.
 *
 * <p>Rows of one subject are alike by nature. So the same share is measured among the rows to learn from themselves: about as many neighbours are no sign of contamination.
 */
final class NearMeaning {
    /** The least cosine of vectors that say the same. */
    static final double SIMILAR = 0.97;

    /** With more rows than this, encoding and comparing would take many minutes. */
    static final int MOST_ROWS = 15_000;

    private static final int COMPARED_WITH_THEMSELVES = 1_000;
    private static final int BATCH = 256;

    private final AuditedRows rows;
    private final List<Integer> sealed = new ArrayList<>();
    private final List<Integer> learned = new ArrayList<>();

    private NearMeaning(AuditedRows rows, BitSet recognised) {
        this.rows = rows;
        for (int row = 0; row < rows.end(); row++) {
            if (rows.includes(row) && !recognised.get(row)) {
                (rows.isSealed(row) ? sealed : learned).add(row);
            }
        }
    }

    /** Returns the finding, if there are sealed rows of near meaning that {@code contamination} does not have. */
    static Optional<Finding> find(
            AuditedRows rows, Contamination contamination, Encoder encoder, int threads, Consumer<String> progress) {
        BitSet recognised = new BitSet();
        contamination.matches().forEach(match -> recognised.set(match.row()));
        NearMeaning near = new NearMeaning(rows, recognised);
        if (near.sealed.isEmpty() || near.learned.isEmpty() || near.sealed.size() + near.learned.size() > MOST_ROWS) {
            return Optional.empty();
        }
        try (Lanes lanes = new Lanes(threads)) {
            return near.find(encoder, lanes, progress);
        }
    }

    private Optional<Finding> find(Encoder encoder, Lanes lanes, Consumer<String> progress) {
        float[][] of = vectors(sealed, encoder, progress);
        float[][] among = vectors(learned, encoder, progress);
        progress.accept("looking for sealed rows that mean what others mean");
        int[] nearest = nearest(of, among, false, lanes);
        int usual = Math.min(COMPARED_WITH_THEMSELVES, among.length);
        long alike = 0;
        for (int found : nearest(spread(among, usual), among, true, lanes)) {
            alike += found >= 0 ? 1 : 0;
        }
        Flags flags = new Flags(rows);
        for (int i = 0; i < nearest.length; i++) {
            if (nearest[i] >= 0) {
                int other = learned.get(nearest[i]);
                flags.add(
                        sealed.get(i),
                        "means what " + rows.all().id(other) + " means: "
                                + rows.all().input(other));
            }
        }
        if (flags.count() == 0) {
            return Optional.empty();
        }
        return Optional.of(flags.finding(
                "near-meaning",
                Severity.NOTE,
                "%,d sealed rows (%.1f %%) mean nearly what a row to learn from means, judging by their vectors (cosine %.2f or more); they certify all the same. Of the rows to learn from, %.1f %% have such a neighbour among themselves"
                        .formatted(
                                flags.count(), 100.0 * flags.count() / sealed.size(), SIMILAR, 100.0 * alike / usual)));
    }

    private float[][] vectors(List<Integer> of, Encoder encoder, Consumer<String> progress) {
        List<float[]> vectors = new ArrayList<>(of.size());
        for (int start = 0; start < of.size(); start += BATCH) {
            progress.accept("encoding texts: %,d of %,d".formatted(start, of.size()));
            List<String> texts = of.subList(start, Math.min(start + BATCH, of.size())).stream()
                    .map(rows.all()::input)
                    .toList();
            vectors.addAll(encoder.embed(texts));
        }
        return vectors.toArray(float[][]::new);
    }

    private static float[][] spread(float[][] vectors, int count) {
        float[][] spread = new float[count][];
        for (int i = 0; i < count; i++) {
            spread[i] = vectors[(int) ((long) i * vectors.length / count)];
        }
        return spread;
    }

    /** Returns for each vector the nearest among others, or -1 where none is near enough; {@code notItself} passes over the very same array. */
    @SuppressWarnings("ReferenceEquality") // the very same array, not an equal one
    private static int[] nearest(float[][] of, float[][] among, boolean notItself, Lanes lanes) {
        int[] nearest = new int[of.length];
        lanes.run(of.length, i -> {
            int best = -1;
            float most = (float) SIMILAR;
            for (int j = 0; j < among.length; j++) {
                float cosine = notItself && among[j] == of[i] ? -1 : cosine(of[i], among[j]);
                if (cosine >= most) {
                    most = cosine;
                    best = j;
                }
            }
            nearest[i] = best;
        });
        return nearest;
    }

    // Vectors have length one.
    private static float cosine(float[] a, float[] b) {
        float sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
