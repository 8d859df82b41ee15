package dev.rung.ladder.prompt;

import dev.rung.core.Sha256;
import dev.rung.core.json.Json;
import dev.rung.core.model.LanguageModel;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Provenance;
import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solution;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.OutputContract;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;

/** A model with an instruction and the same demonstrations for every question; thread-safe. Does not close the model, which is shared. */
final class PromptSolver implements Solver {
    static final String KIND = "prompt";

    private final PromptRecipe recipe;
    private final OutputContract contract;
    private final LanguageModel model;
    private final Clock clock;
    private final Solution solution;
    private final Sha256 hash;

    PromptSolver(String name, PromptRecipe recipe, OutputContract contract, LanguageModel model, Clock clock) {
        this.recipe = recipe;
        this.contract = contract;
        this.model = model;
        this.clock = clock;
        Json.Obj json = recipe.toJson().with("contract", ContractJson.write(contract));
        this.solution = new Solution(Rung.PROMPT, name, KIND, json, new LinkedHashMap<>());
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
        ModelAnswer answer = ModelAnswer.ask(
                model,
                contract,
                recipe.instruction(),
                recipe.instruction()
                        .prompt(recipe.demonstrations(), true, input)
                        .asked(ask),
                recipe.maxTokens(),
                clock);
        Provenance provenance = new Provenance(
                hash,
                Rung.PROMPT,
                model.card().id().value(),
                List.of(model.card().id()));
        return new Answer(
                answer.output(), ModelAnswer.CONFIDENCE, answer.usage(), answer.price(), answer.time(), provenance);
    }

    @Override
    public void close() {
        // The model belongs to whoever opened it.
    }
}
