package dev.rung.intake.audit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Rows to learn from: all that are labelled, or a seeded uniform sample of them; rows of labels that occur once are left out.
 *
 * @param rows their numbers, ascending
 * @param of how many they were drawn from
 * @param labels by row, numbered from 0 without gaps in order of appearance
 * @param clusters by row, numbers that duplicates share
 * @param labelCount how many labels there are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sample(int[] rows, int of, int[] labels, int[] clusters, int labelCount) {
    static Sample of(AuditedRows rows, int most, long seed) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int row = 0; row < rows.end(); row++) {
            if (rows.includes(row)) {
                counts.merge(rows.all().answer(row), 1, Integer::sum);
            }
        }
        int[] usable = new int[rows.end()];
        int found = 0;
        for (int row = 0; row < rows.end(); row++) {
            if (rows.includes(row) && counts.getOrDefault(rows.all().answer(row), 0) > 1) {
                usable[found++] = row;
            }
        }
        int[] drawn = drawn(Arrays.copyOf(usable, found), most, seed);
        int[] labels = new int[drawn.length];
        int[] clusters = new int[drawn.length];
        Map<Integer, Integer> numbers = new HashMap<>();
        for (int i = 0; i < drawn.length; i++) {
            labels[i] = numbers.computeIfAbsent(rows.all().answer(drawn[i]), answer -> numbers.size());
            clusters[i] = rows.all().founder(drawn[i]);
        }
        return new Sample(drawn, found, labels, clusters, numbers.size());
    }

    // The first steps of Fisher and Yates' shuffle, then back in order.
    private static int[] drawn(int[] usable, int most, long seed) {
        if (usable.length <= most) {
            return usable;
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < most; i++) {
            int j = random.nextInt(i, usable.length);
            int kept = usable[i];
            usable[i] = usable[j];
            usable[j] = kept;
        }
        int[] drawn = Arrays.copyOf(usable, most);
        Arrays.sort(drawn);
        return drawn;
    }

    int size() {
        return rows.length;
    }

    boolean isPart() {
        return size() < of;
    }
}
