package dev.rung.intake.examples;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The usable rows of one file, read as a stream; bad rows go to the {@link ReadingNotes}. Not thread-safe. */
public final class Rows implements Iterator<Row>, AutoCloseable {
    private final Reader reader;
    private @Nullable Row pending;
    private boolean ended;

    Rows(Reader reader) {
        this.reader = reader;
    }

    /** What a format implements. */
    interface Reader extends AutoCloseable {
        /** Returns the next usable row, or null at the end. */
        @Nullable
        Row read();

        @Override
        void close();
    }

    @Override
    public boolean hasNext() {
        if (pending == null && !ended) {
            pending = reader.read();
            ended = pending == null;
        }
        return pending != null;
    }

    @Override
    public Row next() {
        Row row = hasNext() ? pending : null;
        if (row == null) {
            throw new NoSuchElementException();
        }
        pending = null;
        return row;
    }

    @Override
    public void close() {
        reader.close();
    }
}
