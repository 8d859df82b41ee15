package dev.rung.learn;

import java.util.Arrays;

/** A growing list of longs. Not thread-safe. */
final class LongBag {
    private long[] items = new long[512];
    private int size;

    void add(long item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        items[size++] = item;
    }

    int size() {
        return size;
    }

    long get(int index) {
        return items[index];
    }

    void clear() {
        size = 0;
    }

    void sort() {
        Arrays.sort(items, 0, size);
    }
}
