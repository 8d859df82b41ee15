package dev.rung.store;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counters of what was spent, in a file that is mapped into memory.
 *
 * <p>A change is a store to memory and waits for no disk, and yet the death of this process loses none: the pages belong to the operating system, which
 * writes them in its own time. {@link #force} waits for the disk, so that a loss of power loses only what came after it.
 *
 * <p>What was reserved and neither settled nor released when the process died is found as spent by the next one: whoever worked on those calls may have
 * been paid for. Nothing is ever forgotten, and nothing stays reserved. One process at a time has the file; thread-safe within it.
 */
public final class SpendFile implements AutoCloseable {
    private static final int SLOT = 256;
    private static final int NAME = 32;
    private static final int NAME_LIMIT = SLOT - NAME;
    private static final int SEGMENT = 4_096 * SLOT;

    private final Path path;
    private final FileChannel channel;
    private final List<MappedByteBuffer> segments = new ArrayList<>();
    private final Map<String, Counter> counters = new LinkedHashMap<>();
    private final List<Unsettled> unsettled = new ArrayList<>();

    private SpendFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** What was under way when an earlier process died; counted as spent since. */
    public record Unsettled(String name, long amount) {}

    /** What a counter had at a moment. */
    public record Standing(long window, long used, long settled) {}

    /**
     * Opens {@code spend.counters} in {@code state}.
     *
     * @throws RungException.Unavailable when another process has it, or it cannot be used
     */
    public static SpendFile open(Path state) {
        Path path = state.resolve("spend.counters");
        try {
            Files.createDirectories(state);
            FileChannel channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            boolean held = false;
            try {
                held = locked(channel);
                if (!held) {
                    throw new RungException.Unavailable(
                            "another server counts its spending in " + path + "; end it, or use another state folder");
                }
                SpendFile file = new SpendFile(path, channel);
                file.load();
                return file;
            } finally {
                if (!held) {
                    channel.close();
                }
            }
        } catch (IOException e) {
            throw new RungException.Unavailable("cannot use " + path + ": " + e.getMessage(), e);
        }
    }

    /** Returns what each counter has, read while a server may be running; empty without a file. */
    public static Map<String, Standing> look(Path state) {
        Path path = state.resolve("spend.counters");
        if (!Files.exists(path)) {
            return Map.of();
        }
        Map<String, Standing> standings = new LinkedHashMap<>();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            for (long at = 0; at + SLOT <= channel.size(); at += SLOT) {
                ByteBuffer slot = ByteBuffer.allocate(SLOT).order(ByteOrder.LITTLE_ENDIAN);
                if (channel.read(slot, at) < SLOT) {
                    break;
                }
                int length = slot.getInt(24);
                if (length > 0 && length <= NAME_LIMIT) {
                    standings.put(
                            new String(slot.array(), NAME, length, StandardCharsets.UTF_8),
                            new Standing(slot.getLong(0), slot.getLong(8), slot.getLong(16)));
                }
            }
        } catch (IOException e) {
            throw new RungException.Unavailable("cannot read " + path + ": " + e.getMessage(), e);
        }
        return standings;
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(); // given back when the channel is closed
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // another part of this process has it
        }
    }

    private void load() throws IOException {
        long size = channel.size();
        for (long at = 0; at < size; at += SEGMENT) {
            map();
        }
        for (MappedByteBuffer segment : segments) {
            for (int at = 0; at < SEGMENT; at += SLOT) {
                int length = segment.getInt(at + 24);
                if (length > 0 && length <= NAME_LIMIT) {
                    byte[] name = new byte[length];
                    segment.get(at + NAME, name);
                    Counter counter = new Counter(segment, at);
                    String key = new String(name, StandardCharsets.UTF_8);
                    long left = counter.absorb();
                    if (left > 0) {
                        unsettled.add(new Unsettled(key, left));
                    }
                    counters.put(key, counter);
                }
            }
        }
    }

    private void map() throws IOException {
        MappedByteBuffer segment =
                channel.map(FileChannel.MapMode.READ_WRITE, (long) segments.size() * SEGMENT, SEGMENT);
        segment.order(ByteOrder.LITTLE_ENDIAN);
        segments.add(segment);
    }

    /** Returns what earlier processes had under way when they died. */
    public List<Unsettled> unsettled() {
        return List.copyOf(unsettled);
    }

    /** Returns the counter of a name; a new one has nothing in it. */
    public synchronized Counter counter(String name) {
        return counters.computeIfAbsent(fitted(name), this::make);
    }

    private static String fitted(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length <= NAME_LIMIT
                ? name
                : "sha256:" + Sha256.of(name).hex();
    }

    private Counter make(String name) {
        int index = counters.size();
        try {
            while ((long) (index + 1) * SLOT > (long) segments.size() * SEGMENT) {
                map();
            }
        } catch (IOException e) {
            throw new RungException.Unavailable("cannot make " + path + " larger: " + e.getMessage(), e);
        }
        MappedByteBuffer segment = segments.get(index / (SEGMENT / SLOT));
        int at = index % (SEGMENT / SLOT) * SLOT;
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        segment.put(at + NAME, bytes);
        segment.putInt(at + 24, bytes.length); // last: without it the slot is not there
        return new Counter(segment, at);
    }

    /** Waits until everything counted so far is on the disk. */
    public void force() {
        for (MappedByteBuffer segment : List.copyOf(segments())) {
            segment.force();
        }
    }

    private synchronized List<MappedByteBuffer> segments() {
        return new ArrayList<>(segments);
    }

    @Override
    public void close() {
        try {
            force();
            channel.close();
        } catch (IOException e) {
            throw new RungException.Unavailable("cannot close " + path + ": " + e.getMessage(), e);
        }
    }

    /**
     * One sum over a window of time, such as a day; thread-safe.
     *
     * <p>A window is the second at which it begins. Amounts that were reserved in an earlier window never touch a later one.
     */
    public static final class Counter {
        private final MappedByteBuffer memory;
        private final int at;

        private Counter(MappedByteBuffer memory, int at) {
            this.memory = memory;
            this.at = at;
        }

        /** Reserves {@code amount} in {@code window} if no more than {@code limit} is used then; otherwise changes nothing and returns false. */
        public synchronized boolean reserve(long window, long amount, long limit) {
            turn(window);
            long used = memory.getLong(at + 8);
            if (amount > limit - used) {
                return false;
            }
            memory.putLong(at + 8, used + amount);
            return true;
        }

        /** Ends a reservation of {@code reserved}, of which {@code actual} was spent: none for a release. */
        public synchronized void settle(long window, long reserved, long actual) {
            if (memory.getLong(at) != window) {
                return; // a new window has begun: what was reserved before it is over
            }
            memory.putLong(at + 8, Math.max(0, memory.getLong(at + 8) - reserved + actual));
            memory.putLong(at + 16, memory.getLong(at + 16) + actual);
        }

        /** Makes sure that at least {@code spent} counts as spent in {@code window}. */
        public synchronized void raise(long window, long spent) {
            turn(window);
            long missing = spent - memory.getLong(at + 16);
            if (missing > 0) {
                memory.putLong(at + 8, memory.getLong(at + 8) + missing);
                memory.putLong(at + 16, memory.getLong(at + 16) + missing);
            }
        }

        /** Returns what is used in {@code window}: spent, or reserved. */
        public synchronized long used(long window) {
            turn(window);
            return memory.getLong(at + 8);
        }

        /** Returns what is spent in {@code window}. */
        public synchronized long settled(long window) {
            turn(window);
            return memory.getLong(at + 16);
        }

        private void turn(long window) {
            if (memory.getLong(at) < window) {
                memory.putLong(at + 8, 0);
                memory.putLong(at + 16, 0);
                memory.putLong(at, window);
            }
        }

        // What is used and not settled was under way when the process before this one died.
        private synchronized long absorb() {
            long left = memory.getLong(at + 8) - memory.getLong(at + 16);
            memory.putLong(at + 16, memory.getLong(at + 8));
            return left;
        }
    }
}
