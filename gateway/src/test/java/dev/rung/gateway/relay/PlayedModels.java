package dev.rung.gateway.relay;

import dev.rung.core.RungException;
import dev.rung.core.economics.Pricing;
import dev.rung.core.economics.Usd;
import dev.rung.core.model.ChatAnswer;
import dev.rung.core.model.ChatModel;
import dev.rung.core.model.ChatPrompt;
import dev.rung.core.model.Encoder;
import dev.rung.core.model.LocalModel;
import dev.rung.core.model.LocalModels;
import dev.rung.core.model.Message;
import dev.rung.core.model.ModelCard;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.Residency;
import dev.rung.core.model.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Two models in this process: one that says three words, one question at a time and a word for each permit; and one whose vectors tell the length of a text. */
final class PlayedModels implements LocalModels {
    static final String CHAT = "small";
    static final String ENCODER = "encoder";
    static final int CONTEXT = 20;

    private static final Pricing PRICE =
            new Pricing.MachineTime(new Usd(new BigDecimal("0.36")), LocalDate.of(2026, 1, 1), "a test");

    final Semaphore words = new Semaphore(1_000_000);
    final LinkedBlockingQueue<ChatPrompt> asked = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<Integer> interruptedAfter = new LinkedBlockingQueue<>();
    private final ReentrantLock one = new ReentrantLock();

    @Override
    public SequencedMap<String, LocalModel> available() {
        SequencedMap<String, LocalModel> all = new LinkedHashMap<>();
        all.put(CHAT, new LocalModel(CHAT, ModelCard.Kind.GENERATIVE, CONTEXT, PRICE));
        all.put(ENCODER, new LocalModel(ENCODER, ModelCard.Kind.ENCODER, CONTEXT, PRICE));
        return all;
    }

    @Override
    public <T> T chat(String name, Function<ChatModel, T> use) {
        return use.apply(new ThreeWords());
    }

    @Override
    public <T> T encode(String name, Function<Encoder, T> use) {
        return use.apply(new Lengths());
    }

    private static ModelCard card(String name, ModelCard.Kind kind) {
        return new ModelCard(
                new ModelId(name),
                "0",
                kind,
                Residency.LOCAL,
                CONTEXT,
                Set.of(),
                "MIT",
                ModelCard.OutputsMayTrain.YES,
                null,
                PRICE);
    }

    private final class ThreeWords implements ChatModel {
        @Override
        public ModelCard card() {
            return PlayedModels.card(CHAT, ModelCard.Kind.GENERATIVE);
        }

        @Override
        public int count(List<Message> messages) {
            return messages.stream()
                    .mapToInt(each -> each.text().split(" ").length)
                    .sum();
        }

        @Override
        public ChatAnswer answer(ChatPrompt prompt, Consumer<String> pieces) {
            int read = count(prompt.messages());
            if (read > CONTEXT) {
                throw new RungException.WrongInput("the text needs " + read + " tokens, the context has " + CONTEXT);
            }
            int said = 0;
            try {
                one.lockInterruptibly();
                try {
                    asked.add(prompt);
                    StringBuilder text = new StringBuilder();
                    for (String word : List.of("Hello", " brave", " world")) {
                        words.acquire();
                        if (prompt.stops().contains(word.strip())) {
                            return answer(text, ChatAnswer.End.STOP, word.strip(), read, said);
                        }
                        text.append(word);
                        pieces.accept(word);
                        said++;
                        if (said == prompt.maxTokens()) {
                            return answer(text, ChatAnswer.End.LENGTH, null, read, said);
                        }
                    }
                    return answer(text, ChatAnswer.End.SAID, null, read, said);
                } finally {
                    one.unlock();
                }
            } catch (InterruptedException e) {
                interruptedAfter.add(said);
                throw new RungException.Failed("interrupted", e);
            }
        }

        private ChatAnswer answer(StringBuilder text, ChatAnswer.End end, @Nullable String stop, int read, int said) {
            return new ChatAnswer(text.toString(), end, stop, Usage.tokens(read, 1, said), Duration.ofSeconds(10));
        }

        @Override
        public void close() {}
    }

    private static final class Lengths implements Encoder {
        @Override
        public ModelCard card() {
            return PlayedModels.card(ENCODER, ModelCard.Kind.ENCODER);
        }

        @Override
        public int dimensions() {
            return 2;
        }

        @Override
        public int tokens(String text) {
            return text.split(" ").length;
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            List<float[]> vectors = new ArrayList<>();
            texts.forEach(text -> vectors.add(new float[] {text.length(), 0.1f}));
            return vectors;
        }

        @Override
        public void close() {}
    }
}
