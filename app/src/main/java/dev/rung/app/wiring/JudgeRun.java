package dev.rung.app.wiring;

import dev.rung.core.RungException;
import dev.rung.core.model.LanguageModel;
import dev.rung.core.task.Task;
import dev.rung.intake.examples.ReadingNotes;
import dev.rung.intake.taskfile.JudgeSource;
import dev.rung.intake.taskfile.TaskFolder;
import dev.rung.ladder.judge.JudgeMeasurement;
import dev.rung.ladder.judge.JudgedCase;
import dev.rung.ladder.judge.LabelledAnswer;
import dev.rung.ladder.judge.Rubric;
import dev.rung.ladder.judge.RubricJudge;
import dev.rung.models.TaskModels;
import java.util.List;
import java.util.function.BiConsumer;

/** A task's model judge: opened as any model of the task is, under its {@code data:} and with every call saved, and measured. */
public final class JudgeRun {
    private final Wiring wiring;
    private final Task task;
    private final JudgeSource source;

    /** @throws RungException.WrongInput when the task names no judge */
    public JudgeRun(Wiring wiring, TaskFolder folder) {
        JudgeSource judge = folder.judge();
        if (judge == null) {
            throw RungException.WrongInput.at(
                    folder.file().toString(),
                    "no key \"judge\"",
                    "a judge: its model, its rubric, and answers that people have judged",
                    "Add one, such as: judge: { model: smollm2-135m, rubric: \"It answers the question.\", labelled: judged.csv }");
        }
        this.wiring = wiring;
        this.task = folder.task();
        this.source = judge;
    }

    /** Returns the answers that people have judged. */
    public List<LabelledAnswer> labelled(ReadingNotes notes) {
        return source.read(notes).stream()
                .map(row -> new LabelledAnswer(
                        row.id(), new JudgedCase(row.input(), row.answer(), row.reference()), row.accepted()))
                .toList();
    }

    /**
     * Returns the judge; its model is closed with the wiring.
     *
     * @throws RungException.Unavailable when its model cannot be used, or may not see the task's data
     */
    public RubricJudge judge() {
        Task judging = new Task(
                task.name(),
                task.goal(),
                task.output(),
                task.bar(),
                task.data(),
                task.volume(),
                task.changes(),
                List.of(source.model()));
        TaskModels models = wiring.models(judging, "judge");
        LanguageModel model = models.find(source.model())
                .orElseThrow(() -> new RungException.Unavailable("the judge " + source.model() + " cannot be used: "
                        + models.leftOut().getFirst().reason()));
        return new RubricJudge(new Rubric(task.goal(), source.rubric()), model, wiring.clock());
    }

    /**
     * Measures the judge on the answers that people have judged, at the confidence of the task's bar.
     *
     * @param progress told how many are done, and of how many
     */
    public JudgeMeasurement measure(ReadingNotes notes, BiConsumer<Integer, Integer> progress) {
        List<LabelledAnswer> answers = labelled(notes);
        return JudgeMeasurement.of(
                judge(), answers, task.bar().confidence(), done -> progress.accept(done, answers.size()));
    }

    /** Returns how many answers only the judge scores for each that people judge as well. */
    public int judgedPerLabel() {
        return source.judgedPerLabel();
    }
}
