package dev.rung.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    private Path state;

    private Traffic traffic;

    @BeforeEach
    void open() {
        traffic = Traffic.open(state);
    }

    @AfterEach
    void close() {
        traffic.close();
    }

    private static KeyRow key(String id, String name) {
        return new KeyRow(
                id, name, new byte[] {1}, new byte[] {2}, "search", null, List.of("a", "b"), false, NOON, null);
    }

    private static RequestRow row(Instant at, String key, String model, @Nullable Long price, int status) {
        return new RequestRow(
                at.toEpochMilli(),
                "req-1",
                null,
                key,
                "search",
                null,
                "a,b",
                "openai",
                "generate",
                model,
                "up/m",
                "up",
                "up/m",
                1,
                false,
                status,
                null,
                status < 400 ? "complete" : "failed",
                null,
                10L,
                4L,
                null,
                5L,
                null,
                price,
                null,
                null,
                price == null ? null : 100 - price,
                900L,
                1_000L,
                null,
                "bytes".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keys_come_back_as_they_were_and_every_change_is_counted() {
        long before = traffic.keys().changes();
        traffic.keys().add(key("one", "ci"), null);
        traffic.keys().add(key("two", "ci"), NOON.plusSeconds(60));
        assertThat(traffic.keys().end("ci", NOON.plusSeconds(90))).isEqualTo(1);
        traffic.keys().rule("team:search", "{}");
        traffic.keys().rule("team:search", "{\"data\":\"eu\"}");
        traffic.keys().rule("global", "{}");
        traffic.keys().rule("global", null);

        assertThat(traffic.keys().changes()).isEqualTo(before + 7);
        assertThat(traffic.keys().rules()).containsExactly(Map.entry("team:search", "{\"data\":\"eu\"}"));
        try (Traffic other = Traffic.open(state)) {
            List<KeyRow> rows = other.keys().all();
            assertThat(rows).extracting(KeyRow::id).containsExactly("one", "two");
            assertThat(rows).extracting(KeyRow::ends).containsExactly(NOON.plusSeconds(60), NOON.plusSeconds(90));
            assertThat(rows.getFirst().tags()).containsExactly("a", "b");
            assertThat(rows.getFirst().live(NOON.plusSeconds(59))).isTrue();
            assertThat(rows.getFirst().live(NOON.plusSeconds(60))).isFalse();
        }
    }

    @Test
    void use_is_summed_up_by_whatever_is_asked_and_unknown_prices_are_counted_by_themselves() {
        List<RequestRow> rows = new ArrayList<>();
        rows.add(row(NOON, "ci", "m1", 5L, 200));
        rows.add(row(NOON.plusSeconds(1), "ci", "m2", 70L, 500));
        rows.add(row(NOON.plus(Duration.ofDays(1)), "web", "m1", null, 200));
        traffic.requests().add(rows, false);

        List<Requests.Sum> byModel =
                traffic.requests().sums(List.of(Requests.By.MODEL), NOON, NOON.plus(Duration.ofDays(2)));
        assertThat(byModel)
                .containsExactly(
                        new Requests.Sum(List.of("m2"), 1, 1, 0, 10, 4, 5, 70, 0, 1_000),
                        new Requests.Sum(List.of("m1"), 2, 0, 0, 20, 8, 10, 5, 1, 2_000));
        assertThat(traffic.requests()
                        .sums(
                                List.of(Requests.By.DAY, Requests.By.KEY),
                                NOON.plusSeconds(1),
                                NOON.plus(Duration.ofDays(2))))
                .extracting(Requests.Sum::group)
                .containsExactly(List.of("2026-11-20", "ci"), List.of("2026-11-21", "web"));
        assertThat(traffic.requests().used(new Requests.Who(Requests.Who.Kind.TAG, "b"), NOON))
                .isEqualTo(new Requests.Used(3, 45, 75));
        assertThat(traffic.requests()
                        .used(new Requests.Who(Requests.Who.Kind.TAG, "c"), NOON)
                        .requests())
                .isZero();
        assertThat(traffic.requests().promptCaches(NOON, NOON.plus(Duration.ofDays(2))))
                .containsExactly(
                        new Requests.PromptCache("m1", "up/m", 2, 20, 8, 0, 95, 1),
                        new Requests.PromptCache("m2", "up/m", 1, 10, 4, 0, 30, 0));
        assertThat(traffic.requests().newest(1)).singleElement().satisfies(newest -> {
            assertThat(newest.key()).isEqualTo("web");
            assertThat(newest.price()).isNull();
            assertThat(newest.answered()).asString(StandardCharsets.UTF_8).isEqualTo("bytes");
        });
    }

    @Test
    void a_file_of_the_version_before_gets_the_column_for_silence_and_keeps_its_rows() throws Exception {
        traffic.requests().add(List.of(row(NOON, "ci", "m1", 5L, 200)), false);
        traffic.close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("traffic.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE requests DROP COLUMN abstained");
            statement.execute("PRAGMA user_version = 2");
        }
        traffic = Traffic.open(state);
        assertThat(traffic.requests().newest(1)).singleElement().satisfies(kept -> {
            assertThat(kept.abstained()).isNull();
            assertThat(kept.price()).isEqualTo(5L);
            assertThat(kept.answered()).asString(StandardCharsets.UTF_8).isEqualTo("bytes");
        });
    }

    @Test
    void kept_replies_run_out_and_the_oldest_make_room() {
        byte[] body = {1, 2, 3};
        for (int i = 0; i < 5; i++) {
            traffic.replies()
                    .keep(
                            new byte[] {(byte) i},
                            new Replies.Kept(NOON.plusSeconds(i), NOON.plusSeconds(100 + i), "application/json", body));
        }
        assertThat(traffic.replies().find(new byte[] {0}, NOON.plusSeconds(99)))
                .get()
                .satisfies(kept -> assertThat(kept.body()).isEqualTo(body));
        assertThat(traffic.replies().find(new byte[] {0}, NOON.plusSeconds(100)))
                .isEmpty();
        traffic.replies().sweep(NOON.plusSeconds(101), 2);
        assertThat(traffic.replies().count()).isEqualTo(2);
        assertThat(traffic.replies().find(new byte[] {4}, NOON)).isPresent();
    }
}
