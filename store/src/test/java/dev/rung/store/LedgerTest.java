package dev.rung.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.data.Example;
import dev.rung.core.data.ExampleId;
import dev.rung.core.data.RowMarks;
import dev.rung.core.data.SealedExamples;
import dev.rung.core.json.Json;
import dev.rung.core.task.Output;
import dev.rung.core.task.TaskName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
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
        sql("PRAGMA user_version = " + (Schema.LEDGER.version() + 1));
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
        SealedSet set = set(SEALED, 11, 12);
        try (Ledger one = Ledger.open(state);
                Ledger two = Ledger.open(state);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Double>> draws = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Ledger ledger = i % 2 == 0 ? one : two;
                String test = "candidate " + i;
                draws.add(threads.submit(() -> ledger.errorBudget()
                        .draw(set, test, test, 0.5, 0.05)
                        .orElseThrow()
                        .amount()));
            }
            List<Double> amounts = new ArrayList<>();
            for (Future<Double> draw : draws) {
                amounts.add(draw.get());
            }
            assertThat(amounts).as("each takes half of what the others left").doesNotHaveDuplicates();
            assertThat(one.errorBudget().spent(set)).isCloseTo(0.05 * (1 - StrictMath.pow(0.5, 20)), offset(1e-15));
            assertThat(one.errorBudget().draw(set, "late", "late", 0.5, 0.04))
                    .as("a total that was lowered under what is spent")
                    .isEmpty();
        }
    }

    @Test
    void a_test_that_asks_again_gets_its_own_draw_and_spends_nothing() {
        try (Ledger ledger = Ledger.open(state)) {
            ErrorBudget budget = ledger.errorBudget();
            SealedSet set = set(SEALED, 11);
            ErrorBudget.Draw first =
                    budget.draw(set, "hash", "student", 0.4, 0.05).orElseThrow();
            assertThat(first.amount()).isCloseTo(0.02, offset(1e-15));
            assertThat(budget.draw(set, "hash", "student", 0.9, 0.05)).contains(first);
            assertThat(budget.spent(set)).isEqualTo(first.amount());
            budget.settle(set, "hash", "FAIL");
            assertThat(budget.draws(set))
                    .singleElement()
                    .satisfies(draw -> assertThat(draw.verdict()).isEqualTo("FAIL"));
        }
    }

    @Test
    void draws_follow_the_rows_that_were_opened_into_every_sealed_set_that_has_one_of_them() {
        try (Ledger ledger = Ledger.open(state)) {
            ErrorBudget budget = ledger.errorBudget();
            SealedSet first = set(SEALED, 11, 12, 13);
            budget.draw(first, "student", "student", 0.5, 0.05);
            open(ledger, first, 11, 12);

            SealedSet grown = set(Sha256.of("grown"), 11, 12, 13, 14, 15);
            SealedSet shrunk = set(Sha256.of("shrunk"), 12);
            SealedSet neverOpened = set(Sha256.of("the rest"), 13, 14);
            SealedSet otherTask = new SealedSet(new TaskName("other"), grown.hash(), grown.marks());
            assertThat(budget.spent(grown)).isEqualTo(0.025);
            assertThat(budget.spent(shrunk)).isEqualTo(0.025);
            assertThat(budget.spent(neverOpened)).isZero();
            assertThat(budget.spent(otherTask)).isZero();
            assertThat(budget.opened(grown)).isEqualTo(set(SEALED, 11, 12).marks());

            budget.draw(grown, "student", "student", 0.5, 0.05);
            open(ledger, grown, 14);
            assertThat(budget.spent(grown))
                    .as("the same test on other rows is another test")
                    .isCloseTo(0.0375, offset(1e-15));
            assertThat(budget.spent(first))
                    .as("and counts where it came from, too")
                    .isEqualTo(0.025);
            open(ledger, grown, 11);
            assertThat(budget.spent(first)).isCloseTo(0.0375, offset(1e-15));
            assertThat(budget.spent(neverOpened))
                    .as("row 14 has been opened since")
                    .isCloseTo(0.0125, offset(1e-15));
        }
    }

    @Test
    void no_row_ever_certifies_with_more_than_the_total_however_sealed_sets_change() {
        Random random = new Random(3);
        try (Ledger ledger = Ledger.open(state)) {
            Map<Integer, Double> spentOn = new HashMap<>();
            for (int attempt = 0; attempt < 150; attempt++) {
                Set<Integer> lines = new TreeSet<>();
                for (int i = 0; i < 3; i++) {
                    lines.add(random.nextInt(12) + attempt / 30);
                }
                int[] rows = lines.stream().mapToInt(line -> line).toArray();
                SealedSet set = set(Sha256.of(lines.toString()), rows);
                double amount = ledger.errorBudget()
                        .draw(set, "attempt " + attempt, "", 0.3, 0.05)
                        .map(ErrorBudget.Draw::amount)
                        .orElse(0.0);
                int[] opened = Arrays.copyOf(rows, 1 + random.nextInt(rows.length));
                open(ledger, set, opened);
                for (int row : opened) {
                    spentOn.merge(row, amount, Double::sum);
                }
            }
            assertThat(spentOn.values()).allSatisfy(spent -> assertThat(spent).isLessThanOrEqualTo(0.05 + 1e-12));
            assertThat(spentOn.values()).anySatisfy(spent -> assertThat(spent).isGreaterThan(0.04));
        }
    }

    @Test
    void draws_of_a_version_that_kept_no_rows_count_against_every_sealed_set_of_their_task() throws Exception {
        Ledger.open(state).close();
        sql("INSERT INTO error_draws (task, sealed_hash, test, amount, drawn_at) VALUES ('" + TASK + "', x'"
                + "ab".repeat(32) + "', 'student', 0.025, 0)");
        try (Ledger ledger = Ledger.open(state)) {
            assertThat(ledger.errorBudget().spent(set(SEALED, 11))).isEqualTo(0.025);
        }
    }

    @Test
    void a_row_is_known_again_by_its_question_or_its_cluster_whatever_its_place_label_and_punctuation() {
        Example row =
                new Example(new ExampleId("a.csv", 2), "c1", "Where is my parcel?", new Output.Label("x"), Map.of());
        Example again =
                new Example(new ExampleId("b.jsonl", 9), "c7", "where is  my parcel", new Output.Label("y"), Map.of());
        Example cousin = new Example(new ExampleId("a.csv", 3), "c1", "Where's my parcel now?", null, Map.of());
        Example other = new Example(new ExampleId("a.csv", 2), "c2", "Where is my refund?", null, Map.of());
        assertThat(RowMarks.of(row)).containsAnyElementsOf(RowMarks.of(again));
        assertThat(RowMarks.of(row)).containsAnyElementsOf(RowMarks.of(cousin));
        assertThat(RowMarks.of(row)).doesNotContainAnyElementsOf(RowMarks.of(other));
    }

    private static SealedSet set(Sha256 hash, int... lines) {
        Set<Sha256> marks = new HashSet<>();
        for (int line : lines) {
            marks.addAll(RowMarks.of(numbered(line)));
        }
        return new SealedSet(TASK, hash, marks);
    }

    private static void open(Ledger ledger, SealedSet set, int... lines) {
        SealedExamples.AccessLog log = ledger.sealedAccesses().log(set.task(), set.hash());
        for (int line : lines) {
            log.opened("certify", line, numbered(line));
        }
    }

    private static Example numbered(int line) {
        return new Example(new ExampleId("examples.csv", line), "c" + line, "question " + line, null, Map.of());
    }

    @Test
    void one_climb_of_a_task_at_a_time_and_a_killed_one_holds_nobody_up() throws Exception {
        try (Ledger ledger = Ledger.open(state);
                Subprocess other = Subprocess.run(Holder.class, state.toString())) {
            long holder = Long.parseLong(other.line());
            BlockingQueue<String> said = new LinkedBlockingQueue<>();
            try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
                Future<TaskHold> waiting = threads.submit(() -> ledger.climbs().hold(TASK, said::add));
                assertThat(said.poll(10, TimeUnit.SECONDS)).isEqualTo("process " + holder);
                try (TaskHold elsewhere = ledger.climbs().hold(new TaskName("other"), said::add)) {
                    assertThat(elsewhere.task()).isEqualTo(new TaskName("other"));
                }
                assertThat(waiting.isDone()).isFalse();
                other.kill();
                waiting.get(10, TimeUnit.SECONDS).close();
            }
            assertThat(said).isEmpty();
        }
    }

    /** Holds a task, says which process it is, and waits to be killed. */
    static final class Holder {
        public static void main(String[] arguments) throws InterruptedException {
            try (Ledger ledger = Ledger.open(Path.of(arguments[0]));
                    TaskHold hold = ledger.climbs().hold(TASK, holder -> {})) {
                System.out.println(ProcessHandle.current().pid());
                Thread.sleep(60_000);
                System.out.println("nobody killed the process that held " + hold.task());
            }
        }
    }

    @Test
    void a_climb_that_was_killed_is_gone_on_with_and_one_that_ended_is_not() {
        Sha256 inputs = Sha256.of("task, data, seed");
        long killed;
        try (Ledger ledger = Ledger.open(state)) {
            killed = ledger.climbs().begin(TASK, inputs, state).id();
        }
        try (Ledger ledger = Ledger.open(state)) {
            Climbs climbs = ledger.climbs();
            assertThat(climbs.begin(TASK, Sha256.of("other inputs"), state).id())
                    .isNotEqualTo(killed);
            assertThat(climbs.begin(TASK, inputs, state).id()).isEqualTo(killed);
            climbs.end(killed, "met", Json.object("release", Json.of("support-1")));
            assertThat(climbs.begin(TASK, inputs, state).id()).isNotEqualTo(killed);
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
