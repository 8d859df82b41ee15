package dev.rung.ladder.prompt;

import dev.rung.core.RungException;
import dev.rung.core.economics.Pricing;
import dev.rung.core.economics.Usd;
import dev.rung.core.json.Json;
import dev.rung.core.model.Completion;
import dev.rung.core.model.LabelChoice;
import dev.rung.core.model.LanguageModel;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Prompt;
import dev.rung.core.model.Residency;
import dev.rung.core.model.Usage;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A model for tests: it chooses the first label whose words occur in the question, and repeats the question as its text. */
public final class KeywordModel implements LanguageModel {
    public final List<Prompt> asked = new ArrayList<>();

    @Override
    public ModelCard card() {
        return new ModelCard(
                new ModelId("keywords"),
                "v1",
                ModelCard.Kind.GENERATIVE,
                Residency.LOCAL,
                512,
                Set.of(ModelCard.Capability.LABEL_SCORES),
                "Apache-2.0",
                ModelCard.OutputsMayTrain.YES,
                null,
                new Pricing.MachineTime(Usd.of("0.36"), LocalDate.of(2026, 11, 1), "a test"));
    }

    @Override
    public LabelChoice choose(Prompt prompt, List<String> labels) {
        asked.add(prompt);
        String question = prompt.messages().getLast().text();
        if (question.length() > 500) {
            throw new RungException.WrongInput("the prompt does not fit the context");
        }
        String chosen = labels.stream().filter(question::contains).findFirst().orElse(labels.getFirst());
        SequencedMap<String, Double> scores = new LinkedHashMap<>();
        scores.put(chosen, 0.8);
        return new LabelChoice(chosen, scores, Usage.tokens(10, 0, 1), Duration.ofMillis(100));
    }

    @Override
    public Completion complete(Prompt prompt, Json.@Nullable Obj schema, int maxTokens) {
        asked.add(prompt);
        return new Completion(
                prompt.messages().getLast().text(),
                Completion.Finish.STOP,
                Double.NaN,
                Usage.tokens(10, 0, 5),
                Duration.ofMillis(100));
    }

    @Override
    public void close() {}
}
