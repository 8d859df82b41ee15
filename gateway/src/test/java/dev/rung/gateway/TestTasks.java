package dev.rung.gateway;

import dev.rung.core.Sha256;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.core.model.ModelId;
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
import dev.rung.json.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Small tasks with solvers that really answer, for tests of the gateway. */
public final class TestTasks {
    public static final Usage USAGE = new Usage(12, 4, 3, Json.object());
    public static final Price PRICE = new Price.Known(Usd.of("0.0000004100"));

    private TestTasks() {}

    /** Returns a routing task that answers by the first of its words that it finds, and {@code none} otherwise. */
    public static Served routing() {
        return served("support-routing", 3, labels(), answering(input -> {
            String text = input.toLowerCase(java.util.Locale.ROOT);
            return new Output.Label(
                    text.contains("invoice") ? "billing" : text.contains("parcel") ? "delivery" : "none");
        }));
    }

    /** Returns a task that counts words: fields {@code words} and {@code first}. */
    public static Served counting() {
        OutputContract contract = new OutputContract.Fields((Json.Obj) JsonText.parse("""
                {"type":"object","properties":{"words":{"type":"integer"},"first":{"type":"string"}},
                 "required":["words"],"additionalProperties":false}"""));
        return served("word-count", 1, contract, answering(input -> {
            String[] words = input.strip().split("\\s+");
            return new Output.Fields(Json.object("words", Json.of(words.length), "first", Json.of(words[0])));
        }));
    }

    /** Returns a text task that answers with its input, in reverse where it begins with {@code reverse}. */
    public static Served echo() {
        return served("echo", 7, new OutputContract.Text(), answering(Output.Text::new));
    }

    /** Returns a text task that answers with its input and has no tokens to count. */
    public static Served unmetered() {
        return served("unmetered", 1, new OutputContract.Text(), new TestSolver(Output.Text::new, Usage.NONE, PRICE));
    }

    /** Returns a text task that answers with its input, for a price in dollars. */
    public static Served priced(String name, String usd) {
        return served(
                name,
                1,
                new OutputContract.Text(),
                new TestSolver(Output.Text::new, USAGE, new Price.Known(Usd.of(usd))));
    }

    public static OutputContract labels() {
        SequencedMap<String, String> labels = new LinkedHashMap<>();
        labels.put("billing", "invoices and refunds");
        labels.put("delivery", "parcels");
        labels.put("none", "neither");
        return new OutputContract.Labels(labels, "none");
    }

    public static Served served(String name, int number, OutputContract contract, Solver solver) {
        TaskName task = new TaskName(name);
        Bar bar = new Bar(List.of(new Requirement.AtLeast(Metric.of(contract).getFirst(), 0.9)), 0.95);
        return new Served(
                new Release(
                        new ReleaseId(name + "-" + number),
                        task,
                        solver.solution(),
                        Sha256.of("certificate"),
                        Instant.parse("2026-11-20T10:15:30Z")),
                new Task(task, "A goal.", contract, bar, Residency.LOCAL, null, ChangeRate.RARELY, List.of()),
                solver);
    }

    /** Returns a solver that answers with what {@code rule} says, sure of it by 0.97. */
    public static TestSolver answering(Function<String, Output> rule) {
        return new TestSolver(rule);
    }

    /** A solver made of a rule; it fails when it is used after it was closed, and counts how often it was closed. */
    public static final class TestSolver implements Solver {
        public final AtomicInteger closed = new AtomicInteger();
        private final Function<String, Output> rule;
        private final Solution solution =
                new Solution(Rung.DISTIL, "words", "student", Json.object(), new LinkedHashMap<>());

        private final Usage usage;
        private final Price price;

        TestSolver(Function<String, Output> rule) {
            this(rule, USAGE, PRICE);
        }

        TestSolver(Function<String, Output> rule, Usage usage, Price price) {
            this.rule = rule;
            this.usage = usage;
            this.price = price;
        }

        @Override
        public Solution solution() {
            return solution;
        }

        @Override
        public Answer answer(String input) {
            requireOpen();
            Output output = rule.apply(input);
            requireOpen();
            Provenance provenance =
                    new Provenance(solution.hash(), Rung.DISTIL, "student", List.of(new ModelId("bge-small-en-v1.5")));
            return new Answer(output, 0.97, usage, price, Duration.ofMillis(2), provenance);
        }

        private void requireOpen() {
            if (closed.get() > 0) {
                throw new IllegalStateException("used after it was closed");
            }
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
