package dev.rung.app.wiring;

import dev.rung.core.RungException;
import dev.rung.core.evidence.judge.Fitness;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Task;
import dev.rung.intake.examples.ReadingNotes;
import dev.rung.intake.taskfile.TaskFolder;
import dev.rung.ladder.climb.Progress;
import dev.rung.ladder.judge.JudgeMeasurement;
import dev.rung.ladder.judge.JudgedAnswers;
import dev.rung.ladder.judge.LabelledAnswer;
import dev.rung.ladder.judge.RubricJudge;
import dev.rung.ladder.trial.AnswerJudge;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The judge of a climb whose bar asks for a judge score: measured, found usable, and written into the bar, so that what is certified names it.
 *
 * @param folder with the judge in the task's bar
 */
record BoundJudge(TaskFolder folder, AnswerJudge judge, JudgeMeasurement measured) {
    /**
     * Measures the judge and binds it, or returns null where the bar asks for no judge score.
     *
     * @throws RungException.WrongInput when the judge is refused
     */
    static @Nullable BoundJudge of(Wiring wiring, TaskFolder folder, Progress progress) {
        Bar bar = folder.task().bar();
        if (bar.requirements().stream().noneMatch(Requirement.JudgeScoreAtLeast.class::isInstance)) {
            return null;
        }
        JudgeRun run = new JudgeRun(wiring, folder);
        List<LabelledAnswer> labelled = run.labelled(new ReadingNotes());
        RubricJudge judge = run.judge();
        JudgeMeasurement measured = JudgeMeasurement.of(
                judge, labelled, bar.confidence(), done -> progress.at("measuring the judge", done, labelled.size()));
        if (measured.fitness() instanceof Fitness.Refused(String sentence, var labels)) {
            throw new RungException.WrongInput("the judge " + judge.identity().model() + " is refused: " + sentence
                    + ". rung judge shows where it parts with people");
        }
        List<Requirement> requirements = new ArrayList<>();
        for (Requirement requirement : bar.requirements()) {
            requirements.add(
                    requirement instanceof Requirement.JudgeScoreAtLeast(double floor, int each, String unbound)
                            ? new Requirement.JudgeScoreAtLeast(
                                    floor, each, judge.identity().hash().hex())
                            : requirement);
        }
        Task bound = folder.task().with(new Bar(requirements, bar.confidence()));
        return new BoundJudge(folder.with(bound), new JudgedAnswers(judge, labelled), measured);
    }
}
