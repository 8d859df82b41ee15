package dev.rung.ladder.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.Sha256;
import dev.rung.core.data.ExampleId;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.core.model.Usage;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Provenance;
import dev.rung.core.rung.Release;
import dev.rung.core.rung.Rung;
import dev.rung.core.task.Output;
import dev.rung.core.task.TaskName;
import dev.rung.json.JsonText;
import dev.rung.ladder.certificate.Verification.Check;
import dev.rung.store.Ledger;
import dev.rung.store.ReleaseContents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateTest {
    @TempDir
    Path state;

    private Path folder;

    @BeforeEach
    void publish() throws IOException {
        Path weights = Files.write(state.resolve("head.bin"), Worlds.WEIGHTS);
        String report = "<!doctype html><title>support-routing</title>";
        Certificate certificate =
                Certificate.of(Worlds.climb()).covering("report.html", report.getBytes(StandardCharsets.UTF_8));
        try (Ledger ledger = Ledger.open(state.resolve("state"))) {
            Release release = ledger.releases()
                    .publish(
                            new TaskName("support-routing"),
                            id -> new ReleaseContents(
                                    Worlds.student(),
                                    Map.of("head.bin", weights),
                                    certificate.json(),
                                    certificate.outcomes(),
                                    report));
            folder = ledger.releases().folder(release.id());
        }
    }

    @Test
    void a_release_that_nobody_touched_verifies() {
        Verification verification = CertificateVerifier.verify(folder);
        assertThat(verification.failures()).isEmpty();
        assertThat(verification.checks())
                .extracting(Check::name)
                .contains("certificate.json", "report.html", "artifacts/head.bin", "error budget", "winner");
    }

    @Test
    void a_changed_byte_anywhere_is_found_and_its_file_is_named() throws IOException {
        Random random = new Random(5);
        for (Path file : files()) {
            String name = folder.relativize(file).toString();
            byte[] original = Files.readAllBytes(file);
            for (int i = 0; i < 25; i++) {
                byte[] changed = original.clone();
                int at = i == 0 ? 0 : i == 1 ? changed.length - 1 : random.nextInt(changed.length);
                changed[at] ^= (byte) (1 << random.nextInt(8));
                overwrite(file, changed);
                assertThat(CertificateVerifier.verify(folder).failures())
                        .as("%s at byte %d", name, at)
                        .extracting(Check::name)
                        .contains(name);
            }
            overwrite(file, original);
        }
        assertThat(CertificateVerifier.verify(folder).ok()).isTrue();
    }

    @Test
    void the_first_changed_line_of_outcomes_is_named() throws IOException {
        Path file = folder.resolve("outcomes/03-distil-bge-small-linear-head.jsonl");
        List<String> lines = Files.readAllLines(file);
        String seventeenth = lines.get(16);
        lines.set(
                16,
                seventeenth.replaceFirst("\"nanos\":1", "\"nanos\":2").replaceFirst("\"nanos\":[3-9]", "\"nanos\":2"));
        overwrite(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(CertificateVerifier.verify(folder).failures())
                .singleElement()
                .satisfies(check -> assertThat(check.detail()).contains("line 17 is not the one that was written"));
        lines.set(16, seventeenth);
        lines.removeLast();
        overwrite(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(CertificateVerifier.verify(folder).failures().getFirst().detail())
                .contains("lines are missing or added at the end");
    }

    @Test
    void a_missing_and_a_surplus_file_are_found() throws IOException {
        Files.delete(folder.resolve("report.html"));
        Files.writeString(folder.resolve("notes.txt"), "hello");
        assertThat(CertificateVerifier.verify(folder).failures())
                .extracting(Check::name)
                .containsExactlyInAnyOrder("report.html", "no other files");
    }

    @Test
    void a_forged_verdict_is_found_although_every_hash_was_made_to_fit() throws IOException {
        forge(json -> json.with(
                "trials",
                Json.array(List.of(
                        json.array("trials").get(0),
                        new Json.Obj(((Json.Obj) json.array("trials").get(1)).members())
                                .with(
                                        "findings",
                                        ((Json.Obj) json.array("trials").get(2)).object("findings")),
                        json.array("trials").get(2)))));
        assertThat(CertificateVerifier.verify(folder).failures())
                .extracting(Check::name)
                .contains(
                        "findings of outcomes/02-retrieve-smollm2-135m-8-nearest.jsonl",
                        "verdict of outcomes/02-retrieve-smollm2-135m-8-nearest.jsonl",
                        "winner");
    }

    @Test
    void a_forged_error_budget_is_found() throws IOException {
        forge(json -> json.with("budget", json.object("budget").with("left", Json.of(0.04))));
        assertThat(CertificateVerifier.verify(folder).failures())
                .extracting(Check::name)
                .containsExactly("error budget");
        forge(json ->
                json.with("sealed_accesses", json.object("sealed_accesses").with("count", Json.of(3))));
        assertThat(CertificateVerifier.verify(folder).failures())
                .extracting(Check::name)
                .contains("sealed rows");
    }

    @Test
    void every_sealed_row_that_certifies_nothing_is_accounted_for() throws IOException {
        forge(json -> json.with("data", json.object("data").with("in_regression_sets", Json.of(1))));
        assertThat(CertificateVerifier.verify(folder).failures())
                .singleElement()
                .isEqualTo(new Check(
                        "contamination",
                        false,
                        "300 rows certify, of 300 less 0 contaminated ones and 1 in regression sets"));
        forge(json -> json.with(
                "data",
                json.object("data")
                        .with(
                                "contamination",
                                json.object("data").object("contamination").with("sealed", Json.of(301)))));
        assertThat(CertificateVerifier.verify(folder).failures())
                .as("301 sealed rows, one of them in a regression set")
                .isEmpty();
        forge(json -> json.with("data", json.object("data").without("contamination")));
        assertThat(CertificateVerifier.verify(folder).ok())
                .as("a certificate that does not say how it looked for contamination")
                .isFalse();
    }

    @Test
    void nonsense_under_a_right_hash_is_reported_not_thrown() throws IOException {
        forge(json -> json.with("trials", Json.of("none")));
        assertThat(CertificateVerifier.verify(folder).failures())
                .extracting(Check::name)
                .containsExactly("certificate.json");
        overwrite(folder.resolve("certificate.json"), new byte[] {'{'});
        assertThat(CertificateVerifier.verify(folder).ok()).isFalse();
        Files.delete(folder.resolve("certificate.json"));
        assertThat(CertificateVerifier.verify(folder).ok()).isFalse();
    }

    @Test
    void a_replay_compares_every_certifying_answer() {
        Map<ExampleId, Output> answers = new HashMap<>();
        Worlds.climb().trials().getLast().evidence().outcomes().forEach(o -> answers.put(o.example(), o.output()));
        assertThat(CertificateVerifier.verify(folder, replay(answers)).failures())
                .isEmpty();
        answers.put(new ExampleId("sealed.csv", 5), new Output.Label("elsewhere"));
        assertThat(CertificateVerifier.verify(folder, replay(answers)).failures())
                .singleElement()
                .satisfies(check ->
                        assertThat(check.detail()).contains("1 of 300 answers differ: sealed.csv:5 gives elsewhere"));
    }

    private static Replay replay(Map<ExampleId, Output> answers) {
        return example -> new Answer(
                answers.getOrDefault(example, new Output.NoAnswer("unknown row")),
                0.5,
                Usage.NONE,
                new Price.Known(Usd.ZERO),
                Duration.ZERO,
                new Provenance(Sha256.of("x"), Rung.DISTIL, "student", List.of()));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private void forge(UnaryOperator<Json.Obj> change) throws IOException {
        Path file = folder.resolve("certificate.json");
        Json.Obj changed = change.apply((Json.Obj) JsonText.read(file)).without("sha256");
        Json.Obj sealed =
                changed.with("sha256", Json.of(Sha256.of(changed.canonical()).hex()));
        overwrite(file, sealed.canonical().getBytes(StandardCharsets.UTF_8));
    }

    private static void overwrite(Path file, byte[] bytes) throws IOException {
        Files.delete(file); // releases are read-only
        Files.write(file, bytes);
    }
}
