package dev.rung.bench.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A keep-alive connection that sends one prepared request again and again; not thread-safe. */
final class RawConnection implements AutoCloseable {
    private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;
    private final byte[] request;
    private final byte[] buffer = new byte[65_536];
    private long firstByteNanos;

    RawConnection(int port, byte[] request) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.socket.setTcpNoDelay(true);
        this.out = socket.getOutputStream();
        this.in = socket.getInputStream();
        this.request = request;
    }

    static byte[] get(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] chat(String task, boolean stream) {
        return chat("/v1/chat/completions", task, stream, "none");
    }

    static byte[] chat(String path, String model, boolean stream, String key) {
        String body =
                ("{\"model\":\"%s\",\"messages\":[{\"role\":\"system\",\"content\":\"Route the customer's message.\"},"
                                + "{\"role\":\"user\",\"content\":\"Hello, I was charged twice for my last order, can you help me?\"}],"
                                + "\"temperature\":0,\"stream\":%b}")
                        .formatted(model, stream);
        return post(path, body, key);
    }

    /** Returns the request for a task's answer to {@code text}, which needs no escaping. */
    static byte[] ask(String task, String text) {
        return post(
                "/v1/chat/completions",
                "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(task, text),
                "none");
    }

    private static byte[] post(String path, String body, String key) {
        return ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Authorization: Bearer " + key + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Sends the request, reads the whole response and returns the nanoseconds that took. */
    long exchange() throws IOException {
        return exchange(request);
    }

    /** Sends this request instead, likewise. */
    long exchange(byte[] request) throws IOException {
        long began = System.nanoTime();
        out.write(request);
        int read = more(0);
        firstByteNanos = System.nanoTime() - began;
        if (buffer[9] != '2') {
            throw new IOException(new String(buffer, 0, read, StandardCharsets.UTF_8));
        }
        int body = -1;
        while ((body = Wire.endOfHead(buffer, read)) < 0) {
            read = more(read);
        }
        int length = Wire.contentLength(buffer, body);
        while (length >= 0 ? read < body + length : !endsWithLastChunk(read)) {
            read = more(read);
        }
        return System.nanoTime() - began;
    }

    /** Sends the request and reads what comes first. */
    void begin() throws IOException {
        out.write(request);
        more(0);
    }

    /** Returns how long the first byte of the last response took. */
    long firstByteNanos() {
        return firstByteNanos;
    }

    private int more(int read) throws IOException {
        int count = in.read(buffer, read, buffer.length - read);
        if (count < 0) {
            throw new IOException("the connection ended");
        }
        return read + count;
    }

    private boolean endsWithLastChunk(int read) {
        for (int i = 0; i < LAST_CHUNK.length; i++) {
            if (buffer[read - LAST_CHUNK.length + i] != LAST_CHUNK[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
