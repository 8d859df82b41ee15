package dev.rung.gateway.ledger;

import java.time.Duration;

/**
 * How surely requests get into the ledger.
 *
 * @param sync whether each request waits until its row is on the disk
 * @param batch after how long rows are written that nobody waits for
 * @param rows how many rows may wait to be written
 * @param bytes how much memory they may take, about
 * @param blockWhenFull whether requests wait when there is no room; otherwise rows are dropped, and counted
 */
public record Durability(boolean sync, Duration batch, int rows, long bytes, boolean blockWhenFull) {
    /** Nothing waits; a kill loses at most about 30 ms of rows; a full queue makes requests wait. */
    public static final Durability ASYNC = new Durability(false, Duration.ofMillis(20), 20_000, 64L << 20, true);

    /** Every row is on the disk before its request ends. */
    public static final Durability SYNC = new Durability(true, Duration.ZERO, 20_000, 64L << 20, true);

    public Durability {
        if (rows < 1 || bytes < 1 || batch.isNegative()) {
            throw new IllegalArgumentException("a queue has room");
        }
    }
}
