package dev.rung.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rung judge} against a real server that plays a hosted judge with a known bias: it takes every long answer for good, and errs in no other way. */
class JudgeCommandTest {
    private static final int ROWS = 120;

    @TempDir
    private Path folder;

    private HttpServer server;
    private final List<Json.Obj> seen = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            Json.Obj request = (Json.Obj) JsonText.parse(exchange.getRequestBody());
            seen.add(request);
            String shown = ((Json.Obj) request.array("messages").getLast()).string("content");
            boolean accept = shown.contains("right") || shown.contains("at great length");
            String verdict = "{\"reason\": \"it reads well\", \"verdict\": \"" + (accept ? "accept" : "reject") + "\"}";
            byte[] body = """
                    {"id": "c1", "object": "chat.completion", "created": 1, "model": "played-judge",
                     "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": %s}}],
                     "usage": {"prompt_tokens": 200, "completion_tokens": 20, "total_tokens": 220}}
                    """.formatted(Json.of(verdict)).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    // People accept the two thirds that are right; every sixth wrong answer is long.
    private void write(int rows, String data, String place) throws IOException {
        StringBuilder judged = new StringBuilder("question,answer,verdict\n");
        for (int i = 0; i < rows; i++) {
            boolean right = i % 3 != 0;
            String answer = right ? "right " + i : i % 18 == 0 ? "wrong at great length " + i : "wrong " + i;
            judged.append("question ")
                    .append(i)
                    .append(',')
                    .append(answer)
                    .append(',')
                    .append(right ? "yes" : "no")
                    .append('\n');
        }
        Files.writeString(folder.resolve("judged.csv"), judged);
        Files.writeString(folder.resolve("examples.csv"), "question,answer\nHow long?,Thirty days\n");
        Files.writeString(folder.resolve("task.yaml"), """
                task: answers
                goal: Answer from the handbook.
                output: { text: true }
                examples: examples.csv
                bar: { token_f1: 0.5 }
                data: %s
                judge: { model: played-judge, rubric: It is right., labelled: judged.csv }
                """.formatted(data));
        Files.createDirectories(folder.resolve("home"));
        Files.writeString(folder.resolve("home/models.yaml"), """
                models:
                  played-judge:
                    runs: %s
                    context: 8192
                    capabilities: [json_schema]
                    server: { base_url: "http://127.0.0.1:%d/v1", model: played-judge }
                """.formatted(
                        place, server.getAddress().getPort()));
    }

    private Terminal.Run judge(String... more) {
        List<String> arguments = new ArrayList<>(List.of("judge", folder.toString()));
        arguments.addAll(List.of(more));
        return new Terminal(folder.resolve("home")).run(arguments.toArray(String[]::new));
    }

    @Test
    void a_judge_is_measured_once_and_its_bias_shows() throws IOException {
        write(ROWS, "local", "local");
        Terminal.Run first = judge("--json");
        assertThat(first.err()).isEmpty();
        assertThat(first.code()).isZero();
        Json.Obj json = (Json.Obj) JsonText.parse(first.out());
        Json.Obj table = json.object("table");
        assertThat(table.number("both_accept").intValue()).isEqualTo(80);
        assertThat(table.number("only_judge_accepts").intValue()).isEqualTo(7);
        assertThat(table.number("only_people_accept").intValue()).isZero();
        assertThat(table.number("both_reject").intValue()).isEqualTo(33);
        assertThat(table.object("sensitivity").number("estimate").doubleValue()).isEqualTo(1);
        assertThat(json.object("judge").string("model")).isEqualTo("played-judge");
        assertThat(json.object("judge").string("prompt")).hasSize(64);
        assertThat(json.array("disagreements")).hasSize(7);
        assertThat(json.require("usable")).isEqualTo(Json.of(true));
        assertThat(seen).hasSize(ROWS);
        assertThat(seen.getFirst()
                        .object("response_format")
                        .object("json_schema")
                        .object("schema")
                        .object("properties")
                        .members())
                .containsOnlyKeys("reason", "verdict");

        Terminal.Run second = judge();
        assertThat(seen).as("no judgement is paid for twice").hasSize(ROWS);
        assertThat(second.out())
                .contains("sensitivity", "specificity", "Cohen's kappa", "usable")
                .contains("people accept", "80")
                .contains("a label is worth about")
                .contains("judged.csv:2  people reject");
    }

    @Test
    void a_judge_on_too_few_labels_is_refused_with_the_number_that_would_do() throws IOException {
        write(18, "local", "local");
        Terminal.Run run = judge();
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out())
                .contains("refused")
                .containsPattern("about \\d+ labelled\\s+answers in all would prove it");
    }

    @Test
    void a_hosted_judge_never_sees_local_data() throws IOException {
        write(18, "local", "anywhere");
        Terminal.Run run = judge();
        assertThat(run.code()).isEqualTo(5);
        assertThat(run.err()).contains("the judge played-judge cannot be used").contains("data: local");
        assertThat(seen).isEmpty();
    }

    @Test
    void a_task_without_a_judge_says_how_to_name_one() throws IOException {
        write(18, "local", "local");
        Path file = folder.resolve("task.yaml");
        Files.writeString(file, Files.readString(file).replaceAll("judge:.*\n", ""));
        Terminal.Run run = judge();
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("no key \"judge\"").contains("Add one, such as");
    }
}
