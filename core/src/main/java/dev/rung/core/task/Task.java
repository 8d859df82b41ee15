package dev.rung.core.task;

import dev.rung.core.economics.Usd;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Residency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked, its output contract, its bar and its constraints.
 *
 * @param goal the instruction in the team's own words
 * @param data which models may see the data, at any rung
 * @param volume requests a month, if the team knows
 * @param cascade how much harm a cheap solver may do that answers by itself where a stronger one stands behind it
 * @param abstain how often of all questions a solver may answer wrongly that may say "I don't know"; null where every question must be answered
 * @param labelCost what it costs to label one more example, if the team knows
 * @param models the models that may be tried, in order; empty for every model that is configured and permitted
 */
public record Task(
        TaskName name,
        String goal,
        OutputContract output,
        Bar bar,
        Residency data,
        @Nullable Volume volume,
        ChangeRate changes,
        Promise cascade,
        @Nullable Promise abstain,
        @Nullable Usd labelCost,
        List<ModelId> models) {
    public Task {
        models = List.copyOf(models);
        boolean silence = output instanceof OutputContract.Labels labels && labels.unsure() != null;
        if ((abstain != null) != silence || (silence && bar.coverage().isEmpty())) {
            throw new IllegalArgumentException(
                    "silence needs a promise, a word for it, and a bar for coverage: " + name);
        }
    }

    /** A task that leaves the cascade's promise to its bar. */
    public Task(
            TaskName name,
            String goal,
            OutputContract output,
            Bar bar,
            Residency data,
            @Nullable Volume volume,
            ChangeRate changes,
            List<ModelId> models) {
        this(
                name,
                goal,
                output,
                bar,
                data,
                volume,
                changes,
                Promise.within(bar, Metric.of(output).getFirst()),
                null,
                null,
                models);
    }

    /** Returns this task with another bar; all else stays, its promises included. */
    public Task with(Bar other) {
        return new Task(name, goal, output, other, data, volume, changes, cascade, abstain, labelCost, models);
    }
}
