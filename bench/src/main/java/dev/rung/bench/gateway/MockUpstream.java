package dev.rung.bench.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A fast upstream for measurements: answers every POST with the same chat completion, or, when its body asks for a stream, with the same fifty chunks, one write each.
 *
 * <p>One virtual thread a connection, no parsing beyond the end of the head, the content length and {@code "stream":true}. A body that names the model {@code hold} gets one
 * chunk and then silence until the connection ends. Prints its port when it listens, and ends with its standard input.
 */
final class MockUpstream {
    private static final int CHUNKS = 50;
    private static final byte[] WHOLE = whole();
    private static final byte[] STREAM_HEAD =
            ascii("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    private static final byte[][] STREAM = chunks();

    private MockUpstream() {}

    public static void main(String[] args) throws IOException {
        try (ServerSocket server = new ServerSocket()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4_096);
            System.out.println(server.getLocalPort());
            Thread.ofVirtual().start(() -> accept(server));
            while (System.in.read() >= 0) {}
        }
    }

    private static void accept(ServerSocket server) {
        while (true) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private static void serve(Socket socket) {
        byte[] buffer = new byte[65_536];
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            while (true) {
                int read = 0;
                int head = -1;
                while (head < 0) {
                    int count = in.read(buffer, read, buffer.length - read);
                    if (count < 0) {
                        return;
                    }
                    read += count;
                    head = Wire.endOfHead(buffer, read);
                }
                int end = head + Math.max(0, Wire.contentLength(buffer, head));
                while (read < end) {
                    int count = in.read(buffer, read, buffer.length - read);
                    if (count < 0) {
                        return;
                    }
                    read += count;
                }
                String body = new String(buffer, head, end - head, StandardCharsets.ISO_8859_1);
                if (body.contains("\"model\":\"hold\"")) {
                    out.write(STREAM_HEAD);
                    out.write(STREAM[0]);
                    while (in.read() >= 0) {}
                    return;
                }
                if (body.contains("\"stream\":true")) {
                    out.write(STREAM_HEAD);
                    for (byte[] chunk : STREAM) {
                        out.write(chunk);
                    }
                } else {
                    out.write(WHOLE);
                }
            }
        } catch (IOException e) {
            // The other side has gone.
        }
    }

    private static byte[] whole() {
        String body = """
                {"id":"chatcmpl-1","object":"chat.completion","created":1795169730,"model":"mock-1","choices":[{"index":0,"message":{"role":"assistant",\
                "content":"I am sorry to hear that. I have found both charges and will refund the second one; it takes three to five days.","refusal":null},\
                "logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":31,"completion_tokens":26,"total_tokens":57,"prompt_tokens_details":\
                {"cached_tokens":0}},"service_tier":"default","system_fingerprint":"fp_1"}""";
        return ascii("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\nOpenai-Version: 2020-10-01\r\n\r\n" + body);
    }

    private static byte[][] chunks() {
        byte[][] chunks = new byte[CHUNKS + 2][];
        for (int i = 0; i < CHUNKS; i++) {
            chunks[i] =
                    chunk("data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1795169730,"
                            + "\"model\":\"mock-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" word\"},\"finish_reason\":"
                            + (i == CHUNKS - 1 ? "\"stop\"" : "null") + "}],\"usage\":null}\n\n");
        }
        chunks[CHUNKS] = chunk("data: {\"id\":\"chatcmpl-1\",\"choices\":[],\"usage\":{\"prompt_tokens\":31,"
                + "\"completion_tokens\":50,\"total_tokens\":81}}\n\n");
        byte[] done = chunk("data: [DONE]\n\n");
        byte[] last = ascii("0\r\n\r\n");
        byte[] both = new byte[done.length + last.length];
        System.arraycopy(done, 0, both, 0, done.length);
        System.arraycopy(last, 0, both, done.length, last.length);
        chunks[CHUNKS + 1] = both;
        return chunks;
    }

    private static byte[] chunk(String event) {
        return ascii(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
