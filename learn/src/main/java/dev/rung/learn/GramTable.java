package dev.rung.learn;

/** An open-addressing map from the 64-bit hash of an n-gram to a number; 0 is no hash. Not thread-safe to write. */
final class GramTable {
    private long[] keys;
    private int[] numbers;
    private int size;

    GramTable(int expected) {
        int capacity = Integer.highestOneBit(Math.max(16, expected) * 2 - 1) * 2;
        keys = new long[capacity];
        numbers = new int[capacity];
    }

    int size() {
        return size;
    }

    /** Returns the number of {@code key}, or {@code absent}. */
    int get(long key, int absent) {
        int mask = keys.length - 1;
        for (int slot = (int) key & mask; keys[slot] != 0; slot = (slot + 1) & mask) {
            if (keys[slot] == key) {
                return numbers[slot];
            }
        }
        return absent;
    }

    void put(long key, int number) {
        int slot = slotFor(key); // may replace the arrays
        numbers[slot] = number;
    }

    /** Adds {@code amount} to the number of {@code key}, 0 when it is new. */
    void add(long key, int amount) {
        int slot = slotFor(key); // may replace the arrays
        numbers[slot] += amount;
    }

    /** Gives every pair, in no order. */
    void forEach(PairSink sink) {
        for (int slot = 0; slot < keys.length; slot++) {
            if (keys[slot] != 0) {
                sink.accept(keys[slot], numbers[slot]);
            }
        }
    }

    private int slotFor(long key) {
        int mask = keys.length - 1;
        int slot = (int) key & mask;
        while (keys[slot] != 0) {
            if (keys[slot] == key) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        if (size * 2 >= keys.length) {
            grow();
            return slotFor(key);
        }
        keys[slot] = key;
        size++;
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[oldKeys.length * 2];
        numbers = new int[keys.length];
        int mask = keys.length - 1;
        for (int old = 0; old < oldKeys.length; old++) {
            if (oldKeys[old] != 0) {
                int slot = (int) oldKeys[old] & mask;
                while (keys[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                keys[slot] = oldKeys[old];
                numbers[slot] = oldNumbers[old];
            }
        }
    }

    /** Receives one pair. */
    interface PairSink {
        void accept(long key, int number);
    }
}
