package dev.rung.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.economics.Usd;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Residency;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskTest {
    @Test
    void a_task_with_another_bar_keeps_its_promise_and_what_a_label_costs() {
        Bar bar = new Bar(List.of(new Requirement.JudgeScoreAtLeast(0.7, 1, "")), 0.95);
        Bar bound = new Bar(List.of(new Requirement.JudgeScoreAtLeast(0.7, 1, "a judge")), 0.95);
        Task task = new Task(
                new TaskName("answers"),
                "Answer.",
                new OutputContract.Text(),
                bar,
                Residency.LOCAL,
                null,
                ChangeRate.RARELY,
                new Promise(0.01, 0.9),
                null,
                Usd.of("0.50"),
                List.of(new ModelId("smollm2-135m")));

        Task other = task.with(bound);

        assertThat(other.bar()).isEqualTo(bound);
        assertThat(other).usingRecursiveComparison().ignoringFields("bar").isEqualTo(task);
    }
}
