package dev.rung.models.llama;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.IntSupplier;

/** Computations that can be brought to rest for good. Thread-safe. */
final class ComputeGate {
    private final ReentrantReadWriteLock computing = new ReentrantReadWriteLock();

    /** Waits for the computations under way, and lets none begin again. */
    @SuppressWarnings("LockNotBeforeTry") // never given back
    void shut() {
        computing.writeLock().lock();
    }

    /** Computes; once the gate is shut, waits for the process to end instead. */
    int pass(IntSupplier computation) {
        computing.readLock().lock();
        try {
            return computation.getAsInt();
        } finally {
            computing.readLock().unlock();
        }
    }
}
