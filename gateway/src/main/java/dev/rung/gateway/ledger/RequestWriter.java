package dev.rung.gateway.ledger;

import dev.rung.store.RequestRow;
import dev.rung.store.Requests;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes the rows of many requests in batches, on one thread of its own; thread-safe, with bounded memory.
 *
 * <p>While a batch is written the next one gathers, so that the more there is to write, the larger the batches are and the less a row costs. When the
 * ledger cannot be written, the batch is tried again until it can, and the queue fills.
 */
public final class RequestWriter implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RequestWriter.class.getName());
    private static final int MOST = 2_000;
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Requests requests;
    private final Durability durability;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition some = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Condition written = lock.newCondition();
    private final Thread thread;
    private List<RequestRow> waiting = new ArrayList<>();
    private long bytes;
    private long taken;
    private long done;
    private long dropped;
    private boolean closed;

    public RequestWriter(Requests requests, Durability durability) {
        this.requests = requests;
        this.durability = durability;
        this.thread = Thread.ofPlatform().daemon().name("request-ledger").start(this::work);
    }

    /** Takes a row; waits for the disk only when rows must be there at once, or when there is no room and rows must not be lost. */
    public void add(RequestRow row) {
        lock.lock();
        try {
            while (!closed && full()) {
                if (!durability.blockWhenFull()) {
                    dropped++;
                    return;
                }
                room.awaitUninterruptibly();
            }
            if (closed) {
                dropped++;
                return;
            }
            waiting.add(row);
            bytes += row.weight();
            taken++;
            if (waiting.size() == 1) {
                some.signal();
            }
            if (durability.sync()) {
                long mine = taken;
                while (done < mine && !(closed && !thread.isAlive())) {
                    written.awaitUninterruptibly();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many rows were dropped for want of room. */
    public long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many rows wait to be written. */
    public int waiting() {
        lock.lock();
        try {
            return (int) (taken - done);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything taken so far is written. */
    public void flush() {
        lock.lock();
        try {
            long mine = taken;
            while (done < mine && thread.isAlive()) {
                written.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean full() {
        return waiting.size() >= durability.rows() || bytes >= durability.bytes();
    }

    private void work() {
        List<RequestRow> batch = next();
        while (!batch.isEmpty()) {
            write(batch);
            batch = next();
        }
    }

    /** Returns what has gathered, after some time for more; nothing when the writer is closed. */
    private List<RequestRow> next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                some.awaitUninterruptibly();
            }
            if (!closed && !durability.batch().isZero() && waiting.size() < MOST) {
                gather();
            }
            List<RequestRow> batch = waiting;
            waiting = new ArrayList<>();
            bytes = 0;
            room.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void gather() {
        long left = durability.batch().toNanos();
        try {
            while (left > 0 && !closed && !full()) {
                left = some.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts this thread but the end of the process
        }
    }

    private void write(List<RequestRow> batch) {
        boolean said = false;
        while (true) {
            try {
                requests.add(batch, durability.sync());
                finished(batch.size());
                return;
            } catch (RuntimeException e) {
                if (!said) {
                    LOG.log(
                            Level.WARNING,
                            "cannot write " + batch.size() + " rows of the request ledger; trying again",
                            e);
                    said = true;
                }
                if (stopped()) {
                    LOG.log(
                            Level.ERROR,
                            "lost " + batch.size() + " rows of the request ledger at the end of the process");
                    finished(batch.size());
                    return;
                }
                pause();
            }
        }
    }

    private void finished(int rows) {
        lock.lock();
        try {
            done += rows;
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean stopped() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(AGAIN.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes what is there, then ends. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            some.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
