package dev.rung.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task that takes silence, from its file to answers, through the command line, with real students. */
final class SilentReleaseTest {
    private static final List<String> LABELS = List.of("billing", "delivery", "returns");
    private static final List<List<String>> WORDS = List.of(
            List.of("invoice", "charged", "card", "refund", "voucher"),
            List.of("parcel", "courier", "tracking", "late", "doorstep"),
            List.of("broken", "exchange", "wrong", "size", "faulty"));
    private static final List<String> EMPTY = List.of("hello", "please", "help", "thanks", "urgent");

    @TempDir
    private Path folder;

    @Test
    void a_student_that_must_guess_at_some_rows_is_released_once_it_may_be_silent_on_them() throws IOException {
        Terminal terminal = new Terminal(folder.resolve("home"));
        Path task = Files.createDirectories(folder.resolve("task"));
        Files.writeString(task.resolve("train.csv"), rows(400, 1));
        Files.writeString(task.resolve("tune.csv"), rows(200, 2));
        Files.writeString(task.resolve("calibrate.csv"), rows(500, 3));
        Files.writeString(task.resolve("sealed.csv"), rows(400, 4));
        String asked = """
            task: sorting
            goal: Sort the mail.
            output:
              labels: { billing: "", delivery: "", returns: "" }
            examples: { train: train.csv, tune: tune.csv, calibrate: calibrate.csv, sealed: sealed.csv }
            data: local
            models: [gpt-5-nano] # which may not see local data: no model is asked
            bar:
              accuracy: 0.92
            """;
        Files.writeString(task.resolve("task.yaml"), asked);
        Terminal.Run guessing = terminal.run("climb", task.toString(), "--offline", "--json");
        assertThat(guessing.code()).as(guessing.out()).isNotZero();

        Files.writeString(
                task.resolve("task.yaml"),
                asked + "abstain: { coverage: 0.60, harm: 0.04, confidence: 0.90, says: ask a person }\n");
        Terminal.Run silent = terminal.run("climb", task.toString(), "--offline");
        assertThat(silent.code()).as(silent.err() + silent.out()).isZero();
        assertThat(silent.out())
                .contains("n-grams + linear, abstaining  PASS", "], answers 0.8", "release      sorting-1, in force");

        Path release = folder.resolve("home").resolve("releases").resolve("sorting-1");
        Json.Obj certified = ((Json.Obj) JsonText.read(release.resolve("certificate.json"))).object("abstention");
        assertThat(certified.string("says")).isEqualTo("ask a person");
        assertThat(certified.object("coverage").number("estimate").doubleValue())
                .isBetween(0.6, 0.9);
        assertThat(certified.object("harm").number("estimate").doubleValue()).isLessThan(0.04);
        assertThat(Files.readString(release.resolve("report.html")))
                .contains("When it says that it does not know", "says “ask a person” below that")
                .contains("at most 4 % are answered wrongly, with 90 % confidence")
                .contains("answered wrongly, sealed");

        Json.Obj easy = answer(terminal, "my parcel is late, where is the courier");
        assertThat(easy.string("output")).isEqualTo("delivery");
        assertThat(easy.get("abstained")).isNull();
        Json.Obj hard = answer(terminal, "hello please help");
        assertThat(hard.string("output")).isEqualTo("ask a person");
        assertThat(hard.bool("abstained")).isTrue();
        assertThat(hard.number("confidence")).isLessThan(hard.number("threshold"));
        Terminal.Run said = terminal.run("ask", "sorting", "hello please help");
        assertThat(said.code()).isZero();
        assertThat(said.out().strip()).isEqualTo("ask a person");
        assertThat(said.err()).contains("it does not know: confidence 0.", ", and it answers from 0.");

        Terminal.Run verified = terminal.run("verify-certificate", "sorting-1", "--replay", "--json");
        assertThat(verified.code()).as(verified.out()).isZero();
        assertThat(verified.out()).contains("\"silence\"", "400 answers are the same");

        Terminal.Run compared = terminal.run("compare", "sorting-1", "sorting-1");
        assertThat(compared.code()).isEqualTo(2);
        assertThat(compared.err()).contains("of a task that takes silence");

        Files.writeString(task.resolve("task.yaml"), asked.replace("0.92", "0.70\n  not_worse_than_incumbent: 0.05"));
        Terminal.Run measured = terminal.run("climb", task.toString(), "--offline");
        assertThat(measured.code()).isEqualTo(2);
        assertThat(measured.err())
                .contains("sorting-1, which may say that it does not know, expected one that always answers");

        Path outcomes = release.resolve("outcomes");
        Path sealed;
        try (var files = Files.list(outcomes)) {
            sealed = files.filter(file -> file.toString().endsWith("abstaining.jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(sealed);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\"coverage\":0") + 11;
        bytes[at] ^= 1; // silent becomes answered
        Files.delete(sealed); // releases are read-only
        Files.write(sealed, bytes);
        Terminal.Run changed = terminal.run("verify-certificate", "sorting-1", "--json");
        assertThat(changed.code()).isNotZero();
        assertThat(changed.out()).contains("is not the one that was written");
    }

    private static Json.Obj answer(Terminal terminal, String question) {
        Terminal.Run run = terminal.run("ask", "sorting", question, "--json");
        assertThat(run.code()).as(run.err()).isZero();
        return (Json.Obj) JsonText.parse(run.out());
    }

    /** Rows of two words of their label and one that says nothing; a quarter says nothing at all, and has any label. */
    private static String rows(int count, long seed) {
        Random random = new Random(seed);
        StringBuilder rows = new StringBuilder("text,label\n");
        for (int i = 0; i < count; i++) {
            int label = random.nextInt(LABELS.size());
            List<String> words = random.nextInt(4) == 0 ? EMPTY : WORDS.get(label);
            rows.append(Long.toString(random.nextLong() >>> 1, 36));
            for (int word = 0; word < 2; word++) {
                rows.append(' ').append(words.get(random.nextInt(words.size())));
            }
            rows.append(',').append(LABELS.get(label)).append('\n');
        }
        return rows.toString();
    }
}
