package dev.rung.ladder.retrieve;

import dev.rung.core.Sha256;
import dev.rung.core.json.Json;
import dev.rung.core.model.LanguageModel;
import dev.rung.core.model.ModelId;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Provenance;
import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solution;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.OutputContract;
import dev.rung.ladder.prompt.ContractJson;
import dev.rung.ladder.prompt.Demonstration;
import dev.rung.ladder.prompt.Instruction;
import dev.rung.ladder.prompt.ModelAnswer;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A model that is shown, for each question, the labelled examples nearest to it; thread-safe. */
final class RetrieveSolver implements Solver {
    static final String KIND = "retrieve";
    static final String EXAMPLES = "examples.jsonl";

    private final RetrieveRecipe recipe;
    private final OutputContract contract;
    private final LanguageModel model;
    private final NearestExamples examples;
    private final boolean ownsExamples;
    private final Clock clock;
    private final Solution solution;
    private final Sha256 hash;

    /** @param ownsExamples whether closing this closes {@code examples} as well */
    RetrieveSolver(
            RetrieveRecipe recipe,
            OutputContract contract,
            LanguageModel model,
            NearestExamples examples,
            boolean ownsExamples,
            Sha256 artifact,
            Clock clock) {
        this.recipe = recipe;
        this.contract = contract;
        this.model = model;
        this.examples = examples;
        this.ownsExamples = ownsExamples;
        this.clock = clock;
        Json.Obj json = recipe.toJson().with("contract", ContractJson.write(contract));
        SequencedMap<String, Sha256> files = new LinkedHashMap<>();
        files.put(EXAMPLES, artifact);
        String name = recipe.model() + ", " + recipe.count() + " nearest";
        this.solution = new Solution(Rung.RETRIEVE, name, KIND, json, files);
        this.hash = solution.hash();
    }

    @Override
    public Solution solution() {
        return solution;
    }

    @Override
    public Answer answer(String input) {
        return answer(input, 0);
    }

    @Override
    public Answer answer(String input, int ask) {
        long start = System.nanoTime();
        // Nearest last: what a model read last weighs most.
        List<Demonstration> shown =
                examples.nearest(input, recipe.count(), recipe.weight()).reversed();
        Duration search = Duration.ofNanos(System.nanoTime() - start);
        Instruction instruction = recipe.instruction();
        ModelAnswer answer = ModelAnswer.ask(
                model,
                contract,
                instruction,
                instruction.prompt(shown, false, input).asked(ask),
                recipe.maxTokens(),
                clock);
        ModelId id = model.card().id();
        return new Answer(
                answer.output(),
                ModelAnswer.CONFIDENCE,
                answer.usage(),
                answer.price(),
                answer.time().plus(search),
                new Provenance(hash, Rung.RETRIEVE, id.value(), List.of(id)));
    }

    @Override
    public void close() {
        if (ownsExamples) {
            examples.close();
        }
    }
}
