package dev.rung.ladder.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.data.ExampleId;
import dev.rung.core.economics.Pricing;
import dev.rung.core.economics.Usd;
import dev.rung.core.evidence.judge.Agreement;
import dev.rung.core.evidence.judge.Fitness;
import dev.rung.core.json.Json;
import dev.rung.core.model.Completion;
import dev.rung.core.model.LabelChoice;
import dev.rung.core.model.LanguageModel;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Prompt;
import dev.rung.core.model.Residency;
import dev.rung.core.model.Usage;
import dev.rung.json.JsonText;
import dev.rung.json.SchemaCheck;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RubricJudgeTest {
    private static final Rubric RUBRIC = new Rubric("Say the capital.", "It names the right city.");

    @Test
    void a_verdict_is_read_and_what_is_none_rejects() {
        assertThat(judge("{\"reason\": \"right\", \"verdict\": \"accept\"}")).satisfies(judgement -> {
            assertThat(judgement.accepted()).isTrue();
            assertThat(judgement.given()).isTrue();
            assertThat(judgement.reason()).isEqualTo("right");
        });
        assertThat(judge("{\"reason\": \"wrong\", \"verdict\": \"reject\"}").accepted())
                .isFalse();
        for (String noVerdict : List.of("accept", "[]", "{\"verdict\": 1}", "{\"verdict\": \"accept\"}")) {
            assertThat(judge(noVerdict)).as(noVerdict).satisfies(judgement -> {
                assertThat(judgement.accepted()).isFalse();
                assertThat(judgement.given()).isFalse();
            });
        }
    }

    private static Judgement judge(String reply) {
        return new RubricJudge(RUBRIC, new Scripted(prompt -> reply), Clock.systemUTC())
                .judge(new JudgedCase("France?", "Paris", null));
    }

    @Test
    void a_pairwise_winner_must_win_in_both_orders() {
        Function<String, Integer> byLength = String::length;
        RubricJudge honest = comparing((first, second) -> byLength.apply(first) > byLength.apply(second)
                ? "first"
                : byLength.apply(first) < byLength.apply(second) ? "second" : "neither");
        assertThat(honest.compare("q", null, "longer", "short")).isEqualTo(RubricJudge.Better.FIRST);
        assertThat(honest.compare("q", null, "short", "longer")).isEqualTo(RubricJudge.Better.SECOND);
        assertThat(honest.compare("q", null, "equal", "alike")).isEqualTo(RubricJudge.Better.TIE);
        RubricJudge likesTheFirst = comparing((first, second) -> "first");
        assertThat(likesTheFirst.compare("q", null, "longer", "short")).isEqualTo(RubricJudge.Better.TIE);
        RubricJudge likesTheSecond = comparing((first, second) -> "second");
        assertThat(likesTheSecond.compare("q", null, "longer", "short")).isEqualTo(RubricJudge.Better.TIE);
        RubricJudge silent = new RubricJudge(RUBRIC, new Scripted(prompt -> "well"), Clock.systemUTC());
        assertThat(silent.compare("q", null, "longer", "short")).isEqualTo(RubricJudge.Better.TIE);
    }

    private interface Preference {
        String of(String first, String second);
    }

    private static RubricJudge comparing(Preference preference) {
        return new RubricJudge(
                RUBRIC,
                new Scripted(prompt -> "{\"reason\": \"so\", \"better\": \""
                        + preference.of(between(prompt, "first answer"), between(prompt, "second answer")) + "\"}"),
                Clock.systemUTC());
    }

    private static String between(String prompt, String title) {
        int start = prompt.indexOf(" begin " + title + "]\n") + (" begin " + title + "]\n").length();
        return prompt.substring(start, prompt.indexOf("\n[", start));
    }

    @Test
    void a_measurement_counts_verdicts_against_peoples_and_names_the_rows_where_they_part() {
        List<LabelledAnswer> answers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String text = i % 10 == 0 ? "sly" : i % 3 == 0 ? "bad" : "good";
            answers.add(new LabelledAnswer(
                    new ExampleId("judged.csv", i + 2), new JudgedCase("q" + i, text, null), text.equals("good")));
        }
        // It takes "sly" answers, which people reject, for good.
        RubricJudge judge = new RubricJudge(
                RUBRIC,
                new Scripted(prompt -> "{\"reason\": \"it reads so\", \"verdict\": \""
                        + (between(prompt, "answer to judge").equals("bad") ? "reject" : "accept") + "\"}"),
                Clock.systemUTC());
        List<Integer> told = new ArrayList<>();
        JudgeMeasurement measured = JudgeMeasurement.of(judge, answers, 0.95, told::add);
        assertThat(measured.table()).isEqualTo(new Agreement(36, 6, 0, 18));
        assertThat(told).hasSize(60).last().isEqualTo(60);
        assertThat(measured.disagreements()).hasSize(6).first().satisfies(row -> {
            assertThat(row.id()).isEqualTo(new ExampleId("judged.csv", 2));
            assertThat(row.people()).isFalse();
            assertThat(row.reason()).isEqualTo("it reads so");
        });
        assertThat(measured.fitness()).isInstanceOf(Fitness.Usable.class);
        assertThat(measured.worth(10)).isBetween(2.0, 4.0);
        Json.Obj json = measured.toJson();
        assertThat(JudgeIdentity.fromJson(json.object("judge"))).isEqualTo(judge.identity());
        assertThat(Agreement.fromJson(json.object("table"))).isEqualTo(measured.table());
        assertThat(json.number("cost").doubleValue()).isGreaterThan(0);
    }

    @Test
    void the_form_of_a_verdict_is_a_closed_schema() {
        SchemaCheck check = SchemaCheck.of(JudgePrompt.VERDICT);
        assertThat(check.validate(JsonText.parse("{\"reason\": \"r\", \"verdict\": \"accept\"}")))
                .isEmpty();
        assertThat(check.validate(JsonText.parse("{\"reason\": \"r\", \"verdict\": \"perhaps\"}")))
                .isNotEmpty();
        assertThat(check.validate(JsonText.parse("{\"reason\": \"r\", \"verdict\": \"accept\", \"score\": 9}")))
                .isNotEmpty();
    }

    /** A model that answers what a function of the last message says. */
    private record Scripted(Function<String, String> reply) implements LanguageModel {
        @Override
        public ModelCard card() {
            return new ModelCard(
                    new ModelId("scripted"),
                    "v1",
                    ModelCard.Kind.GENERATIVE,
                    Residency.LOCAL,
                    4096,
                    Set.of(ModelCard.Capability.JSON_SCHEMA),
                    "Apache-2.0",
                    ModelCard.OutputsMayTrain.YES,
                    null,
                    new Pricing.MachineTime(Usd.of("0.36"), LocalDate.of(2026, 11, 1), "a test"));
        }

        @Override
        public LabelChoice choose(Prompt prompt, List<String> labels) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Completion complete(Prompt prompt, Json.@Nullable Obj schema, int maxTokens) {
            assertThat(schema).isNotNull();
            return new Completion(
                    reply.apply(prompt.messages().getLast().text()),
                    Completion.Finish.STOP,
                    Double.NaN,
                    Usage.tokens(100, 0, 20),
                    Duration.ofMillis(100));
        }

        @Override
        public void close() {}
    }
}
