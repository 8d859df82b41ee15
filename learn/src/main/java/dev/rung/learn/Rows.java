package dev.rung.learn;

import java.util.ArrayList;
import java.util.List;

/** Chosen rows of something that has one item a row. */
final class Rows {
    private Rows() {}

    static <T> List<T> of(List<T> items, int[] rows) {
        List<T> chosen = new ArrayList<>(rows.length);
        for (int row : rows) {
            chosen.add(items.get(row));
        }
        return chosen;
    }

    static int[] of(int[] items, int[] rows) {
        int[] chosen = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            chosen[i] = items[rows[i]];
        }
        return chosen;
    }
}
