package dev.rung.models.llama;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** A native object that many threads may use and one may free: it is freed once, when no one uses it, and refuses afterwards. Thread-safe. */
final class NativeHandle implements AutoCloseable {
    private final String what;
    private final MemorySegment address;
    private final Consumer<MemorySegment> free;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    NativeHandle(String what, MemorySegment address, Consumer<MemorySegment> free) {
        this.what = what;
        this.address = address;
        this.free = free;
    }

    /** Returns what {@code call} makes of the object, which stays alive meanwhile. */
    <T> T use(Function<MemorySegment, T> call) {
        lock.readLock().lock();
        try {
            return call.apply(open());
        } finally {
            lock.readLock().unlock();
        }
    }

    void run(Consumer<MemorySegment> call) {
        lock.readLock().lock();
        try {
            call.accept(open());
        } finally {
            lock.readLock().unlock();
        }
    }

    int useInt(ToIntFunction<MemorySegment> call) {
        lock.readLock().lock();
        try {
            return call.applyAsInt(open());
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                free.accept(address);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private MemorySegment open() {
        if (closed) {
            throw new IllegalStateException(what + " is closed");
        }
        return address;
    }
}
