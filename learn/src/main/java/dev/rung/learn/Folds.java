package dev.rung.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A partition of rows into parts of like make-up, each of which is in turn held out.
 *
 * <p>Immutable and thread-safe; the same arguments give the same partition.
 */
public final class Folds {
    private final int[] foldOfRow;
    private final int count;

    private Folds(int[] foldOfRow, int count) {
        this.foldOfRow = foldOfRow;
        this.count = count;
    }

    /**
     * Deals the rows of each label out evenly.
     *
     * @param count 2 or more
     */
    public static Folds of(int[] labelOfRow, int count, long seed) {
        int[] groups = new int[labelOfRow.length];
        Arrays.setAll(groups, row -> row);
        return ofGroups(labelOfRow, groups, count, seed);
    }

    /**
     * Deals the groups of each label out evenly; rows of one group (duplicates of each other) are never parted.
     *
     * @param groupOfRow any numbers; rows with the same number belong together. A group of mixed labels is dealt out
     *     with the label of its first row
     */
    public static Folds ofGroups(int[] labelOfRow, int[] groupOfRow, int count, long seed) {
        if (count < 2) {
            throw new IllegalArgumentException("there must be 2 folds or more, found " + count);
        }
        Map<Integer, List<Integer>> groupsOfLabel = new HashMap<>();
        Map<Integer, Integer> foldOfGroup = new HashMap<>();
        for (int row = 0; row < labelOfRow.length; row++) {
            if (foldOfGroup.put(groupOfRow[row], 0) == null) {
                groupsOfLabel
                        .computeIfAbsent(labelOfRow[row], label -> new ArrayList<>())
                        .add(groupOfRow[row]);
            }
        }
        Random random = new Random(seed);
        int next = 0;
        for (int label : groupsOfLabel.keySet().stream().sorted().toList()) {
            List<Integer> groups = groupsOfLabel.getOrDefault(label, List.of());
            Collections.shuffle(groups, random);
            for (int group : groups) {
                foldOfGroup.put(group, next++ % count);
            }
        }
        int[] foldOfRow = new int[labelOfRow.length];
        Arrays.setAll(foldOfRow, row -> foldOfGroup.getOrDefault(groupOfRow[row], 0));
        return new Folds(foldOfRow, count);
    }

    public int count() {
        return count;
    }

    public int rows() {
        return foldOfRow.length;
    }

    /** Returns the rows of {@code fold}, ascending. */
    public int[] heldOut(int fold) {
        return rows(fold, true);
    }

    /** Returns the rows of all other folds, ascending. */
    public int[] kept(int fold) {
        return rows(fold, false);
    }

    private int[] rows(int fold, boolean inside) {
        int[] rows = new int[foldOfRow.length];
        int found = 0;
        for (int row = 0; row < foldOfRow.length; row++) {
            if ((foldOfRow[row] == fold) == inside) {
                rows[found++] = row;
            }
        }
        return Arrays.copyOf(rows, found);
    }
}
