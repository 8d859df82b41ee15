package dev.rung.ladder.judge;

import dev.rung.core.data.Example;
import dev.rung.core.evidence.Judged;
import dev.rung.core.task.Output;
import dev.rung.ladder.trial.AnswerJudge;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model judge together with what people have said: where they have judged the very answer that a candidate gives, their verdict stands beside the judge's.
 *
 * <p>No answer at all is unacceptable to both.
 */
public final class JudgedAnswers implements AnswerJudge {
    private final RubricJudge judge;
    private final boolean withReference;
    private final Map<List<String>, Boolean> people = new HashMap<>();

    public JudgedAnswers(RubricJudge judge, List<LabelledAnswer> labelled) {
        this.judge = judge;
        // As it was measured, so that it is the same judge.
        this.withReference =
                labelled.stream().anyMatch(answer -> answer.judged().reference() != null);
        for (LabelledAnswer answer : labelled) {
            people.put(List.of(answer.judged().input(), answer.judged().answer()), answer.accepted());
        }
    }

    @Override
    public Judged judge(Example example, Output output) {
        if (!(output instanceof Output.Text(String text))) {
            return new Judged(0, 0);
        }
        JudgedCase judged = new JudgedCase(
                example.input(), text, withReference ? example.label().text() : null);
        Boolean verdict = people.get(List.of(judged.input(), text));
        return new Judged(judge.judge(judged).score(), verdict == null ? Double.NaN : verdict ? 1 : 0);
    }
}
