package dev.rung.intake.split;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows whose texts are the same, or nearly, without holding a text: about 100 bytes a row.
 *
 * <p>Exact means equal as {@link NormalText}; near means that the sets of four-character runs of the normal texts have a Jaccard similarity of at least
 * {@value #SIMILAR}, which is verified on the texts for every pair that {@link MinHash} puts forward. A pair at the limit is put forward with a
 * probability of 0.998. Whether a row matches an earlier one depends on earlier rows alone, so rows added at the end change nothing that was found
 * before. Not thread-safe.
 *
 * <p>In a bucket of rows that share a band, each row is compared with the first {@value #COMPARED} only: texts made from one template would otherwise
 * cost the square of their number.
 */
public final class NearDuplicates {
    /** The least Jaccard similarity of near duplicates. */
    public static final double SIMILAR = 0.8;

    private static final int COMPARED = 16;
    // At J = 0.8 a sketch shares 57.6 of 64 bits on average, with a standard deviation of 2.4.
    private static final int SKETCH_BITS = 50;
    private static final int CANDIDATES_AT_ONCE = 4_000_000;
    private static final int MATCHES_KEPT = 8;
    private static final int PAIRS_KEPT = 4_000_000;

    private final FirstRows exact = new FirstRows();
    private final LongList hashes = new LongList();
    private final IntList firstOf = new IntList(); // by row: the first row with this text
    private final IntList distinctRow = new IntList(); // by distinct text: its first row
    private final LongList sketches = new LongList();
    private final IntList sizes = new IntList();
    private final IntList[] bands = new IntList[MinHash.BANDS];

    public NearDuplicates() {
        Arrays.setAll(bands, band -> new IntList());
    }

    /** What was found. */
    public interface Matches {
        /** Takes that {@code row} nearly equals the {@code earlier} one. */
        void near(int row, int earlier);
    }

    /** Adds the next row and returns its number, from 0. */
    public int add(String text) {
        String normal = NormalText.of(text);
        long hash = NormalText.hash(normal);
        int row = hashes.size();
        hashes.add(hash);
        int first = exact.putIfAbsent(hash, row);
        firstOf.add(first < 0 ? row : first);
        if (first < 0) {
            long[] grams = NormalText.grams(normal);
            MinHash signature = MinHash.of(grams);
            distinctRow.add(row);
            sizes.add(grams.length);
            sketches.add(signature.sketch());
            for (int band = 0; band < bands.length; band++) {
                bands[band].add(signature.band(band));
            }
        }
        return row;
    }

    public int size() {
        return hashes.size();
    }

    /** Returns the hash of the row's normal text. */
    public long hash(int row) {
        return hashes.get(row);
    }

    /** Returns the first row with the same normal text: {@code row} itself, or an earlier one. */
    public int first(int row) {
        return firstOf.get(row);
    }

    /**
     * Finds the near duplicates among the different texts.
     *
     * @param text the text of a row, as it was added; asked for rows that may match, in no order
     * @param matches takes each pair of first rows, up to {@value #MATCHES_KEPT} earlier ones a row in one go and {@value #PAIRS_KEPT} pairs in all; null
     *     for none
     * @return by row, the earliest first row that nearly equals the row's text, or -1
     */
    public int[] find(IntFunction<String> text, @Nullable Matches matches) {
        int[] earliest = new int[distinctRow.size()];
        Arrays.fill(earliest, -1);
        LongList pairs = new LongList();
        LongList candidates = new LongList();
        long[] bucket = new long[distinctRow.size()];
        for (IntList band : bands) {
            for (int i = 0; i < bucket.length; i++) {
                bucket[i] = ((long) band.get(i) << 32) | i;
            }
            Arrays.sort(bucket);
            for (int start = 0, i = 0; i < bucket.length; i++) {
                start = bucket[i] >> 32 == bucket[start] >> 32 ? start : i;
                for (int j = start; j < Math.min(i, start + COMPARED); j++) {
                    propose((int) bucket[i], (int) bucket[j], candidates);
                }
                if (candidates.size() > CANDIDATES_AT_ONCE) {
                    verify(candidates, text, earliest, pairs);
                }
            }
        }
        verify(candidates, text, earliest, pairs);
        report(pairs, matches);
        int[] byRow = new int[size()];
        Arrays.fill(byRow, -1);
        for (int i = 0; i < earliest.length; i++) {
            byRow[distinctRow.get(i)] = earliest[i] < 0 ? -1 : distinctRow.get(earliest[i]);
        }
        for (int row = 0; row < byRow.length; row++) {
            byRow[row] = byRow[first(row)];
        }
        return byRow;
    }

    private void propose(int late, int early, LongList candidates) {
        int sizeA = sizes.get(late);
        int sizeB = sizes.get(early);
        boolean sizesFit = Math.min(sizeA, sizeB) >= SIMILAR * Math.max(sizeA, sizeB);
        if (sizesFit && Long.SIZE - Long.bitCount(sketches.get(late) ^ sketches.get(early)) >= SKETCH_BITS) {
            candidates.add(((long) late << 32) | early);
        }
    }

    private void verify(LongList candidates, IntFunction<String> text, int[] earliest, LongList pairs) {
        candidates.sortDistinct();
        int row = -1;
        int found = 0;
        long[] grams = {};
        for (int i = 0; i < candidates.size(); i++) {
            int late = (int) (candidates.get(i) >>> 32);
            int early = (int) candidates.get(i);
            if (late != row) {
                row = late;
                found = 0;
                grams = grams(late, text);
            }
            if (found < MATCHES_KEPT && NormalText.jaccard(grams, grams(early, text)) >= SIMILAR) {
                found++;
                earliest[late] = earliest[late] < 0 ? early : Math.min(earliest[late], early);
                if (pairs.size() < PAIRS_KEPT) {
                    pairs.add(candidates.get(i));
                }
            }
        }
        candidates.clear();
    }

    private long[] grams(int distinct, IntFunction<String> text) {
        return NormalText.grams(NormalText.of(text.apply(distinctRow.get(distinct))));
    }

    private void report(LongList pairs, @Nullable Matches matches) {
        if (matches == null) {
            return;
        }
        pairs.sortDistinct();
        for (int i = 0; i < pairs.size(); i++) {
            matches.near(distinctRow.get((int) (pairs.get(i) >>> 32)), distinctRow.get((int) pairs.get(i)));
        }
    }
}
