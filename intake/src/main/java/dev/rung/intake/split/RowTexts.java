package dev.rung.intake.split;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The texts of rows in a temporary file that only this user can read, gone when this is closed: any row's text is one read away, and the heap holds eight bytes of it. Each row
 * has the same number of parts, any of which may be missing. Not thread-safe.
 */
final class RowTexts implements AutoCloseable {
    private static final int MISSING = -1;
    private static final int LEAST_BUFFER = 1 << 16;

    private final int parts;
    private final FileChannel file;
    private final LongList starts = new LongList();
    private ByteBuffer pending = ByteBuffer.allocate(LEAST_BUFFER);
    private ByteBuffer read = ByteBuffer.allocate(1 << 12);
    private long written;

    RowTexts(int parts) {
        this.parts = parts;
        try {
            Path path = Files.createTempFile("rung-rows-", ".tmp");
            this.file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary file for the examples' texts", e);
        }
        starts.add(0);
    }

    int size() {
        return starts.size() - 1;
    }

    /** Adds the next row. */
    void add(@Nullable String... texts) {
        if (texts.length != parts) {
            throw new IllegalArgumentException(texts.length + " parts, expected " + parts);
        }
        List<Optional<byte[]>> bytes = new ArrayList<>(parts);
        int length = Integer.BYTES * parts;
        for (String text : texts) {
            Optional<byte[]> part = Optional.ofNullable(text).map(written -> written.getBytes(StandardCharsets.UTF_8));
            bytes.add(part);
            length += part.map(known -> known.length).orElse(0);
        }
        if (pending.remaining() < length) {
            flush();
            pending = pending.capacity() < length ? ByteBuffer.allocate(length) : pending;
        }
        for (Optional<byte[]> part : bytes) {
            pending.putInt(part.map(known -> known.length).orElse(MISSING));
            part.ifPresent(pending::put);
        }
        starts.add(written + pending.position());
    }

    private void flush() {
        try {
            pending.flip();
            while (pending.hasRemaining()) {
                written += file.write(pending, written);
            }
            pending.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write the examples' texts into the temporary folder; is it full?", e);
        }
    }

    /** Returns a part of a row, or null where it is missing. */
    @Nullable
    String get(int row, int part) {
        ByteBuffer record = record(row);
        for (int i = 0; i < part; i++) {
            int length = record.getInt();
            record.position(record.position() + Math.max(0, length));
        }
        int length = record.getInt();
        if (length == MISSING) {
            return null;
        }
        byte[] text = new byte[length];
        record.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private ByteBuffer record(int row) {
        long start = starts.get(row);
        int length = (int) (starts.get(row + 1) - start);
        if (start + length > written) {
            flush();
        }
        if (read.capacity() < length) {
            read = ByteBuffer.allocate(Math.max(length, 2 * read.capacity()));
        }
        read.clear().limit(length);
        try {
            while (read.hasRemaining()) {
                if (file.read(read, start + read.position()) < 0) {
                    throw new IOException("the temporary file of the examples' texts ends early");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the examples' texts again", e);
        }
        return read.flip();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the temporary file of the examples' texts", e);
        }
    }
}
