package dev.rung.store;

import dev.rung.core.RungException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/** An exclusive hold on a folder, against other threads and other processes; ends with the process that has it. */
final class FolderLock implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Waits for the hold on {@code folder}. */
    static FolderLock take(Path folder) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<FolderLock> lock = tryTake(folder);
            if (lock.isPresent()) {
                return lock.get();
            }
            if (System.nanoTime() > giveUp) {
                throw new RungException.Unavailable("another process has been writing to " + folder + " for "
                        + PATIENCE.toSeconds() + " s; end it, or try again");
            }
            Pause.briefly();
        }
    }

    /** Returns the hold on {@code folder}, unless somebody else has it. */
    static Optional<FolderLock> tryTake(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean held = false;
            try {
                held = locked(channel);
            } finally {
                if (!held) {
                    channel.close();
                }
            }
            return held ? Optional.of(new FolderLock(folder, channel)) : Optional.empty();
        } catch (IOException e) {
            throw new RungException.Unavailable("cannot lock " + folder + ": " + e.getMessage(), e);
        }
    }

    Path folder() {
        return folder;
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(); // given back when the channel is closed
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this process has it
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new RungException.Unavailable("cannot unlock: " + e.getMessage(), e);
        }
    }
}
