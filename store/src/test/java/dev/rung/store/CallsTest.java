package dev.rung.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.Sha256;
import dev.rung.core.json.Json;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.SavedCalls;
import dev.rung.core.task.TaskName;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CallsTest {
    private static final TaskName TASK = new TaskName("support");
    private static final ModelId MODEL = new ModelId("smollm2-135m");

    @TempDir
    private Path state;

    @Test
    void a_saved_call_is_found_by_a_later_ledger_and_by_every_run() {
        Json.Obj answer = Json.object("label", Json.of("refund \u0000 \ud83d\ude00"), "confidence", Json.of(0.1));
        try (Ledger ledger = Ledger.open(state)) {
            SavedCalls calls = ledger.calls().of(TASK, "climb 1");
            assertThat(calls.find(key(1))).isNull();
            calls.save(key(1), MODEL, Json.object("prompt", Json.of("hello")), answer);
        }
        try (Ledger ledger = Ledger.open(state)) {
            assertThat(ledger.calls().of(new TaskName("other"), "x").find(key(1)))
                    .isEqualTo(answer);
        }
    }

    @Test
    void the_first_answer_to_a_call_stays_and_counts_once() {
        try (Ledger ledger = Ledger.open(state)) {
            SavedCalls calls = ledger.calls().of(TASK, "climb 1");
            calls.save(key(1), MODEL, Json.object(), Json.object("n", Json.of(1)));
            ledger.calls().of(TASK, "climb 2").save(key(1), MODEL, Json.object(), Json.object("n", Json.of(2)));

            assertThat(calls.find(key(1))).isEqualTo(Json.object("n", Json.of(1)));
            assertThat(ledger.calls().count()).isEqualTo(1);
            assertThat(ledger.calls().countByModel(TASK, "climb 2")).isEmpty();
        }
    }

    @Test
    void calls_are_counted_by_model_for_a_run_and_for_a_task() {
        try (Ledger ledger = Ledger.open(state)) {
            ModelId hosted = new ModelId("hosted");
            ledger.calls().of(TASK, "climb 1").save(key(1), MODEL, Json.object(), Json.object());
            ledger.calls().of(TASK, "climb 1").save(key(2), hosted, Json.object(), Json.object());
            ledger.calls().of(TASK, "climb 2").save(key(3), MODEL, Json.object(), Json.object());
            ledger.calls().of(new TaskName("other"), "climb 1").save(key(4), MODEL, Json.object(), Json.object());

            assertThat(ledger.calls().countByModel(TASK, "climb 1"))
                    .containsEntry(MODEL, 1L)
                    .containsEntry(hosted, 1L)
                    .hasSize(2);
            assertThat(ledger.calls().countByModel(TASK))
                    .containsEntry(MODEL, 2L)
                    .containsEntry(hosted, 1L);
        }
    }

    @Test
    void every_call_that_save_returned_from_survives_a_kill_at_any_moment() throws Exception {
        int next = 0;
        for (int round = 0; round < 3; round++) {
            try (Subprocess writer = Subprocess.run(Writer.class, state.toString(), Integer.toString(next))) {
                for (int lines = 0; lines < 20 + 37 * round; lines++) {
                    next = Integer.parseInt(writer.line()) + 1;
                }
                List<String> printedBeforeDeath = writer.kill();
                next = printedBeforeDeath.isEmpty() ? next : Integer.parseInt(printedBeforeDeath.getLast()) + 1;
            }
            try (Ledger ledger = Ledger.open(state)) {
                SavedCalls calls = ledger.calls().of(TASK, "after");
                for (int i = 0; i < next; i++) {
                    assertThat(calls.find(key(i))).as("call %s", i).isNotNull();
                }
                // At most the one call that was being saved when the kill came may be there beyond those.
                assertThat(ledger.calls().count()).isBetween((long) next, next + 1L);
            }
        }
    }

    @Test
    void two_processes_write_to_one_ledger_at_once() throws Exception {
        try (Ledger ledger = Ledger.open(state);
                Subprocess other = Subprocess.run(Writer.class, state.toString(), "100000", "300")) {
            SavedCalls calls = ledger.calls().of(TASK, "here");
            other.line();
            for (int i = 0; i < 300; i++) {
                calls.save(key(i), MODEL, Json.object(), Json.object("n", Json.of(i)));
            }
            other.finish();
            assertThat(ledger.calls().count()).isEqualTo(600);
        }
    }

    private static Sha256 key(int n) {
        return Sha256.of("call " + n);
    }

    /** Saves calls, numbered from the second argument on, and prints each number once it is saved; for ever, or as many as the third argument says. */
    static final class Writer {
        public static void main(String[] arguments) {
            int from = Integer.parseInt(arguments[1]);
            int to = arguments.length < 3 ? Integer.MAX_VALUE : from + Integer.parseInt(arguments[2]);
            try (Ledger ledger = Ledger.open(Path.of(arguments[0]))) {
                SavedCalls calls = ledger.calls().of(TASK, "writer");
                for (int i = from; i < to; i++) {
                    calls.save(key(i), MODEL, Json.object("prompt", Json.of("x".repeat(2_000))), Json.object());
                    System.out.println(i);
                }
            }
        }
    }
}
