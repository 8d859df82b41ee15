package dev.rung.ladder.certificate;

import dev.rung.core.Sha256;
import dev.rung.core.data.ExampleId;
import dev.rung.core.data.Split;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Pricing;
import dev.rung.core.economics.Usd;
import dev.rung.core.evidence.Draw;
import dev.rung.core.evidence.ErrorBudget;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.evidence.Scoring;
import dev.rung.core.json.Json;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Residency;
import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solution;
import dev.rung.core.task.Bar;
import dev.rung.core.task.ChangeRate;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Task;
import dev.rung.core.task.TaskName;
import dev.rung.intake.split.Contamination;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Synthetic climbs for tests: one candidate falls on {@code tune}, one on sealed rows, and a student passes. */
final class Worlds {
    static final int SEALED = 300;
    static final byte[] WEIGHTS =
            "weights, in some format".repeat(20).getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private Worlds() {}

    static Task task() {
        LinkedHashMap<String, String> labels = new LinkedHashMap<>();
        labels.put("billing", "invoices");
        labels.put("delivery", "");
        labels.put("none", "");
        return new Task(
                new TaskName("support-routing"),
                "Route a message.",
                new OutputContract.Labels(labels, "none"),
                new Bar(
                        List.of(
                                new Requirement.AtLeast(Metric.ACCURACY, 0.90),
                                new Requirement.AtLeast(Metric.OUT_OF_SCOPE_RECALL, 0.60),
                                new Requirement.LatencyAtMost(0.95, Duration.ofMillis(300)),
                                new Requirement.CostAtMost(Usd.of("0.20"))),
                        0.95),
                Residency.LOCAL,
                null,
                ChangeRate.RARELY,
                List.of());
    }

    static Solution student() {
        LinkedHashMap<String, Sha256> artifacts = new LinkedHashMap<>();
        artifacts.put("head.bin", Sha256.of(WEIGHTS));
        return new Solution(
                Rung.DISTIL, "bge-small + linear head", "student", Json.object("seed", Json.of(7)), artifacts);
    }

    static Outcome outcome(OutputContract contract, String file, int line, double accuracy, Random random) {
        boolean outOfScope = random.nextInt(4) == 0;
        Output expected = new Output.Label(outOfScope ? "none" : random.nextBoolean() ? "billing" : "delivery");
        Output output = random.nextDouble() < accuracy
                ? expected
                : outOfScope || random.nextInt(10) > 0 ? new Output.Label("billing") : new Output.NoAnswer("cut off");
        String cluster = random.nextInt(20) == 0 ? "c" + random.nextInt(20) : "c" + (1000 + line);
        return new Outcome(
                new ExampleId(file, line),
                cluster,
                expected,
                output,
                random.nextInt(10) == 0 ? Double.NaN : random.nextDouble(),
                Scoring.score(contract, expected, output),
                Duration.ofNanos(1_000_000 + random.nextInt(90_000_000)),
                new Price.Known(Usd.of("0.0000%02d".formatted(1 + random.nextInt(90)))));
    }

    static Evidence evidence(double alpha, int available, String file, double accuracy, int most, long seed) {
        Evidence evidence = new Evidence(task().bar(), alpha, 0.05, available);
        // Which rows come, in which order, does not depend on the candidate; its answers do.
        Random random = new Random(seed);
        for (int line = 1; line <= most && (evidence.isOpen() || accuracy > 0.9); line++) {
            evidence.add(outcome(task().output(), file, line, accuracy, random));
        }
        return evidence;
    }

    static CertifiedClimb climb() {
        ErrorBudget budget = new ErrorBudget(1 - task().bar().confidence(), List.of());
        Draw first = budget.draw("retrieve", 0.05);
        Draw second = budget.draw("student", 0.5);
        List<Trial> trials = List.of(
                new Trial(
                        Rung.PROMPT,
                        "smollm2-135m, zero-shot",
                        Sha256.of("zero"),
                        Split.TUNE,
                        evidence(0.05, 200, "tune.csv", 0.24, 200, 1),
                        null),
                new Trial(
                        Rung.RETRIEVE,
                        "smollm2-135m, 8 nearest",
                        Sha256.of("eight"),
                        Split.SEALED,
                        evidence(first.alpha(), SEALED, "sealed.csv", 0.75, SEALED, 2),
                        first),
                new Trial(
                        Rung.DISTIL,
                        student().name(),
                        student().hash(),
                        Split.SEALED,
                        evidence(second.alpha(), SEALED, "sealed.csv", 0.975, SEALED, 3),
                        second));
        LinkedHashMap<String, String> versions = new LinkedHashMap<>();
        versions.put("rung", "0.1.0");
        versions.put("java", "25");
        int opened = trials.get(1).evidence().outcomes().size()
                + trials.get(2).evidence().outcomes().size();
        return new CertifiedClimb(
                task(),
                Sha256.of("task.yaml"),
                new DataStamp(
                        Sha256.of("data"),
                        "salt",
                        Map.of(Split.SEALED, new DataStamp.Rows(SEALED, Sha256.of("sealed"))),
                        new Contamination(SEALED, List.of(), null).toJson(),
                        0),
                new AccessStamp(opened, Sha256.of("log")),
                trials,
                budget,
                List.of(model()),
                7,
                versions,
                Instant.parse("2026-11-22T00:00:00Z"),
                List.of(),
                student());
    }

    private static ModelCard model() {
        return new ModelCard(
                new ModelId("smollm2-135m"),
                "b179c9523d0e",
                ModelCard.Kind.GENERATIVE,
                Residency.LOCAL,
                8192,
                Set.of(),
                "Apache-2.0",
                ModelCard.OutputsMayTrain.YES,
                null,
                new Pricing.MachineTime(Usd.of("0.05"), LocalDate.of(2026, 8, 1), "assumed"));
    }
}
