package dev.rung.intake.taskfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.data.Split;
import dev.rung.core.economics.Usd;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Residency;
import dev.rung.core.task.ChangeRate;
import dev.rung.core.task.Metric;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Promise;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Slice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskFolderTest {
    private static final String MINIMAL = """
        task: demo
        goal: Say what it is.
        output: { labels: [a, b, none] }
        examples: m.csv
        bar: { accuracy: 0.90 }
        """;

    @TempDir
    Path folder;

    @BeforeEach
    void examples() throws IOException {
        Files.writeString(folder.resolve("m.csv"), "text,label\none,a\ntwo,b\nthree,none\n");
    }

    @Test
    void a_whole_task_is_read() throws IOException {
        Files.createDirectory(folder.resolve("handbook"));
        TaskFolder read = read("""
            task: support-routing
            goal: Route a customer's message to the team that handles it.
            output:
              labels: { billing: "invoices, charges", delivery: , none: "not a support request" }
            examples: { train: [m.csv, m.csv], sealed: "${DATA:-.}/m.csv", unlabelled: m.csv }
            columns: { input: text, output: label }
            documents: handbook/
            bar: { out_of_scope_recall: 80%, accuracy: 0.90, confidence: 0.99, p95_latency: 300ms, p50_latency: 1.5s, cost_per_1000: $0.20 }
            cascade: { harm: 2%, confidence: 0.90 }
            data: eu
            volume: 120k/month
            changes: weekly
            label_cost: $0.50
            models: [smollm2-135m, other]
            splits: { train: 0.6, tune: 0.1, calibrate: 0.1, sealed: 20%, salt: 7, seed: 42 }
            """);
        assertThat(read.task().output()).isInstanceOfSatisfying(OutputContract.Labels.class, labels -> {
            assertThat(labels.descriptions())
                    .containsExactly(
                            Map.entry("billing", "invoices, charges"),
                            Map.entry("delivery", ""),
                            Map.entry("none", "not a support request"));
            assertThat(labels.outOfScope()).isEqualTo("none");
        });
        assertThat(read.task().bar().confidence()).isEqualTo(0.99);
        assertThat(read.task().bar().requirements())
                .containsExactly(
                        new Requirement.AtLeast(Metric.ACCURACY, 0.9),
                        new Requirement.AtLeast(Metric.OUT_OF_SCOPE_RECALL, 0.8),
                        new Requirement.LatencyAtMost(0.5, Duration.ofMillis(1500)),
                        new Requirement.LatencyAtMost(0.95, Duration.ofMillis(300)),
                        new Requirement.CostAtMost(Usd.of("0.20")));
        assertThat(read.task().cascade()).isEqualTo(new Promise(0.02, 0.90));
        assertThat(read.task().data()).isEqualTo(Residency.EU);
        assertThat(read.task().changes()).isEqualTo(ChangeRate.WEEKLY);
        assertThat(read.task().labelCost()).isEqualTo(Usd.of("0.50"));
        assertThat(read.task().volume())
                .extracting(volume -> volume.requestsPerMonth())
                .isEqualTo(120_000L);
        assertThat(read.task().models()).containsExactly(new ModelId("smollm2-135m"), new ModelId("other"));
        assertThat(read.sources().files().get(Split.TRAIN)).hasSize(2);
        assertThat(read.sources().files().get(Split.SEALED)).singleElement().hasToString("$DATA/m.csv");
        assertThat(read.splits().salt()).isEqualTo("7");
        assertThat(read.splits().share(Split.SEALED)).isEqualTo(0.2);
        assertThat(read.seed()).isEqualTo(42);
        assertThat(read.documents()).hasSize(1);
        assertThat(read.notices()).singleElement().asString().contains("documents");
        assertThat(read.spec()).isEqualTo(Sha256.of(Files.readAllBytes(folder.resolve("task.yaml"))));
    }

    @Test
    void defaults_are_local_rarely_and_95_percent() throws IOException {
        TaskFolder read = read(MINIMAL);
        assertThat(read.task().data()).isEqualTo(Residency.LOCAL);
        assertThat(read.task().changes()).isEqualTo(ChangeRate.RARELY);
        assertThat(read.task().volume()).isNull();
        assertThat(read.task().labelCost()).isNull();
        assertThat(read.task().models()).isEmpty();
        assertThat(read.task().bar().confidence()).isEqualTo(0.95);
        assertThat(read.task().cascade()).isEqualTo(new Promise(0.05, 0.95));
        assertThat(read.splits().shares())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(Split.TRAIN, 0.5, Split.TUNE, 0.1, Split.CALIBRATE, 0.15, Split.SEALED, 0.25));
        assertThat(read.sources().isNamed(Split.TRAIN)).isFalse();
    }

    @Test
    void labels_can_come_from_the_examples_but_not_from_sealed_ones() throws IOException {
        Files.writeString(folder.resolve("s.csv"), "text,label\nx,surprise\n");
        TaskFolder read = read(
                MINIMAL.replace("[a, b, none]", "from-examples").replace("m.csv", "{ train: m.csv, sealed: s.csv }"));
        assertThat(((OutputContract.Labels) read.task().output()).descriptions().sequencedKeySet())
                .containsExactly("a", "b", "none");
    }

    @Test
    void all_problems_are_said_at_once_in_the_order_of_the_file() {
        assertThatThrownBy(() -> read("""
            task: Demo Task
            gaol: Say what it is.
            output: { labels: [a, b], out_of_scope: c, label: x }
            examples: { train: n.csv, seald: m.csv }
            columns: { inptu: text }
            bar: { acuracy: 0.9, record_exact: 0.5, accuracy: 95, p95_latency: 300, cost_per_1000: 0.20 }
            data: locl
            volume: 120k per month
            changes: sometimes
            models: []
            splits: { train: 0.5, tune: 0.6 }
            extra: 1
            """))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessage("""
                    task.yaml:1: task: found the name "Demo Task", expected lower-case letters, digits and dashes, at most 64. Write, for example: support-routing
                    task.yaml:1: found no key "goal", expected what is asked, in a sentence. Add one, such as: goal: Route a message to the team that handles it.
                    task.yaml:2: gaol: found the unknown key "gaol", expected one of task, goal, output, examples, columns, documents, bar, cascade, abstain, data, volume, changes, label_cost, models, incumbent, waivers, judge, splits. Did you mean "goal"?
                    task.yaml:3: output.label: found the unknown key "label", expected one of labels, fields, text, out_of_scope. Did you mean "labels"?
                    task.yaml:3: output.out_of_scope: found the label "c", expected one of a, b. Did you mean "a"?
                    task.yaml:4: examples.seald: found the unknown key "seald", expected one of train, tune, calibrate, sealed, unlabelled. Did you mean "sealed"?
                    task.yaml:4: examples.train: found no file %s, expected one there. Did you mean "m.csv"?
                    task.yaml:5: columns.inptu: found the unknown key "inptu", expected one of input, output, group. Did you mean "input"?
                    task.yaml:6: bar.acuracy: found the unknown key "acuracy", expected one of accuracy, in_scope_accuracy, out_of_scope_recall, false_alarm_rate, record_exact, field_accuracy, valid, exact_match, token_f1, consistency, p50_latency, p95_latency, p99_latency, cost_per_1000, confidence, macro_f1, judge_score, label_recall, slices, not_worse_than_incumbent. Did you mean "accuracy"?
                    task.yaml:6: bar.accuracy: found the number 95, expected a rate from 0 to 1. Did you mean 95%%?
                    task.yaml:6: bar.p95_latency: found the number 300, expected a time with its unit. Did you mean 300ms?
                    task.yaml:6: bar.cost_per_1000: found the number 0.20, expected an amount with its currency. Did you mean $0.20?
                    task.yaml:7: data: found the word "locl", expected one of local, eu, anywhere. Did you mean "local"?
                    task.yaml:8: volume: found the text "120k per month", expected a number of requests by second, minute, hour, day, week, month or year. Write, for example: 120k/month or 4M/day
                    task.yaml:9: changes: found the word "sometimes", expected one of rarely, monthly, weekly. Remove it or correct it
                    task.yaml:10: models: found an empty list, expected a model's name, or a list of them. Write, for example: [smollm2-135m]
                    task.yaml:11: splits: found the shares train 0.5, tune 0.6, expected train, tune, calibrate and sealed that add up to 1, train above 0. Write, for example: train: 0.5, tune: 0.1, calibrate: 0.15, sealed: 0.25
                    task.yaml:12: extra: found the unknown key "extra", expected one of task, goal, output, examples, columns, documents, bar, cascade, abstain, data, volume, changes, label_cost, models, incumbent, waivers, judge, splits. Remove it or correct it\
                    """.formatted(folder.resolve("n.csv")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ record_exact: 0.9 } | 5: bar.record_exact: found the metric record_exact, expected one of accuracy,"
                        + " in_scope_accuracy, out_of_scope_recall, false_alarm_rate, valid, consistency",
                "{ label_recall: { refunds: 0.9 } } | 5: bar.label_recall.refunds: found the unknown label \"refunds\"",
                "{ slices: [{ accuracy: 0.9 }] } | 5: bar.slices[0]: found no key \"where\", expected which examples"
                        + " the slice has",
                "{ slices: [{ where: { language: de, length: long }, accuracy: 0.9 }] } | 5: bar.slices[0].where:"
                        + " found a map, expected one facet and its value",
                "{ slices: [{ where: { language: de } }] } | 5: bar.slices[0]: found a slice without a bar, expected a"
                        + " metric and its bar",
                "{ confidence: 0.9 } | 5: bar: found no quality, expected at least one metric",
                "{ accuracy: 0.9, confidence: 1 } | 5: bar.confidence: found the number 1, expected a confidence from"
                        + " 0.5 to below 1",
                "{ accuracy: 101% } | 5: bar.accuracy: found the text",
                "{ accuracy: 0.9, p99_latency: 0ms } | 5: bar.p99_latency: found the text",
                "0.9 | 5: bar: found the number 0.9, expected a map with keys among accuracy",
            })
    void a_bar_must_fit_the_kind_of_output(String bar, String message) {
        assertThatThrownBy(() -> read(MINIMAL.replace("{ accuracy: 0.90 }", bar)))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageStartingWith("task.yaml:" + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ harm: 0 } | cascade.harm: found the number 0, expected a share of all questions above 0 and below 1. No finite number of examples proves",
                "{ harm: 0.11 } | cascade.harm: found a harm of 0.11, expected at most 0.1, which is all that the bar's accuracy of 0.9 leaves. Write, for example: 0.05",
                "{ confidence: 0.4 } | cascade.confidence: found the number 0.4, expected a confidence from 0.5 to below 1",
                "{ hram: 0.02 } | cascade.hram: found the unknown key \"hram\", expected one of harm, confidence. Did you mean \"harm\"?",
                "0.02 | cascade: found the number 0.02, expected a map with keys among harm, confidence",
            })
    void a_promise_is_a_share_that_the_bar_leaves_room_for(String cascade, String message) {
        assertThatThrownBy(() -> read(MINIMAL + "cascade: " + cascade + "\n"))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageStartingWith("task.yaml:6: " + message);
    }

    @Test
    void a_promise_may_take_all_that_the_bar_leaves_and_a_bar_without_the_headline_leaves_two_percent()
            throws IOException {
        assertThat(read(MINIMAL + "cascade: { harm: 0.1 }\n").task().cascade()).isEqualTo(new Promise(0.1, 0.95));
        assertThat(read(MINIMAL.replace("accuracy", "valid")).task().cascade()).isEqualTo(new Promise(0.02, 0.95));
        assertThat(read(MINIMAL.replace("0.90", "1.0")).task().cascade()).isEqualTo(new Promise(0.005, 0.95));
    }

    @Test
    void silence_has_a_price_a_promise_and_a_word() throws IOException {
        TaskFolder read =
                read(MINIMAL + "abstain: { coverage: 70%, harm: 0.02, confidence: 0.9, says: \"I don't know\" }\n");
        assertThat(read.task().abstain()).isEqualTo(new Promise(0.02, 0.90));
        assertThat(read.task().bar().coverage()).hasValue(0.7);
        assertThat(read.task().bar().requirements())
                .containsExactly(
                        new Requirement.AtLeast(Metric.ACCURACY, 0.9), new Requirement.AtLeast(Metric.COVERAGE, 0.7));
        assertThat(read.task().output())
                .isInstanceOfSatisfying(
                        OutputContract.Labels.class,
                        labels -> assertThat(labels.unsure()).isEqualTo("I don't know"));

        TaskFolder least = read(MINIMAL + "abstain: { coverage: 0.7 }\n");
        assertThat(least.task().abstain()).as("half of what the bar leaves").isEqualTo(new Promise(0.05, 0.95));
        assertThat(((OutputContract.Labels) least.task().output()).unsure()).isEqualTo("unsure");
        assertThat(read(MINIMAL).task().abstain()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ harm: 0.02 } | abstain: found no key \"coverage\", expected the least share of questions that must be answered. Add one, such as: abstain: { coverage: 0.70 }",
                "{ coverage: 0 } | abstain.coverage: found the number 0, expected a share of all questions above 0 and below 1. A solver that never answers would do",
                "{ coverage: 1 } | abstain.coverage: found the number 1, expected a share of all questions above 0 and below 1. Where every question must be answered, leave abstain: out",
                "{ coverage: 1.2 } | abstain.coverage: found the number 1.2",
                "{ coverage: 0.7, harm: 0.2 } | abstain.harm: found a harm of 0.2, expected at most 0.1, which is all that the bar's accuracy",
                "{ coverage: 0.7, says: none } | abstain.says: found \"none\", which is one of the labels, expected words that no answer can be",
                "{ coverage: 0.7, say: x } | abstain.say: found the unknown key \"say\", expected one of harm, confidence, coverage, says. Did you mean \"says\"?",
                "yes | abstain: found the text \"yes\", expected a map with keys among harm, confidence, coverage, says",
            })
    void silence_that_costs_nothing_or_looks_like_an_answer_is_refused(String abstain, String message) {
        assertThatThrownBy(() -> read(MINIMAL + "abstain: " + abstain + "\n"))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageStartingWith("task.yaml:6: " + message);
    }

    @Test
    void silence_is_refused_where_answers_are_no_labels_or_are_compared_with_an_incumbents() {
        String text = MINIMAL.replace("labels: [a, b, none]", "text: true").replace("accuracy", "exact_match");
        assertThatThrownBy(() -> read(text + "abstain: { coverage: 0.7 }\n"))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageStartingWith(
                        "task.yaml:6: abstain: found silence, expected it only where answers are labels");
        assertThatThrownBy(() -> read(MINIMAL.replace("0.90", "0.90, not_worse_than_incumbent: 0.02")
                        + "abstain: { coverage: 0.7 }\n"))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageStartingWith("task.yaml:6: abstain: found silence beside not_worse_than_incumbent: 0.02,");
        assertThatThrownBy(() -> read(MINIMAL.replace("0.90", "0.90, coverage: 0.7")))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageStartingWith("task.yaml:5: bar.coverage: found the unknown key \"coverage\"");
    }

    @Test
    void a_bar_may_ask_for_each_label_for_slices_and_for_few_false_alarms() throws IOException {
        TaskFolder read = read("""
            task: routing
            goal: Route.
            output: { labels: { billing: "", delivery: "", none: "" }, out_of_scope: none }
            examples: m.csv
            bar:
              accuracy: 0.9
              false_alarm_rate: 5%
              macro_f1: 0.85
              label_recall: { delivery: 0.8 }
              slices: [{ where: { language: de }, accuracy: 0.85, p95_latency: 1s }]
              cost_per_1000: $1
            data: local
            """);
        assertThat(read.task().bar().requirements())
                .containsExactly(
                        new Requirement.AtLeast(Metric.ACCURACY, 0.9),
                        new Requirement.AtMost(Metric.FALSE_ALARM_RATE, 0.05),
                        new Requirement.MacroF1AtLeast(0.85),
                        new Requirement.OnSlice(
                                new Slice("label", "delivery"), new Requirement.AtLeast(Metric.ACCURACY, 0.8)),
                        new Requirement.OnSlice(
                                new Slice("language", "de"), new Requirement.AtLeast(Metric.ACCURACY, 0.85)),
                        new Requirement.OnSlice(
                                new Slice("language", "de"),
                                new Requirement.LatencyAtMost(0.95, Duration.ofSeconds(1))),
                        new Requirement.CostAtMost(Usd.of("1")));
    }

    @Test
    void out_of_scope_recall_needs_a_label_for_it() {
        assertThatThrownBy(
                        () -> read(MINIMAL.replace(", none", "").replace("accuracy: 0.90", "out_of_scope_recall: 0.8")))
                .hasMessageContaining("Say which label means \"none of these\"");
    }

    @Test
    void fields_take_a_schema_inline_or_from_a_file() throws IOException {
        String schema = "{\"type\": \"object\", \"properties\": {\"n\": {\"type\": \"integer\"}}}";
        Files.writeString(folder.resolve("s.json"), schema);
        String task = MINIMAL.replace("accuracy", "record_exact");
        TaskFolder fromFile = read(task.replace("labels: [a, b, none]", "fields: s.json"));
        TaskFolder inline = read(task.replace("labels: [a, b, none]", "fields: " + schema));
        assertThat(fromFile.task().output()).isEqualTo(inline.task().output());
        assertThatThrownBy(() -> read(task.replace("labels: [a, b, none]", "fields: { type: strnig }")))
                .hasMessageContaining("task.yaml:3: output.fields: found a schema that cannot be used");
        assertThatThrownBy(() -> read(task.replace("labels: [a, b, none]", "fields: { type: array }")))
                .hasMessageContaining("a schema whose top is not an object");
        assertThatThrownBy(() -> read(task.replace("labels: [a, b, none]", "fields: [1]")))
                .hasMessageContaining("found a list, expected a JSON Schema");
        assertThatThrownBy(() -> read(task.replace("labels: [a, b, none]", "text: yes")))
                .hasMessageContaining("output.text: found the text \"yes\", expected true");
        assertThatThrownBy(() -> read(task.replace("labels: [a, b, none]", "text: true, labels: [a, b]")))
                .hasMessageContaining("2 kinds of output");
    }

    @Test
    void environment_variables_are_expanded_and_missing_ones_named() throws IOException {
        String task = MINIMAL.replace("m.csv", "\"${DATA:-nowhere}/m.csv\"");
        Files.writeString(folder.resolve("task.yaml"), task);
        assertThat(TaskFolder.read(folder, Map.of("DATA", folder.toString()))
                        .sources()
                        .files()
                        .get(Split.TRAIN))
                .hasSize(1);
        assertThatThrownBy(() -> TaskFolder.read(folder, Map.of()))
                .hasMessageContaining("found no file " + folder.resolve("nowhere/m.csv"));
        Files.writeString(folder.resolve("task.yaml"), task.replace(":-nowhere", ""));
        assertThatThrownBy(() -> TaskFolder.read(folder, Map.of()))
                .hasMessageContaining("the environment variable DATA unset");
    }

    @ParameterizedTest
    @CsvSource({"4M/day,121666667", "120k / month,120000", "12/year,1", "0.5/second,1314000", "100/week,435"})
    void volumes_are_counted_by_the_month(String volume, long requests) throws IOException {
        assertThat(read(MINIMAL + "volume: " + volume + "\n").task().volume())
                .extracting(v -> v.requestsPerMonth())
                .isEqualTo(requests);
    }

    @Test
    void a_folder_without_a_task_says_so() {
        assertThatThrownBy(() -> TaskFolder.read(folder))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageContaining("without task.yaml");
        assertThatThrownBy(() -> TaskFolder.read(folder.resolve("gone"))).hasMessageContaining("found nothing there");
        assertThatThrownBy(() -> read("- a\n- b\n"))
                .hasMessageStartingWith("task.yaml:1: found a list, expected a map with keys among task, goal");
    }

    private TaskFolder read(String task) throws IOException {
        Files.writeString(folder.resolve("task.yaml"), task);
        return TaskFolder.read(folder, Map.of());
    }
}
