package dev.rung.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rung judge} with the real local model, which sees what may not leave the machine and is held to a verdict by a grammar. */
class LocalJudgeTest {
    private static final int ROWS = 6;

    @TempDir
    private Path folder;

    @Test
    void a_small_local_model_gives_a_verdict_on_every_answer_and_is_not_believed_without_proof() throws IOException {
        requireModel();
        StringBuilder judged = new StringBuilder("question,answer,verdict\n");
        for (int i = 0; i < ROWS; i++) {
            judged.append("How many days may I take to return order ")
                    .append(i)
                    .append(i % 2 == 0 ? "?,You have thirty days.,yes\n" : "?,Bananas are yellow.,no\n");
        }
        Files.writeString(folder.resolve("judged.csv"), judged);
        Files.writeString(folder.resolve("examples.csv"), "question,answer\nHow long?,Thirty days\n");
        Files.writeString(folder.resolve("task.yaml"), """
                task: answers
                goal: Answer from the handbook.
                output: { text: true }
                examples: examples.csv
                bar: { token_f1: 0.5 }
                data: local
                judge: { model: smollm2-135m, rubric: It says how many days there are., labelled: judged.csv }
                """);

        Terminal.Run run = new Terminal(folder.resolve("home")).run("judge", folder.toString(), "--json");

        Json.Obj json = (Json.Obj) JsonText.parse(run.out());
        Json.Obj table = json.object("table");
        int verdicts = 0;
        for (String cell : new String[] {"both_accept", "only_judge_accepts", "only_people_accept", "both_reject"}) {
            verdicts += table.number(cell).intValueExact();
        }
        assertThat(verdicts).isEqualTo(ROWS);
        assertThat(json.number("without_verdict").intValueExact())
                .as("the grammar lets nothing but a verdict through")
                .isZero();
        assertThat(json.object("judge").string("model")).isEqualTo("smollm2-135m");
        assertThat(json.require("usable")).as("six labels prove nothing").isEqualTo(Json.of(false));
        assertThat(run.code()).isBetween(3, 4);
    }

    private static void requireModel() {
        String set = System.getenv("RUNG_MODELS");
        Path models = set == null ? Path.of(System.getProperty("user.home"), ".cache", "rung", "models") : Path.of(set);
        if (!Files.isDirectory(models.resolve("smollm2-135m"))) {
            String message = "NOT TESTED: no model in " + models + "; fetch it with ./rung models pull smollm2-135m";
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(message);
            }
            System.err.println(message);
            assumeTrue(false, message);
        }
    }
}
