package dev.rung.gateway.local;

import dev.rung.core.json.Json;
import dev.rung.core.model.ChatAnswer;
import dev.rung.core.model.ChatPrompt;
import dev.rung.core.model.Encoder;
import dev.rung.core.model.LocalModel;
import dev.rung.core.model.LocalModels;
import dev.rung.core.model.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/**
 * The models in this process, as the relay asks them; thread-safe.
 *
 * <p>Each has a line of its own, which is bounded. Computing is done on platform threads, as many as stand in the lines, for the same reason as for releases (see
 * {@link dev.rung.gateway.route.Answering}); an answer waits for its turn there.
 */
public final class LocalUpstream implements AutoCloseable {
    /** How many callers may wait for one model beside the one whom it answers. */
    public static final int DEFAULT_QUEUE = 16;

    private static final ThreadFactory ASKING =
            Thread.ofPlatform().daemon().name("gateway-local-", 0).factory();

    private final LocalModels models;
    private final Set<LocalRun> runs = ConcurrentHashMap.newKeySet();
    private final Map<String, Line> lines = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(ASKING);
    private volatile int queue = DEFAULT_QUEUE;

    /** @param models stays its owner's */
    public LocalUpstream(LocalModels models) {
        this.models = models;
    }

    /** Returns what can be asked just now, by name. */
    public SequencedMap<String, LocalModel> available() {
        return models.available();
    }

    /** Sets how many callers may wait for one model beside the one whom it answers, from now on. */
    public void queue(int most) {
        queue = most;
    }

    /** Asks a model; whatever goes wrong is a step of the run, but for a full line. */
    public LocalRun ask(String model, ChatPrompt prompt) throws LineFull {
        Line line = joined(model);
        LocalRun run = new LocalRun();
        Thread asking = ASKING.newThread(() -> {
            try {
                ChatAnswer answer =
                        models.chat(model, each -> each.answer(prompt, text -> run.step(new Step.Piece(text))));
                line.answered(answer.time());
                run.step(new Step.Said(answer));
            } catch (RuntimeException | Error e) {
                run.step(new Step.Failed(e));
            } finally {
                run.ended();
                runs.remove(run);
                line.leave();
            }
        });
        runs.add(run);
        asking.start();
        run.began(asking);
        return run;
    }

    /** Returns how many tokens the conversation has as {@code model} reads it. */
    public int count(String model, List<Message> messages) throws LineFull {
        return within(model, () -> models.chat(model, each -> each.count(messages)));
    }

    /**
     * Vectors and what making them took.
     *
     * @param tokens of all texts together
     */
    public record Vectors(List<float[]> vectors, long tokens, Duration time) {}

    /**
     * Returns the vector of each text.
     *
     * @throws TooLong when one has more tokens than the encoder reads; nothing has been computed then
     */
    public Vectors embed(String model, List<String> texts) throws LineFull {
        return within(model, () -> models.encode(model, encoder -> vectors(encoder, texts)));
    }

    private static Vectors vectors(Encoder encoder, List<String> texts) {
        long began = System.nanoTime();
        long tokens = 0;
        for (int i = 0; i < texts.size(); i++) {
            int count = encoder.tokens(texts.get(i));
            if (count > encoder.card().contextTokens()) {
                throw new TooLong(i, count, encoder.card().contextTokens());
            }
            tokens += count;
        }
        List<float[]> vectors = encoder.embed(texts);
        return new Vectors(vectors, tokens, Duration.ofNanos(System.nanoTime() - began));
    }

    /** Computes on a platform thread and waits; a caller that leaves is not waited for, and what it asked is soon done. */
    private <T> T within(String model, Callable<T> work) throws LineFull {
        Line line = joined(model);
        Future<T> computing;
        try {
            computing = threads.submit(() -> {
                try {
                    return work.call();
                } finally {
                    line.leave();
                }
            });
        } catch (RuntimeException e) {
            line.leave();
            throw e;
        }
        try {
            return computing.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException known -> throw known;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private Line joined(String model) throws LineFull {
        Line line = lines.computeIfAbsent(model, any -> new Line());
        if (!line.join(queue)) {
            throw new LineFull(line.room());
        }
        return line;
    }

    /** Returns how many stand in each line, for an administrator. */
    public Json.Obj lines() {
        Json.Obj all = Json.object();
        for (Map.Entry<String, Line> line : new TreeMap<>(lines).entrySet()) {
            all = all.with(line.getKey(), Json.of(line.getValue().length()));
        }
        return all;
    }

    /** Cuts off whatever is going on. */
    @Override
    public void close() {
        runs.forEach(LocalRun::cancel);
        threads.shutdownNow();
    }
}
