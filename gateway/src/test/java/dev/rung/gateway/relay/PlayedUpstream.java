package dev.rung.gateway.relay;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A real HTTP server, byte by byte, that plays what an upstream may do; thread-safe. */
final class PlayedUpstream implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Play play;

    /** What arrived. */
    record Request(int number, String line, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        String path() {
            return line.split(" ")[1];
        }
    }

    /** What the server does with a request. */
    @FunctionalInterface
    interface Play {
        void answer(Request request, Connection connection) throws Exception;
    }

    PlayedUpstream(Play play) throws IOException {
        this.play = play;
        Thread.ofVirtual().start(this::accept);
    }

    void plays(Play other) {
        play = other;
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    List<Request> requests() {
        return requests;
    }

    Request only() {
        if (requests.size() != 1) {
            throw new AssertionError("expected one request, got " + requests);
        }
        return requests.getFirst();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Connection connection = new Connection(socket);
            while (true) {
                Request request = connection.request(requests.size() + 1);
                if (request == null) {
                    return;
                }
                requests.add(request);
                play.answer(request, connection);
            }
        } catch (Exception e) {
            // The other side left, or the play was to break off.
        }
    }

    /** One connection, as the play writes to it. */
    static final class Connection {
        private final Socket socket;
        private final InputStream in;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        private @Nullable Request request(int number) throws IOException {
            String line = line();
            if (line.isEmpty()) {
                return null;
            }
            Map<String, String> headers = new LinkedHashMap<>();
            for (String field = line(); !field.isEmpty(); field = line()) {
                int colon = field.indexOf(':');
                headers.merge(
                        field.substring(0, colon).toLowerCase(Locale.ROOT),
                        field.substring(colon + 1).strip(),
                        (one, other) -> one + "|" + other);
            }
            int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
            return new Request(number, line, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
                if (b != '\r') {
                    line.append((char) b);
                }
            }
            return line.toString();
        }

        void write(String bytes) throws IOException {
            write(bytes.getBytes(StandardCharsets.UTF_8));
        }

        void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        void reply(int status, String type, String body, String... headers) throws IOException {
            reply(status, type, body.getBytes(StandardCharsets.UTF_8), headers);
        }

        void reply(int status, String type, byte[] body, String... headers) throws IOException {
            write("HTTP/1.1 " + status + " Played\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length
                    + "\r\n"
                    + String.join(
                            "",
                            java.util.Arrays.stream(headers)
                                    .map(h -> h + "\r\n")
                                    .toList())
                    + "\r\n");
            write(body);
        }

        void json(int status, String body, String... headers) throws IOException {
            reply(status, "application/json", body, headers);
        }

        void streamHead() throws IOException {
            write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        void chunk(String bytes) throws IOException {
            int length = bytes.getBytes(StandardCharsets.UTF_8).length;
            write(Integer.toHexString(length) + "\r\n" + bytes + "\r\n");
        }

        void end() throws IOException {
            write("0\r\n\r\n");
        }

        void stream(String... chunks) throws IOException {
            streamHead();
            for (String chunk : chunks) {
                chunk(chunk);
            }
            end();
        }

        void vanish() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Waits until the other side has closed, and returns the moment. */
        long awaitEnd() {
            try {
                while (in.read() >= 0) {}
            } catch (IOException e) {
                // reset
            }
            return System.nanoTime();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
