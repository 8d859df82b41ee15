package dev.rung.intake.taskfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.rung.core.RungException;
import dev.rung.core.model.ModelId;
import dev.rung.core.task.Requirement;
import dev.rung.intake.examples.ReadingNotes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeSourceTest {
    private static final String TASK = """
            task: answers
            goal: Answer from the handbook.
            output: { text: true }
            examples: examples.csv
            bar: { token_f1: 0.5 }
            judge:
              model: gpt-5-mini
              rubric: It answers the question.
              labelled: judged.csv
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("examples.csv"), "question,answer\nHow long?,Thirty days\n");
        Files.writeString(folder.resolve("judged.csv"), """
                question,answer,verdict,reference
                How long?,Thirty days,accept,30 days
                How long?,"A year, maybe",Reject,
                How long?,Thirty days,yes,30 days
                """);
    }

    @Test
    void answers_that_people_judged_are_read_each_once() throws IOException {
        JudgeSource judge = read(TASK);
        assertThat(judge.model()).isEqualTo(new ModelId("gpt-5-mini"));
        assertThat(judge.judgedPerLabel()).isEqualTo(9);
        ReadingNotes notes = new ReadingNotes();
        List<JudgeSource.JudgedRow> rows = judge.read(notes);
        assertThat(rows).extracting(JudgeSource.JudgedRow::accepted).containsExactly(true, false);
        assertThat(rows.getFirst().reference()).isEqualTo("30 days");
        assertThat(rows.getLast().answer()).isEqualTo("A year, maybe");
        assertThat(rows.getLast().reference()).isNull();
        assertThat(notes.notices()).anyMatch(notice -> notice.startsWith("1 row repeats"));
    }

    @Test
    void json_lines_and_named_columns_do_as_well() throws IOException {
        Files.writeString(folder.resolve("judged.jsonl"), """
                {"q": "How long?", "said": "Thirty days", "fine": true}
                {"q": "How much?", "said": "Nothing", "fine": false}
                """);
        JudgeSource judge = read(TASK.replace(
                "judged.csv",
                "judged.jsonl\n  columns: { input: q, answer: said, verdict: fine }\n  judged_per_label: 4"));
        assertThat(judge.judgedPerLabel()).isEqualTo(4);
        assertThat(judge.read(new ReadingNotes()))
                .extracting(JudgeSource.JudgedRow::input, JudgeSource.JudgedRow::accepted)
                .containsExactly(tuple("How long?", true), tuple("How much?", false));
    }

    @Test
    void what_is_wrong_with_a_judge_is_said_with_its_place() {
        assertThatThrownBy(() -> read(TASK.replace("  rubric: It answers the question.\n", "")))
                .hasMessageContaining("task.yaml:7: judge: found no key \"rubric\"");
        assertThatThrownBy(() -> read(TASK.replace("rubric", "rubrik"))).hasMessageContaining("\"rubric\"");
        assertThatThrownBy(() -> read(TASK.replace("judged.csv", "juged.csv"))).hasMessageContaining("judged.csv");
        assertThatThrownBy(() -> read(TASK + "  judged_per_label: 0\n")).hasMessageContaining("from 1 to 1000");
        assertThatThrownBy(() -> read(
                        TASK.replace("text: true", "labels: [Thirty days, no]").replace("token_f1", "accuracy")))
                .hasMessageContaining("a judge")
                .hasMessageContaining("only for answers in text");
    }

    @Test
    void a_judge_score_in_the_bar_is_what_people_would_accept_and_needs_the_judge() throws IOException {
        String scored = TASK.replace("token_f1: 0.5", "judge_score: 0.8");
        Files.writeString(folder.resolve("task.yaml"), scored + "  judged_per_label: 4\n");
        assertThat(TaskFolder.read(folder, Map.of()).task().bar().requirements())
                .containsExactly(new Requirement.JudgeScoreAtLeast(0.8, 4, ""));
        assertThatThrownBy(() -> read(scored.substring(0, scored.indexOf("judge:\n"))))
                .hasMessageContaining("a judge score without a judge")
                .hasMessageContaining("Add judge:");
        assertThatThrownBy(() -> read(scored.substring(0, scored.indexOf("judge:\n"))
                        .replace("text: true", "labels: [Thirty days, no]")))
                .hasMessageContaining("judge_score")
                .hasMessageContaining("this one needs text");
    }

    @Test
    void rows_that_cannot_be_used_are_named() throws IOException {
        Files.writeString(folder.resolve("judged.csv"), "question,answer,verdict\nHow long?,A day,perhaps\n");
        assertThatThrownBy(() -> read(TASK).read(new ReadingNotes()))
                .isInstanceOf(RungException.WrongInput.class)
                .hasMessageContaining("judged.csv:2")
                .hasMessageContaining("the verdict \"perhaps\"");
        Files.writeString(
                folder.resolve("judged.csv"), "question,answer,verdict\nHow long?,A day,yes\nHow long?,A day,no\n");
        assertThatThrownBy(() -> read(TASK).read(new ReadingNotes()))
                .hasMessageContaining("judged.csv:3: found another verdict on the answer that judged.csv:2 judges");
        Files.writeString(folder.resolve("judged.csv"), "question,answer,mark\nHow long?,A day,yes\n");
        assertThatThrownBy(() -> read(TASK).read(new ReadingNotes()))
                .hasMessageContaining("one for people's verdict")
                .hasMessageContaining("judge: { columns: { verdict: … } }");
    }

    private JudgeSource read(String task) throws IOException {
        Files.writeString(folder.resolve("task.yaml"), task);
        return Objects.requireNonNull(TaskFolder.read(folder, Map.of()).judge());
    }
}
