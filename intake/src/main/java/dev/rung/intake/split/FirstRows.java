package dev.rung.intake.split;

/** The first row of each hash: a map from long to int by open addressing, 24 bytes an entry at most. Not thread-safe. */
final class FirstRows {
    private long[] keys = new long[256];
    private int[] rows = new int[256]; // row + 1; 0 where the slot is free
    private int size;

    /** Returns the row that {@code hash} was first put with, or -1 when this is the first time and it is now {@code row}. */
    int putIfAbsent(long hash, int row) {
        if (2 * size >= keys.length) {
            grow();
        }
        int slot = slot(hash);
        if (rows[slot] != 0) {
            return rows[slot] - 1;
        }
        keys[slot] = hash;
        rows[slot] = row + 1;
        size++;
        return -1;
    }

    /** Returns the row that {@code hash} was first put with, or -1. */
    int get(long hash) {
        return rows[slot(hash)] - 1;
    }

    private int slot(long hash) {
        int slot = (int) hash & (keys.length - 1);
        while (rows[slot] != 0 && keys[slot] != hash) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldRows = rows;
        keys = new long[2 * oldKeys.length];
        rows = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldRows[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                rows[slot] = oldRows[i];
            }
        }
    }
}
