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
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A climb whose bar asks for a judge score, from a judge alone to a certificate. One real server plays both models: one answers rightly but for every twentieth question, the
 * other judges, and takes every tenth answer for the contrary of what it is.
 */
class JudgedClimbTest {
    private static final Pattern NUMBER = Pattern.compile("number (\\d+)");
    private static final int QUESTIONS = 400;

    @TempDir
    private Path folder;

    private final AtomicInteger judged = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            Json.Obj request = (Json.Obj) JsonText.parse(exchange.getRequestBody());
            String shown = ((Json.Obj) request.array("messages").getLast()).string("content");
            String said = request.string("model").equals("judge") ? verdict(shown) : answer(number(shown));
            byte[] body = """
                    {"id": "c1", "object": "chat.completion", "created": 1, "model": "played",
                     "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": %s}}],
                     "usage": {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110}}
                    """.formatted(Json.of(said)).getBytes(StandardCharsets.UTF_8);
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

    private static int number(String text) {
        Matcher matcher = NUMBER.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static boolean right(int number) {
        return number % 20 != 7;
    }

    private static String answer(int number) {
        return (right(number) ? "a right answer to number " : "a wrong answer to number ") + number;
    }

    private String verdict(String shown) {
        judged.incrementAndGet();
        boolean right = shown.contains("a right answer");
        boolean accepts = number(shown) % 10 == 3 ? !right : right;
        return "{\"reason\": \"so it seems\", \"verdict\": \"" + (accepts ? "accept" : "reject") + "\"}";
    }

    private void write() throws IOException {
        StringBuilder examples = new StringBuilder("question,answer\n");
        for (int i = 0; i < QUESTIONS; i++) {
            examples.append(topic(i)).append(" number ").append(i).append(",the answer\n");
        }
        Files.writeString(folder.resolve("examples.csv"), examples);
        StringBuilder labelled = new StringBuilder("question,answer,verdict\n");
        for (int i = 1000; i < 1120; i++) {
            boolean good = i % 3 != 0;
            labelled.append("Earlier question number ")
                    .append(i)
                    .append(good ? ",a right answer to number " : ",a wrong answer to number ")
                    .append(i)
                    .append(good ? ",yes\n" : ",no\n");
        }
        Files.writeString(folder.resolve("judged.csv"), labelled);
        task("judged.csv", "It is right.");
        Files.createDirectories(folder.resolve("home"));
        StringBuilder models = new StringBuilder("models:\n");
        for (String model : List.of("answerer", "judge")) {
            models.append("""
                      played-%s:
                        runs: local
                        context: 8192
                        capabilities: [json_schema]
                        server: { base_url: "http://127.0.0.1:%d/v1", model: %s }
                    """.formatted(model, server.getAddress().getPort(), model));
        }
        Files.writeString(folder.resolve("home/models.yaml"), models);
    }

    // Different words, so that no two questions are near duplicates.
    private static String topic(int i) {
        List<String> words =
                List.of("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath", "islet", "jetty");
        return words.get(i % 10) + " " + words.get(i / 10 % 10) + i % 7 + " " + words.get(i / 100 % 10) + i * 31 % 97;
    }

    private void task(String labelled, String rubric) throws IOException {
        Files.writeString(folder.resolve("task.yaml"), """
                task: judged-answers
                goal: Answer the question.
                output: { text: true }
                examples: examples.csv
                bar: { judge_score: 0.7 }
                data: local
                models: [played-answerer]
                splits: { train: 0.1, tune: 0.1, calibrate: 0.05, sealed: 0.75 }
                judge: { model: played-judge, rubric: "%s", labelled: [%s], judged_per_label: 2 }
                """.formatted(rubric, labelled));
    }

    @Test
    void a_judge_alone_certifies_nothing_and_with_peoples_verdicts_the_certificate_verifies() throws IOException {
        write();
        Terminal terminal = new Terminal(folder.resolve("home"));
        Terminal.Run first = terminal.run("climb", folder.toString(), "--json");
        assertThat(first.code()).as(first.err()).isEqualTo(4);
        Path toJudge = Path.of(((Json.Obj) JsonText.parse(first.out())).string("to_judge"));
        assertThat(first.out()).contains("wait for people's verdict");

        List<String> rows = Files.readAllLines(toJudge);
        assertThat(rows).hasSizeGreaterThan(80).first().isEqualTo("input,answer,verdict");
        Files.write(
                folder.resolve("more.csv"),
                rows.stream()
                        .map(row ->
                                row.endsWith(",") ? row + (row.contains("a right answer") ? "accept" : "reject") : row)
                        .toList());
        int before = judged.get();
        task("judged.csv, more.csv", "It is right.");
        Terminal.Run second = terminal.run("climb", folder.toString(), "--json");
        assertThat(second.code()).as(second.err() + second.out()).isZero();
        Json.Obj met = (Json.Obj) JsonText.parse(second.out());
        assertThat(second.out()).contains("people would accept at least 0.8");
        // Answers judged before are not judged again, but for those that are now among the labelled ones as well.
        assertThat(judged.get() - before).isLessThanOrEqualTo(rows.size());

        Path release = Path.of(met.string("report")).resolveSibling(".").normalize();
        Terminal.Run verified = terminal.run("verify-certificate", release.toString(), "--json");
        assertThat(verified.code()).as(verified.out()).isZero();
        Json.Obj certificate = (Json.Obj) JsonText.read(release.resolve("certificate.json"));
        Json.Obj record = certificate.object("judge");
        assertThat(record.object("judge").string("model")).isEqualTo("played-judge");
        assertThat(record.number("labels").intValue()).isGreaterThan(200);
        assertThat(record.require("usable")).isEqualTo(Json.of(true));
    }

    @Test
    void a_judge_that_disagrees_with_people_is_refused_before_the_climb_begins() throws IOException {
        write();
        Path labelled = folder.resolve("judged.csv");
        Files.writeString(
                labelled,
                Files.readString(labelled)
                        .replace(",yes", ",maybe")
                        .replace(",no", ",yes")
                        .replace(",maybe", ",no"));
        Terminal.Run run = new Terminal(folder.resolve("home")).run("climb", folder.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("the judge played-judge is refused: kappa is -0.");
    }
}
