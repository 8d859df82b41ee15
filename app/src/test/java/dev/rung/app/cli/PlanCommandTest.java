package dev.rung.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans as a user asks for them. */
final class PlanCommandTest {
    @TempDir
    private Path home;

    @Test
    void a_bar_is_planned_with_and_without_early_stopping_and_priced() {
        Terminal.Run run = new Terminal(home).run("plan", "--bar", "0.90", "--truth", "0.95", "--label-cost", "$0.50");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("To prove a rate of 0.90 with 95 % confidence, with a chance of 80 % if the truth is 0.95")
                .containsPattern("a single test, all of it, 5 % +1[78]\\d +\\d+ +\\d+ +\\$\\d+")
                .contains("the first candidate of a climb, 2.5 %");
    }

    @Test
    void the_document_holds_what_the_table_shows() {
        Terminal.Run run = new Terminal(home)
                .run("plan", "--bar", "0.8", "--truth", "0.95", "--margin", "0.1", "--discordant", "0.1", "--json");

        Json.Obj document = (Json.Obj) JsonText.parse(run.out());
        Json.Obj first = (Json.Obj) document.object("rate").array("plans").getFirst();
        assertThat(first.number("alpha").doubleValue()).isEqualTo(1 - 0.95);
        assertThat(first.object("one_look").number("power").doubleValue()).isBetween(0.8, 0.9);
        assertThat(first.object("early_stop").number("rows").intValueExact()).isBetween(30, 60);
        Json.Obj pairs = (Json.Obj) document.object("pairs").array("plans").getFirst();
        assertThat(pairs.object("early_stop").number("mean_rows").doubleValue())
                .isLessThan(pairs.object("early_stop").number("rows").doubleValue());
    }

    @Test
    void a_plot_is_one_well_formed_drawing() throws Exception {
        Path file = home.resolve("power.svg");
        Terminal.Run run = new Terminal(home)
                .run(
                        "plan",
                        "--bar",
                        "0.8",
                        "--truth",
                        "0.95",
                        "--margin",
                        "0.1",
                        "--discordant",
                        "0.1",
                        "--plot",
                        file.toString());

        assertThat(run.err()).contains("the plot is in " + file);
        String svg = Files.readString(file);
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(svg)
                .contains(
                        "Proving a bar of 0.80 when the truth is 0.95",
                        "not worse by 0.10",
                        "polyline",
                        "prefers-color-scheme: dark");
    }

    @Test
    void a_task_says_what_its_sealed_rows_can_prove_and_opens_none() throws IOException {
        Path task = Files.createDirectory(home.resolve("task"));
        Files.writeString(task.resolve("task.yaml"), """
                task: routing
                goal: Route it.
                output:
                  labels: { a: "one", b: "two" }
                examples: rows.csv
                bar: { accuracy: 0.80, confidence: 0.95, p95_latency: 300ms }
                data: local
                """);
        StringBuilder rows = new StringBuilder("text,label\n");
        for (int i = 0; i < 600; i++) {
            rows.append("message number ")
                    .append(i * 7919 % 6007)
                    .append(" about topic ")
                    .append(i)
                    .append(i % 2 == 0 ? ",a\n" : ",b\n");
        }
        Files.writeString(task.resolve("rows.csv"), rows.toString());
        Terminal.Run run = new Terminal(home).run("plan", task.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("routing has \\d+ sealed rows")
                .containsPattern("accuracy ≥ 0.80 +\\d+ +at least 0\\.8\\d+")
                .contains("answers within 300 ms (p95)");
        Json.Obj document = (Json.Obj) JsonText.parse(
                new Terminal(home).run("plan", task.toString(), "--json").out());
        assertThat(document.object("task").array("bar")).hasSize(2);
    }

    @Test
    void a_question_without_an_answer_says_what_is_missing() {
        Terminal terminal = new Terminal(home);

        assertThat(terminal.run("plan").err()).contains("found no question");
        assertThat(terminal.run("plan", "--bar", "0.9", "--truth", "0.9").err())
                .contains("--truth: found 0.9, expected a rate above the bar of 0.9");
        assertThat(terminal.run("plan", "--bar", "90").err()).contains("--bar: found 90.0", "Write 90 % as 0.90");
        assertThat(terminal.run("plan", "--margin", "0.02").err()).contains("--discordant: found nothing");
        assertThat(terminal.run("plan", "--margin", "0.02", "--discordant", "0.1", "--difference", "-0.05")
                        .err())
                .contains("--difference: found -0.05");
        assertThat(terminal.run("plan", "--bar", "0.9", "--truth", "0.95", "--label-cost", "cheap")
                        .code())
                .isEqualTo(2);
    }
}
