package dev.rung.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.data.Example;
import dev.rung.core.data.ExampleId;
import dev.rung.core.data.SealedExamples;
import dev.rung.core.json.Json;
import dev.rung.core.task.TaskName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LedgerTest {
    private static final TaskName TASK = new TaskName("support");
    private static final Sha256 SEALED = Sha256.of("sealed rows");

    @TempDir
    private Path state;

    @Test
    void a_fresh_folder_can_be_opened_by_many_at_the_same_moment() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> opened = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                opened.add(
                        threads.submit(() -> Ledger.open(state.resolve("fresh")).close()));
            }
            for (Future<?> each : opened) {
                each.get();
            }
        }
    }

    @Test
    void a_ledger_of_a_newer_version_is_refused_and_left_as_it_was() throws Exception {
        Ledger.open(state).close();
        sql("PRAGMA user_version = " + (Schema.version() + 1));
        assertThatThrownBy(() -> Ledger.open(state))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageContaining("newer Rung");
    }

    @Test
    void another_programs_file_is_refused() throws Exception {
        sql("CREATE TABLE theirs (x)");
        assertThatThrownBy(() -> Ledger.open(state))
                .isInstanceOf(RungException.Corrupt.class)
                .hasMessageContaining("another program");
    }

    @Test
    void a_file_that_is_no_database_is_named_in_the_error() throws Exception {
        Files.writeString(state.resolve("ledger.db"), "not a database, whatever its name says. ".repeat(100));
        assertThatThrownBy(() -> Ledger.open(state))
                .isInstanceOf(RungException.Corrupt.class)
                .hasMessageContaining("ledger.db");
    }

    @Test
    void vectors_come_back_bit_for_bit_and_only_for_their_own_encoder() {
        Random random = new Random(7);
        Map<Sha256, float[]> vectors = new LinkedHashMap<>();
        for (int i = 0; i < 2_345; i++) {
            float[] vector = new float[384];
            for (int d = 0; d < vector.length; d++) {
                vector[d] = (float) random.nextGaussian();
            }
            vectors.put(Sha256.of("text " + i), vector);
        }
        try (Ledger ledger = Ledger.open(state)) {
            ledger.embeddings().save("encoder a", vectors);
            ledger.embeddings().save("encoder a", vectors);
        }
        try (Ledger ledger = Ledger.open(state)) {
            List<Sha256> asked = new ArrayList<>(vectors.keySet());
            asked.add(Sha256.of("never seen"));
            Map<Sha256, float[]> found = ledger.embeddings().find("encoder a", asked);
            assertThat(found).hasSize(vectors.size());
            found.forEach((text, vector) -> assertThat(vector).containsExactly(vectors.get(text)));
            assertThat(ledger.embeddings().find("encoder b", asked)).isEmpty();
        }
    }

    @Test
    void a_sealed_row_is_in_the_log_before_it_is_handed_over() {
        try (Ledger ledger = Ledger.open(state);
                Ledger watcher = Ledger.open(state)) {
            SealedExamples sealed = new SealedExamples(
                    List.of(example(11), example(12), example(13)),
                    SEALED,
                    ledger.sealedAccesses().log(TASK, SEALED));
            sealed.open(2, "certify student");
            assertThat(watcher.sealedAccesses().count(TASK, SEALED)).isEqualTo(new SealedAccesses.Count(1, 1));
            sealed.open(2, "certify cascade");
            sealed.open(0, "certify cascade");
            assertThat(watcher.sealedAccesses().count(TASK, SEALED)).isEqualTo(new SealedAccesses.Count(3, 2));
            assertThat(watcher.sealedAccesses().list(TASK, SEALED))
                    .extracting(access -> access.purpose() + " " + access.index() + " " + access.example())
                    .containsExactly(
                            "certify student 2 examples.csv:13",
                            "certify cascade 2 examples.csv:13",
                            "certify cascade 0 examples.csv:11");
            assertThat(watcher.sealedAccesses()
                            .count(TASK, Sha256.of("other rows"))
                            .accesses())
                    .isZero();
        }
    }

    @Test
    void a_row_whose_access_cannot_be_logged_is_not_handed_over() {
        Ledger ledger = Ledger.open(state);
        SealedExamples sealed = new SealedExamples(
                List.of(example(11)), SEALED, ledger.sealedAccesses().log(TASK, SEALED));
        ledger.close();
        assertThatThrownBy(() -> sealed.open(0, "certify")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void all_draws_on_a_sealed_set_together_never_exceed_its_budget() throws Exception {
        try (Ledger one = Ledger.open(state);
                Ledger two = Ledger.open(state);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Boolean>> draws = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Ledger ledger = i % 2 == 0 ? one : two;
                String test = "candidate " + i;
                draws.add(threads.submit(() -> ledger.errorBudget()
                        .draw(TASK, SEALED, test, 0.05 / 3, 0.05)
                        .isPresent()));
            }
            int granted = 0;
            for (Future<Boolean> draw : draws) {
                granted += draw.get() ? 1 : 0;
            }
            assertThat(granted).isEqualTo(3);
            assertThat(one.errorBudget().spent(TASK, SEALED))
                    .isCloseTo(0.05, org.assertj.core.data.Offset.offset(1e-15));
        }
    }

    @Test
    void a_test_that_asks_again_gets_its_own_draw_and_spends_nothing() {
        try (Ledger ledger = Ledger.open(state)) {
            ErrorBudget budget = ledger.errorBudget();
            ErrorBudget.Draw first =
                    budget.draw(TASK, SEALED, "student", 0.02, 0.05).orElseThrow();
            assertThat(budget.draw(TASK, SEALED, "student", 0.02, 0.05)).contains(first);
            assertThat(budget.spent(TASK, SEALED)).isEqualTo(0.02);
            assertThat(budget.draw(TASK, SEALED, "greedy", 0.04, 0.05)).isEmpty();
            assertThat(budget.draw(TASK, Sha256.of("fresh rows"), "greedy", 0.04, 0.05))
                    .isPresent();
        }
    }

    @Test
    void a_climb_that_was_killed_is_gone_on_with_and_one_that_ended_is_not() {
        Sha256 inputs = Sha256.of("task, data, seed");
        long killed;
        try (Ledger ledger = Ledger.open(state)) {
            killed = ledger.climbs().begin(TASK, inputs).id();
        }
        try (Ledger ledger = Ledger.open(state)) {
            Climbs climbs = ledger.climbs();
            assertThat(climbs.begin(TASK, Sha256.of("other inputs")).id()).isNotEqualTo(killed);
            assertThat(climbs.begin(TASK, inputs).id()).isEqualTo(killed);
            climbs.end(killed, "met", Json.object("release", Json.of("support-1")));
            assertThat(climbs.begin(TASK, inputs).id()).isNotEqualTo(killed);
            assertThat(climbs.lastEnded(TASK)).hasValueSatisfying(climb -> {
                assertThat(climb.id()).isEqualTo(killed);
                assertThat(climb.end()).isNotNull();
            });
            assertThatThrownBy(() -> climbs.end(999, "met", Json.object()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Example example(long line) {
        return new Example(new ExampleId("examples.csv", line), "c" + line, "text", null, Map.of());
    }

    private void sql(String command) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("ledger.db"));
                var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
