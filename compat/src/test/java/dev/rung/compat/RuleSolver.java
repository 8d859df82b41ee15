package dev.rung.compat;

import dev.rung.core.Sha256;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.core.model.Residency;
import dev.rung.core.model.Usage;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Provenance;
import dev.rung.core.rung.Release;
import dev.rung.core.rung.ReleaseId;
import dev.rung.core.rung.Rung;
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
import dev.rung.gateway.route.Served;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/** A solver that answers by a rule in code, and the release that it makes. */
record RuleSolver(Function<String, Output> rule, Solution solution) implements Solver {
    static Served release(String name, OutputContract contract, Function<String, Output> rule) {
        Solution solution = new Solution(Rung.DISTIL, name, "rule", Json.object(), new LinkedHashMap<>());
        TaskName task = new TaskName(name);
        Release release = new Release(
                new ReleaseId(name + "-1"), task, solution, Sha256.of(name), Instant.parse("2026-11-20T10:15:30Z"));
        Bar bar = new Bar(List.of(new Requirement.AtLeast(Metric.of(contract).getFirst(), 0.9)), 0.95);
        return new Served(
                release,
                new Task(task, "A goal.", contract, bar, Residency.LOCAL, null, ChangeRate.RARELY, List.of()),
                new RuleSolver(rule, solution));
    }

    @Override
    public Answer answer(String input) {
        int words = input.split("\\s+").length;
        return new Answer(
                rule.apply(input),
                0.97,
                new Usage(words, 0, 1, Json.object()),
                new Price.Known(Usd.of("0.00000041")),
                Duration.ofMillis(1),
                new Provenance(solution.hash(), Rung.DISTIL, "student", List.of()));
    }

    @Override
    public void close() {}
}
