package dev.rung.bench.gateway;

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

/** Tasks whose solvers take no time, or a fixed time of computing. */
final class InstantTasks {
    private InstantTasks() {}

    /** Returns a task that answers {@code billing} after {@code work} of computing on its thread. */
    static Served task(String name, Duration work) {
        Solution solution = new Solution(Rung.DISTIL, name, "instant", Json.object(), new LinkedHashMap<>());
        Answer answer = new Answer(
                new Output.Label("billing"),
                0.97,
                new Usage(12, 0, 1, Json.object()),
                new Price.Known(Usd.of("0.00000041")),
                work,
                new Provenance(solution.hash(), Rung.DISTIL, "student", List.of()));
        LinkedHashMap<String, String> labels = new LinkedHashMap<>();
        labels.put("billing", "");
        OutputContract contract = new OutputContract.Labels(labels, null);
        TaskName task = new TaskName(name);
        return new Served(
                new Release(new ReleaseId(name + "-1"), task, solution, Sha256.of(name), Instant.EPOCH),
                new Task(
                        task,
                        "A goal.",
                        contract,
                        new Bar(List.of(new Requirement.AtLeast(Metric.ACCURACY, 0.9)), 0.95),
                        Residency.LOCAL,
                        null,
                        ChangeRate.RARELY,
                        List.of()),
                new Computing(solution, answer, work));
    }

    private record Computing(Solution solution, Answer fixed, Duration work) implements Solver {
        @Override
        public Answer answer(String input) {
            long end = System.nanoTime() + work.toNanos();
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            return fixed;
        }

        @Override
        public void close() {}
    }
}
