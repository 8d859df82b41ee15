package dev.rung.ladder.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.Sha256;
import dev.rung.core.data.ExampleId;
import dev.rung.core.economics.Price;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.evidence.Scoring;
import dev.rung.core.evidence.promise.CalibrationRow;
import dev.rung.core.evidence.promise.Derivation;
import dev.rung.core.evidence.promise.RiskCoverage;
import dev.rung.core.json.Json;
import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solution;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Promise;
import dev.rung.ladder.certificate.Verification.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromiseCheckTest {
    private static final Promise PROMISE = new Promise(0.05, 0.90);
    private static final OutputContract CONTRACT = contract();

    @TempDir
    Path folder;

    private static OutputContract contract() {
        LinkedHashMap<String, String> labels = new LinkedHashMap<>();
        labels.put("billing", "");
        labels.put("delivery", "");
        return new OutputContract.Labels(labels, null);
    }

    /** Answers with ties, silence and repeats, more often right the surer they are. */
    private static List<Outcome> answers(int rows, long seed) {
        Random random = new Random(seed);
        List<Outcome> answers = new ArrayList<>();
        for (int line = 1; line <= rows; line++) {
            double confidence = random.nextInt(10) == 0 ? Double.NaN : random.nextInt(40) / 40.0;
            Output expected = new Output.Label("billing");
            Output output = random.nextDouble() < 0.6 + 0.4 * confidence ? expected : new Output.Label("delivery");
            answers.add(new Outcome(
                    new ExampleId("calibrate.csv", line),
                    random.nextInt(5) == 0 ? "c" + random.nextInt(10) : "c" + (100 + line),
                    expected,
                    output,
                    confidence,
                    Scoring.score(CONTRACT, expected, output),
                    Duration.ofMillis(line),
                    new Price.Unknown("a test")));
        }
        return answers;
    }

    private static Derivation derive(List<Outcome> answers, Promise promise) {
        return new Derivation(
                promise,
                RiskCoverage.of(answers.stream()
                        .map(answer -> new CalibrationRow(
                                answer.cluster(),
                                answer.confidence(),
                                answer.scores().getOrDefault(Metric.ACCURACY, 0.0) < 1))
                        .toList()));
    }

    @Test
    void two_implementations_that_share_nothing_come_to_the_same_threshold() {
        int none = 0;
        int some = 0;
        for (int seed = 0; seed < 200; seed++) {
            List<Outcome> answers = answers(20 + 3 * seed, seed);
            Promise promise = new Promise(seed % 3 == 0 ? 0.02 : 0.08, seed % 2 == 0 ? 0.90 : 0.95);
            Derivation derived = derive(answers, promise);
            SimplePromise simple =
                    new SimplePromise(answers, Metric.ACCURACY, promise.harm(), 1 - promise.confidence());
            assertThat(Double.valueOf(simple.threshold()))
                    .as("seed %d", seed)
                    .isEqualTo(Double.valueOf(derived.threshold().orElse(Double.NaN)));
            for (Derivation.Test test : derived.tests()) {
                assertThat(simple.pValue(test.point().harmful())).isEqualTo(test.pValue(), within(1e-12));
            }
            none += derived.threshold().isEmpty() ? 1 : 0;
            some += derived.threshold().isPresent() ? 1 : 0;
        }
        assertThat(none).isGreaterThan(20);
        assertThat(some).isGreaterThan(20);
    }

    @Test
    void a_threshold_is_derived_again_from_the_answers_beside_it() throws IOException {
        write(answers(500, 3), json -> json);
        assertThat(check()).extracting(Check::ok).containsExactly(true, true, true);
    }

    @Test
    void a_threshold_typed_by_hand_is_found() throws IOException {
        write(answers(500, 3), json -> {
            List<Json> thresholds = new ArrayList<>(json.array("thresholds"));
            thresholds.set(0, ((Json.Obj) thresholds.getFirst()).with("threshold", Json.of(0.123)));
            return json.with("thresholds", Json.array(thresholds));
        });
        assertThat(check())
                .filteredOn(check -> !check.ok())
                .extracting(Check::name)
                .contains("derivation of the threshold");
    }

    @Test
    void answers_that_were_made_better_are_found() throws IOException {
        List<Outcome> answers = answers(500, 3);
        write(answers, json -> json);
        List<Outcome> better = answers.stream()
                .map(answer -> new Outcome(
                        answer.example(),
                        answer.cluster(),
                        answer.expected(),
                        answer.expected(),
                        answer.confidence(),
                        Scoring.score(CONTRACT, answer.expected(), answer.expected()),
                        answer.time(),
                        answer.price()))
                .toList();
        Files.write(folder.resolve("artifacts/promise.jsonl"), PromiseFile.write(better));
        assertThat(check())
                .filteredOn(check -> !check.ok())
                .extracting(Check::name)
                .containsExactly("derivation of the threshold", "threshold");
    }

    @Test
    void a_weaker_promise_than_the_tasks_is_found() throws IOException {
        List<Outcome> answers = answers(500, 3);
        Derivation weaker = derive(answers, new Promise(0.20, 0.90));
        write(answers, json -> weaker.toJson());
        assertThat(check())
                .filteredOn(check -> !check.ok())
                .extracting(Check::detail)
                .anySatisfy(detail -> assertThat(detail).contains("harm=0.2").contains("the task asks for"));
    }

    @Test
    void the_same_row_twice_is_found() throws IOException {
        List<Outcome> answers = new ArrayList<>(answers(500, 3));
        answers.add(answers.getFirst());
        write(answers, json -> json);
        assertThat(check())
                .singleElement()
                .satisfies(check -> assertThat(check.detail()).contains("calibrate.csv:1 is there twice"));
    }

    private List<Check> check() {
        return new PromiseCheck(CONTRACT, PROMISE, null, List.of()).check(folder);
    }

    private void write(List<Outcome> answers, UnaryOperator<Json.Obj> change) throws IOException {
        byte[] rows = PromiseFile.write(answers);
        Files.createDirectories(folder.resolve("artifacts"));
        Files.write(folder.resolve("artifacts/promise.jsonl"), rows);
        LinkedHashMap<String, Sha256> artifacts = new LinkedHashMap<>();
        artifacts.put(PromiseFile.NAME, Sha256.of(rows));
        Solution solution = new Solution(
                Rung.DISTIL,
                "student → strong",
                "cascade",
                Json.object(
                        PromiseFile.RECIPE_KEY,
                        change.apply(derive(answers, PROMISE).toJson())),
                artifacts);
        Files.writeString(
                folder.resolve(Certificate.SOLUTION), solution.toJson().canonical());
    }
}
