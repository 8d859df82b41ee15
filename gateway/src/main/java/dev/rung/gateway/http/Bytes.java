package dev.rung.gateway.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Bytes that nobody changes, such as a body. */
public final class Bytes {
    public static final Bytes NONE = new Bytes(new byte[0]);

    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns the array as it is; whoever hands it over changes nothing in it afterwards. */
    public static Bytes of(byte[] bytes) {
        return bytes.length == 0 ? NONE : new Bytes(bytes);
    }

    /** Returns the array itself; whoever takes it changes nothing in it. */
    public byte[] array() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    public InputStream stream() {
        return new ByteArrayInputStream(bytes);
    }
}
