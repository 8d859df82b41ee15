package dev.rung.models.egress;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** A body made of parts of other arrays, so that a large one need not be copied to change a few bytes of it. Not thread-safe. */
public final class Pieces {
    private final List<Piece> pieces = new ArrayList<>(5);
    private long length;

    @SuppressWarnings("ArrayRecordComponent") // a part of an array that is never compared
    private record Piece(byte[] bytes, int from, int length) {
        @Override
        public String toString() {
            return length + " bytes";
        }
    }

    /** Returns the body that is {@code bytes}. */
    public static Pieces of(byte[] bytes) {
        return new Pieces().add(bytes, 0, bytes.length);
    }

    /** Adds {@code bytes[from..to)}, which nobody changes from now on. */
    public Pieces add(byte[] bytes, int from, int to) {
        if (to > from) {
            pieces.add(new Piece(bytes, from, to - from));
            length += to - from;
        }
        return this;
    }

    public long length() {
        return length;
    }

    /** Returns everything as one array. */
    public byte[] whole() {
        byte[] all = new byte[Math.toIntExact(length)];
        int at = 0;
        for (Piece piece : pieces) {
            System.arraycopy(piece.bytes, piece.from, all, at, piece.length);
            at += piece.length;
        }
        return all;
    }

    void writeTo(OutputStream out) throws IOException {
        for (Piece piece : pieces) {
            out.write(piece.bytes, piece.from, piece.length);
        }
    }
}
