package dev.rung.models.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.rung.core.RungException;
import dev.rung.core.model.Residency;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class EgressTest {
    private static final Timeouts SHORT = new Timeouts(Duration.ofMillis(300), Duration.ofMillis(800));
    private static final Timeouts AMPLE = new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(10));
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private static final ProxySetting DIRECT = ProxySetting.of(Map.of());

    private final AtomicInteger served = new AtomicInteger();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            served.incrementAndGet();
            paths.add(exchange.getRequestURI().toString());
            byte[] seen = exchange.getRequestBody().readAllBytes();
            switch (exchange.getRequestURI().getPath()) {
                case "/redirect" -> {
                    exchange.getResponseHeaders().add("Location", "/echo");
                    exchange.sendResponseHeaders(302, -1);
                }
                case "/silence" -> sleep(3_000);
                case "/drip" -> {
                    exchange.sendResponseHeaders(200, 0);
                    for (int i = 0; i < 20; i++) {
                        exchange.getResponseBody().write('.');
                        exchange.getResponseBody().flush();
                        sleep(100);
                    }
                }
                default -> {
                    exchange.getResponseHeaders().add("X-Seen", exchange.getRequestMethod());
                    exchange.sendResponseHeaders(418, seen.length);
                    exchange.getResponseBody().write(seen);
                }
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_local_call_reaches_a_server_on_this_machine_and_brings_back_status_headers_and_body() throws IOException {
        try (Egress egress = Egress.under(Residency.LOCAL, Map.of())) {
            String reply = egress.exchange(
                    post("localhost", Residency.LOCAL, "/echo", "{\"a\":1}"),
                    r -> r.status() + " " + r.header("x-seen").orElse("") + " "
                            + new String(r.bytes(100), StandardCharsets.UTF_8));
            assertThat(reply).isEqualTo("418 POST {\"a\":1}");
        }
    }

    @Test
    void a_place_that_the_rule_does_not_permit_is_refused_before_a_name_is_looked_up_or_a_socket_opened() {
        AtomicInteger lookups = new AtomicInteger();
        NameLookup.Names counting = host -> {
            lookups.incrementAndGet();
            return InetAddress.getAllByName(host);
        };
        for (Refused refused : List.of(
                new Refused(Residency.LOCAL, Residency.EU),
                new Refused(Residency.LOCAL, Residency.ANYWHERE),
                new Refused(Residency.EU, Residency.ANYWHERE))) {
            try (Egress egress = new Egress(refused.rule, counting, CONNECT, false, DIRECT)) {
                assertThatThrownBy(() -> egress.exchange(
                                post("localhost", refused.place, "/echo", "secret"), EgressReply::status))
                        .isInstanceOf(RungException.Forbidden.class)
                        .hasMessageContaining("data: ")
                        .hasMessageNotContaining("secret");
                assertThat(egress.connectionAttempts()).isZero();
            }
        }
        assertThat(lookups).hasValue(0);
        assertThat(served).hasValue(0);
    }

    private record Refused(Residency rule, Residency place) {}

    @Test
    void every_permitted_pair_of_rule_and_place_gets_through() throws IOException {
        for (Residency rule : Residency.values()) {
            for (Residency place : Residency.values()) {
                if (rule.permits(place)) {
                    try (Egress egress = Egress.under(rule, Map.of())) {
                        assertThat((int) egress.exchange(post("127.0.0.1", place, "/echo", ""), EgressReply::status))
                                .isEqualTo(418);
                        assertThat(egress.connectionAttempts()).isEqualTo(1);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "10.1.2.3", "[2001:db8::1]", "0.0.0.0", "[::ffff:192.0.2.7]"})
    void an_address_of_another_machine_that_claims_to_be_local_is_refused_without_an_attempt(String host) {
        for (Residency rule : Residency.values()) {
            try (Egress egress = Egress.under(rule, Map.of())) {
                assertThatThrownBy(() ->
                                egress.exchange(post(host, Residency.LOCAL, "/echo", "secret"), EgressReply::status))
                        .isInstanceOf(RungException.Forbidden.class)
                        .hasMessageContaining("not this machine");
                assertThat(egress.connectionAttempts()).isZero();
            }
        }
    }

    @Test
    void a_name_that_resolves_elsewhere_is_refused_even_if_it_also_resolves_to_this_machine() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        InetAddress elsewhere = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 7});
        for (InetAddress[] answer : List.of(
                new InetAddress[] {elsewhere}, new InetAddress[] {here, elsewhere}, new InetAddress[] {elsewhere, here
                })) {
            try (Egress egress = new Egress(Residency.LOCAL, host -> answer, CONNECT, false, DIRECT)) {
                assertThatThrownBy(() -> egress.exchange(
                                post("model.localhost", Residency.LOCAL, "/echo", ""), EgressReply::status))
                        .isInstanceOf(RungException.Forbidden.class)
                        .hasMessageContaining("192.0.2.7");
                assertThat(egress.connectionAttempts()).isZero();
            }
        }
        assertThat(served).hasValue(0);
    }

    @Test
    void a_name_that_changes_its_address_after_the_check_gains_nothing() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        InetAddress elsewhere = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 7});
        NameLookup.Names rebinding = host -> lookups.incrementAndGet() == 1
                ? new InetAddress[] {InetAddress.getLoopbackAddress()}
                : new InetAddress[] {elsewhere};
        try (Egress egress = new Egress(Residency.LOCAL, rebinding, CONNECT, false, DIRECT)) {
            assertThat((int) egress.exchange(post("rebind.test", Residency.LOCAL, "/echo", ""), EgressReply::status))
                    .isEqualTo(418);
            assertThat(lookups).hasValue(1);
        }
    }

    @Test
    void the_socket_itself_refuses_another_machine_whoever_chose_the_address() throws IOException {
        AtomicLong attempts = new AtomicLong();
        try (GuardedSocket socket = new GuardedSocket(Reach.THIS_MACHINE, attempts)) {
            InetAddress elsewhere = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 7});
            assertThatThrownBy(() -> socket.connect(new InetSocketAddress(elsewhere, 80)))
                    .isInstanceOf(RefusedAddress.class);
            assertThatThrownBy(() -> socket.connect(InetSocketAddress.createUnresolved("localhost", 80), 100))
                    .isInstanceOf(RefusedAddress.class);
        }
        assertThat(attempts).hasValue(0);
    }

    @Test
    void redirects_are_followed_for_pulls_and_never_for_a_tasks_data() throws IOException {
        try (Egress task = Egress.under(Residency.ANYWHERE, Map.of());
                Egress pulls = Egress.forPulls(CONNECT, Map.of())) {
            EgressRequest request =
                    EgressRequest.get(uri("127.0.0.1", "/redirect"), Residency.ANYWHERE, Map.of(), AMPLE);
            assertThat((int) task.exchange(request, EgressReply::status)).isEqualTo(302);
            assertThat((int) pulls.exchange(request, EgressReply::status)).isEqualTo(418);
        }
    }

    @Test
    void a_silent_server_is_given_up_after_the_silence_and_a_dripping_one_after_the_total() {
        try (Egress egress = Egress.under(Residency.LOCAL, Map.of())) {
            assertThatThrownBy(() -> egress.exchange(
                            EgressRequest.get(uri("127.0.0.1", "/silence"), Residency.LOCAL, Map.of(), SHORT),
                            r -> r.bytes(100)))
                    .isInstanceOf(SocketTimeoutException.class);
            long start = System.nanoTime();
            assertThatThrownBy(() -> egress.exchange(
                            EgressRequest.get(uri("127.0.0.1", "/drip"), Residency.LOCAL, Map.of(), SHORT),
                            r -> r.bytes(100)))
                    .isInstanceOf(DeadlineExceeded.class)
                    .hasMessageContaining("800 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_800));
        }
    }

    @Test
    void a_proxy_is_used_for_other_machines_and_never_for_this_one() throws IOException {
        String proxy = "http://user:pw@127.0.0.1:" + server.getAddress().getPort();
        NameLookup.Names onlyTheProxy = host -> {
            assertThat(host).isEqualTo("127.0.0.1");
            return InetAddress.getAllByName(host);
        };
        ProxySetting setting = ProxySetting.of(Map.of("HTTP_PROXY", proxy, "no_proxy", "localhost,.direct.invalid"));
        try (Egress egress = new Egress(Residency.ANYWHERE, onlyTheProxy, CONNECT, false, setting)) {
            EgressRequest request =
                    EgressRequest.get(URI.create("http://model.invalid/proxied"), Residency.ANYWHERE, Map.of(), AMPLE);
            assertThat((int) egress.exchange(request, EgressReply::status)).isEqualTo(418);
            assertThat(paths).containsExactly("http://model.invalid/proxied");
            // The server that is said to be local is called as such, though its name is not among the exceptions.
            assertThat((int) egress.exchange(post("127.0.0.1", Residency.LOCAL, "/own", ""), EgressReply::status))
                    .isEqualTo(418);
            assertThat(paths).containsExactly("http://model.invalid/proxied", "/own");
        }
    }

    @Test
    void the_exceptions_to_the_proxy_are_names_and_what_lies_under_them() {
        ProxySetting setting = ProxySetting.of(
                Map.of("https_proxy", "proxy.example:3128", "NO_PROXY", "internal.example, .corp.example"));
        assertThat(setting.select(URI.create("https://api.example/x")).toString())
                .contains("proxy.example")
                .contains("3128");
        for (String direct : List.of(
                "https://internal.example",
                "https://a.internal.example",
                "https://corp.example",
                "http://api.example")) {
            assertThat(setting.select(URI.create(direct))).containsExactly(java.net.Proxy.NO_PROXY);
        }
        assertThat(setting.select(URI.create("https://notinternal.example"))).doesNotContain(java.net.Proxy.NO_PROXY);
        assertThatThrownBy(() -> ProxySetting.of(Map.of("HTTPS_PROXY", "socks5://me:secret@x:1"))
                        .select(URI.create("https://a.example")))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageContaining("HTTPS_PROXY")
                .hasMessageNotContaining("secret");
    }

    @Test
    void a_reply_that_is_larger_than_expected_is_not_read_to_its_end() {
        try (Egress egress = Egress.under(Residency.LOCAL, Map.of())) {
            assertThatThrownBy(() -> egress.exchange(
                            post("127.0.0.1", Residency.LOCAL, "/echo", "x".repeat(11)), r -> r.bytes(10)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("more than 10 bytes");
        }
    }

    @Test
    void a_name_lookup_that_hangs_is_given_up_after_the_connect_timeout() {
        NameLookup.Names hanging = host -> {
            sleep(10_000);
            throw new UnknownHostException(host);
        };
        try (Egress egress = new Egress(Residency.ANYWHERE, hanging, Duration.ofMillis(200), true, DIRECT)) {
            long start = System.nanoTime();
            assertThatThrownBy(
                            () -> egress.exchange(post("hub.test", Residency.ANYWHERE, "/", ""), EgressReply::status))
                    .isInstanceOf(Unreachable.class)
                    .hasMessageContaining("200 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void a_request_never_prints_its_headers_or_body() {
        EgressRequest request = EgressRequest.postJson(
                uri("127.0.0.1", "/v1?key=hidden"),
                Residency.LOCAL,
                Map.of("Authorization", "Bearer hidden"),
                "hidden",
                SHORT);
        assertThat(request.toString()).contains("POST http://127.0.0.1").doesNotContain("hidden");
    }

    private EgressRequest post(String host, Residency place, String path, String body) {
        return EgressRequest.postJson(uri(host, path), place, Map.of(), body, AMPLE);
    }

    private URI uri(String host, String path) {
        return URI.create("http://" + host + ":" + server.getAddress().getPort() + path);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
