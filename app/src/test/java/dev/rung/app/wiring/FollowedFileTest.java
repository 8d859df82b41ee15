package dev.rung.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.gateway.GatewayConfig;
import dev.rung.gateway.govern.GovernanceConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose configuration is changed on the disk while it answers. */
class FollowedFileTest {
    @TempDir
    private Path home;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> said = new CopyOnWriteArrayList<>();

    private HttpResponse<String> send(Serving serving, HttpRequest.Builder request, String path) throws Exception {
        return client.send(
                request.uri(URI.create("http://127.0.0.1:" + serving.port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String get(Serving serving, String path) throws Exception {
        return send(serving, HttpRequest.newBuilder().GET(), path).body();
    }

    private int ask(Serving serving, int bytes) throws Exception {
        String body = "{\"model\":\"nobody\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted("x".repeat(bytes));
        return send(
                        serving,
                        HttpRequest.newBuilder()
                                .header("content-type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body)),
                        "/v1/chat/completions")
                .statusCode();
    }

    /** Puts the file in place at once, as editors do, and waits until the server has said so. */
    private void change(Path file, String yaml) throws Exception {
        int before = said.size();
        Path next = Files.writeString(home.resolve("next.yaml"), yaml);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        for (int i = 0; i < 1_000; i++) {
            if (said.stream().skip(before).anyMatch(line -> line.contains("is taken up"))) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("the change was not taken up; said: " + said);
    }

    @Test
    void limits_and_log_are_taken_up_and_what_needs_a_restart_is_named() throws Exception {
        Path file = Files.writeString(home.resolve("gateway.yaml"), "limits: { body: 1MiB }\n");
        Path log = home.resolve("requests.jsonl");
        try (Wiring wiring = new Wiring(home.resolve("state"), System.getenv(), Clock.systemUTC())) {
            try (Serving serving = Serving.start(
                    wiring,
                    GatewayConfig.DEFAULTS.at("127.0.0.1", 0),
                    file,
                    GovernanceConfig.DEFAULTS,
                    new Logging(null, lines -> {}),
                    said::add)) {
                assertThat(ask(serving, 2 << 20)).isEqualTo(413);
                assertThat(get(serving, "/debug")).contains("\"restart_needed\":[]");

                change(file, "limits: { body: 4MiB, connections: 77 }\nlog: requests.jsonl\n");

                assertThat(ask(serving, 2 << 20)).as("read, and no such model").isEqualTo(404);
                assertThat(said).contains(file + ": limits.connections: taken up at the next start");
                assertThat(get(serving, "/debug")).contains("\"restart_needed\":[\"limits.connections\"]");
                assertThat(get(serving, "/ready")).contains("\"restart_needed\":[\"limits.connections\"]");

                change(file, "limits: { body: 1MiB }\n");

                assertThat(ask(serving, 2 << 20)).isEqualTo(413);
                assertThat(get(serving, "/debug")).contains("\"restart_needed\":[]");
            }
            assertThat(Files.readAllLines(log))
                    .as("of the time in which it was wanted")
                    .anyMatch(line -> line.contains("\"/ready\""))
                    .noneMatch(line -> line.contains("\"status\":413"));
        }
    }
}
