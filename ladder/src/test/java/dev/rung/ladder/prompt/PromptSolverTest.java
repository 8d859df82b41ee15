package dev.rung.ladder.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.core.model.Message;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Prompt;
import dev.rung.core.model.Residency;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Solution;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.Bar;
import dev.rung.core.task.ChangeRate;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Task;
import dev.rung.core.task.TaskName;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class PromptSolverTest {
    private final KeywordModel model = new KeywordModel();
    private final Task task = task(labels());

    @Test
    void the_static_part_comes_first_and_the_question_last() {
        solver(List.of(new Demonstration("where is it", "late_parcel"))).answer("my late parcel");

        Prompt prompt = model.asked.getFirst();
        assertThat(prompt.staticMessages()).isEqualTo(3);
        assertThat(prompt.messages().get(0).role()).isEqualTo(Message.Role.SYSTEM);
        assertThat(prompt.messages().get(0).text())
                .contains("Sort the mail.", "- late parcel: it has not come", "- refund");
        assertThat(prompt.messages().get(2)).isEqualTo(Message.assistant("late parcel"));
        assertThat(prompt.messages().get(3)).isEqualTo(Message.user("my late parcel"));
    }

    @Test
    void an_answer_is_a_label_of_the_task_with_price_and_provenance() {
        Answer answer = solver(List.of()).answer("my late parcel");

        assertThat(answer.output()).isEqualTo(new Output.Label("late_parcel"));
        assertThat(answer.price()).isEqualTo(new Price.Known(Usd.of("0.00001")));
        assertThat(answer.confidence())
                .as("nothing says how often such an answer is right")
                .isNaN();
        assertThat(answer.provenance().models()).containsExactly(new ModelId("keywords"));
    }

    @Test
    void a_question_that_does_not_fit_is_an_answer_without_output() {
        Answer answer = solver(List.of()).answer("x".repeat(600));
        assertThat(answer.output()).isEqualTo(new Output.NoAnswer("the prompt does not fit the context"));
    }

    @Test
    void a_record_is_parsed_and_text_is_trimmed() {
        Task fields = task(new OutputContract.Fields(Json.object("type", Json.of("object"))));
        assertThat(solver(fields, List.of()).answer("{\"a\":1}").output())
                .isEqualTo(new Output.Fields(Json.object("a", Json.of(1))));
        Task text = task(new OutputContract.Text());
        assertThat(solver(text, List.of()).answer(" yes ").output()).isEqualTo(new Output.Text("yes"));
    }

    @Test
    void a_solution_read_back_answers_alike_and_has_the_same_hash() {
        Solver before = solver(List.of(new Demonstration("money back", "refund")));
        Solution read = Solution.fromJson(before.solution().toJson());
        Solver after = new PromptLoader((id, fingerprint) -> model, Clock.systemUTC()).load(read, Path.of("unused"));

        assertThat(after.solution().hash()).isEqualTo(before.solution().hash());
        assertThat(after.answer("a refund")).isEqualTo(before.answer("a refund"));
        assertThat(model.asked.get(0)).isEqualTo(model.asked.get(1));
    }

    @Test
    void labels_that_would_look_alike_keep_their_identifiers() {
        SequencedMap<String, String> alike = new LinkedHashMap<>();
        alike.put("a_b", "");
        alike.put("a b", "");
        assertThat(Instruction.of(task(new OutputContract.Labels(alike, null))).surfaces())
                .containsEntry("a_b", "a_b")
                .containsEntry("a b", "a b");
    }

    private Solver solver(List<Demonstration> shown) {
        return solver(task, shown);
    }

    private Solver solver(Task of, List<Demonstration> shown) {
        PromptRecipe recipe = new PromptRecipe(new ModelId("keywords"), "v1", Instruction.of(of), shown, 64);
        return new PromptSolver("keywords", recipe, of.output(), model, Clock.systemUTC());
    }

    private static OutputContract.Labels labels() {
        SequencedMap<String, String> labels = new LinkedHashMap<>();
        labels.put("late_parcel", "it has not come");
        labels.put("refund", "");
        return new OutputContract.Labels(labels, null);
    }

    private static Task task(OutputContract contract) {
        return new Task(
                new TaskName("mail"),
                "Sort the mail.",
                contract,
                new Bar(List.of(new Requirement.AtLeast(Metric.VALID, 0.9)), 0.95),
                Residency.LOCAL,
                null,
                ChangeRate.RARELY,
                List.of());
    }
}
