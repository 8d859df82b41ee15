package dev.rung.compat.played;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
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

/** A real HTTP server, byte by byte, that answers as a script says and remembers what reached it. Thread-safe. */
public final class PlayedServer implements AutoCloseable {
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Script script;

    /** What arrived. */
    public record Request(int number, String path, Map<String, String> headers, String body) {
        public Json json() {
            return JsonText.parse(body);
        }
    }

    /** What the server does with a request. */
    @FunctionalInterface
    public interface Script {
        void play(Request request, Connection to) throws Exception;
    }

    public PlayedServer(Script script) {
        this.script = script;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Returns a script that says the same to everybody, as a stream to whom asks for one. */
    public static Script saying(Vendor vendor, Say say) {
        return (request, to) -> {
            if (vendor.asksForStream(request)) {
                to.stream(vendor.events(say));
            } else {
                to.json(200, vendor.whole(say));
            }
        };
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    public List<Request> requests() {
        return requests;
    }

    /** Returns the one request that arrived. */
    public Request only() {
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
            for (Request request = read(connection); request != null; request = read(connection)) {
                requests.add(request);
                script.play(request, connection);
            }
        } catch (Exception e) {
            // The other side left, or the script was to break off.
        }
    }

    private @Nullable Request read(Connection connection) throws IOException {
        String line = connection.line();
        if (line.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String field = connection.line(); !field.isEmpty(); field = connection.line()) {
            int colon = field.indexOf(':');
            headers.put(
                    field.substring(0, colon).toLowerCase(Locale.ROOT),
                    field.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(connection.in.readNBytes(length), StandardCharsets.UTF_8);
        return new Request(requests.size() + 1, line.split(" ")[1], headers, body);
    }

    /** One connection, as the script writes to it. */
    public static final class Connection {
        private final Socket socket;
        private final InputStream in;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
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

        public void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        /** Replies in one piece; {@code headers} are whole lines. */
        public void reply(int status, String type, String body, String... headers) throws IOException {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Played\r\nContent-Type: " + type + "\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            head.append("Content-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n\r\n");
            write(head + body);
        }

        public void json(int status, Json body, String... headers) throws IOException {
            reply(status, "application/json", body.compact(), headers);
        }

        public void streamHead() throws IOException {
            write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        public void chunk(String text) throws IOException {
            write(Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + text + "\r\n");
        }

        public void stream(List<String> events) throws IOException {
            streamHead();
            for (String event : events) {
                chunk(event);
            }
            write("0\r\n\r\n");
        }

        /** Resets the connection. */
        public void vanish() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Waits until the other side has closed. */
        public void awaitEnd() {
            try {
                while (in.read() >= 0) {}
            } catch (IOException e) {
                // reset
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
