package dev.rung.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rung.core.Sha256;
import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A climb in a process of its own, with a model on a real HTTP server that kills the process, as {@code kill -9} does, instead of answering. */
final class KilledClimbTest {
    private static final List<String> LABELS = List.of("billing", "delivery", "returns");
    private static final List<List<String>> WORDS = List.of(
            List.of("invoice", "charged", "card", "refund", "voucher"),
            List.of("parcel", "courier", "tracking", "late", "doorstep"),
            List.of("broken", "exchange", "wrong", "size", "faulty"));

    @TempDir
    private Path folder;

    private @Nullable HttpServer server;
    private volatile @Nullable Process climbing;
    private final Set<Integer> killAt = new TreeSet<>();
    private final Set<Sha256> answered = ConcurrentHashMap.newKeySet();
    private int asked;
    private int answers;

    @BeforeEach
    void serve() throws IOException {
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        started.createContext("/", this::play);
        started.start();
        server = started;
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void a_climb_that_was_killed_five_times_pays_for_no_answer_twice_and_ends_alike() throws Exception {
        Path task = task();
        Json.Obj undisturbed = climb(task, home("undisturbed"));
        int calls = answers;
        assertThat(calls).isGreaterThan(40);
        assertThat(answered).as("no two calls of one climb are the same").hasSize(calls);

        answers = 0;
        answered.clear();
        Random random = new Random(20261125);
        while (killAt.size() < 5) {
            killAt.add(asked + 1 + random.nextInt(calls));
        }
        Path home = home("killed");
        int kills = 0;
        Json.@Nullable Obj end = climb(task, home);
        while (end == null) {
            kills++;
            end = climb(task, home);
        }

        assertThat(kills).isEqualTo(5);
        assertThat(answers).as("answers paid for, over all six runs").isEqualTo(calls);
        assertThat(answered).hasSize(calls);
        assertThat(decisions(end)).isEqualTo(decisions(undisturbed));
        assertThat(attempts(task, home)).isEqualTo(attempts(task, folder.resolve("undisturbed")));
        Json.Obj releases = (Json.Obj)
                JsonText.parse(new Terminal(home).run("releases", "--json").out());
        assertThat(releases.array("releases")).hasSize(1);
        assertThat(new Terminal(home)
                        .run("verify-certificate", "sorting-1", "--replay")
                        .code())
                .isZero();
    }

    private static List<String> decisions(Json.@Nullable Obj climb) {
        List<String> lines = new ArrayList<>();
        for (Json line : Objects.requireNonNull(climb).array("candidates")) {
            Json.Obj candidate = (Json.Obj) line;
            lines.add(candidate.get("rung") + " " + candidate.get("name") + " " + candidate.get("verdict") + " "
                    + candidate.get("answered"));
        }
        assertThat(lines).hasSizeGreaterThan(4);
        lines.add(climb.string("verdict") + " " + climb.get("release"));
        return lines;
    }

    private static List<String> attempts(Path task, Path home) {
        Json.Obj budget = (Json.Obj) JsonText.parse(
                new Terminal(home).run("budget", task.toString(), "--json").out());
        List<String> attempts = new ArrayList<>();
        for (Json attempt : budget.array("attempts")) {
            Json.Obj one = (Json.Obj) attempt;
            attempts.add(one.string("attempt") + " " + one.number("drawn") + " " + one.get("verdict"));
        }
        assertThat(attempts).isNotEmpty();
        return attempts;
    }

    /** Climbs in another process, and returns what it printed, or null when it was killed. */
    private Json.@Nullable Obj climb(Path task, Path home) throws IOException, InterruptedException {
        Path out = folder.resolve("out.json");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.rung.app.cli.Main",
                        "climb",
                        task.toString(),
                        "--offline",
                        "--json",
                        "--home",
                        home.toString()))
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
        climbing = process;
        int code = process.waitFor();
        if (code == 128 + 9) {
            return null;
        }
        assertThat(code).as(Files.readString(folder.resolve("err.txt"))).isZero();
        return (Json.Obj) JsonText.read(out);
    }

    private synchronized void play(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Process process = climbing;
        if (killAt.contains(++asked) && process != null) {
            process.toHandle().destroyForcibly();
            exchange.close();
            return;
        }
        answers++;
        answered.add(Sha256.of(body));
        String said = Json.object("label", Json.of(guess(body))).compact();
        byte[] reply = """
                {"choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": %s}}],
                 "usage": {"prompt_tokens": 100, "completion_tokens": 5, "total_tokens": 105}}
                """.formatted(Json.of(said).compact()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, reply.length);
        exchange.getResponseBody().write(reply);
        exchange.close();
    }

    // Knows one word of each label, and says the first label otherwise: too weak for the bar, not hopeless at once.
    private static String guess(String body) {
        Json.Obj request = (Json.Obj) JsonText.parse(body);
        String question = ((Json.Obj) request.array("messages").getLast()).string("content");
        for (int label = 0; label < LABELS.size(); label++) {
            if (WORDS.get(label).subList(0, 3).stream().anyMatch(question::contains)) {
                return LABELS.get(label);
            }
        }
        return LABELS.getFirst();
    }

    private Path home(String name) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        int port = server == null ? 0 : server.getAddress().getPort();
        Files.writeString(home.resolve("models.yaml"), """
                models:
                  played:
                    context: 8192
                    capabilities: [json_schema]
                    server: { base_url: "http://127.0.0.1:%d/v1", model: played }
                    machine_time: { per_hour: $0.40, as_of: 2026-10-01, source: a test }
                """.formatted(port));
        return home;
    }

    private Path task() throws IOException {
        Path task = Files.createDirectories(folder.resolve("task"));
        Files.writeString(task.resolve("task.yaml"), """
                task: sorting
                goal: Sort the mail.
                output:
                  labels: { billing: "", delivery: "", returns: "" }
                examples: mail.csv
                bar: { accuracy: 0.80 }
                models: [played]
                splits: { train: 0.4, tune: 0.15, calibrate: 0.1, sealed: 0.35 }
                """);
        Random random = new Random(11);
        StringBuilder rows = new StringBuilder("text,label\n");
        for (int i = 0; i < 420; i++) {
            int label = random.nextInt(LABELS.size());
            rows.append("note ").append(i);
            for (int word = 0; word < 2; word++) {
                rows.append(' ').append(WORDS.get(label).get(random.nextInt(5)));
            }
            rows.append(" about case ").append(random.nextInt(100_000));
            rows.append(',').append(LABELS.get(label)).append('\n');
        }
        Files.writeString(task.resolve("mail.csv"), rows);
        return task;
    }
}
