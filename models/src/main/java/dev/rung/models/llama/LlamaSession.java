package dev.rung.models.llama;

import dev.rung.core.RungException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A conversation partner: a model's weights with a working memory of its own.
 *
 * <p>Thread-safe: requests are done one after another, on one thread that belongs to the session, so that a caller on a virtual thread blocks no carrier and
 * llama.cpp keeps one set of worker threads. An interrupted caller stops its request between two batches.
 */
public final class LlamaSession implements AutoCloseable {
    private final LlamaModel model;
    private final ExecutorService thread;
    private final PromptReader reader;

    LlamaSession(LlamaModel model, SessionOptions options) {
        this.model = model;
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("llama-", 0).factory());
        this.reader = new PromptReader(model, options);
    }

    /** Returns the longest text that fits, prompt and answer together, in tokens. */
    public int contextTokens() {
        return reader.limit();
    }

    /** Returns the scores (logits) of every token of the vocabulary as the next one after the prompt. */
    public float[] logits(int[] prompt) {
        return call(() -> {
            reader.read(prompt, 0, 0);
            return reader.logits().clone();
        });
    }

    /**
     * Generates an answer in free text.
     *
     * @param listener is given the text piece by piece as it comes, on the session's thread
     */
    public Generation generate(int[] prompt, GenerationOptions options, Consumer<String> listener) {
        return generate(prompt, options, null, listener);
    }

    /** Generates an answer that a grammar (GBNF, start {@code root}) allows, if one is given. */
    Generation generate(int[] prompt, GenerationOptions options, @Nullable String gbnf, Consumer<String> listener) {
        int end = model.template().endOfAnswer();
        return call(() -> {
            if (gbnf == null) {
                return new TextGenerator(model.vocabulary(), reader, options, null, listener).run(prompt, end);
            }
            try (Grammar grammar = Grammar.of(gbnf, model.handle(), model.vocabulary())) {
                return new TextGenerator(model.vocabulary(), reader, options, grammar, listener).run(prompt, end);
            }
        });
    }

    /** Finds the most probable label as the answer to the prompt, exactly, without scoring most of the others. */
    public Reading<LabelScores> findLabel(int[] prompt, List<String> labels) {
        return scoreLabels(prompt, labels, LabelSearch.Effort.BEST_ONLY);
    }

    /** Searches the most probable label with more or less effort. */
    Reading<LabelScores> scoreLabels(int[] prompt, List<String> labels, LabelSearch.Effort effort) {
        LabelTrie trie =
                LabelTrie.of(labels, model.vocabulary(), model.template().endOfAnswer());
        return call(() -> {
            long start = System.nanoTime();
            int branches = Math.min(trie.innerTokens(), DecodeContext.BATCH);
            int cached = reader.read(prompt, trie.depth(), branches);
            try (LabelPaths paths = new LabelPaths(reader, trie)) {
                LabelScores scores = LabelSearch.run(trie, paths.first(trie), effort, paths);
                return new Reading<>(scores, cached, System.nanoTime() - start);
            }
        });
    }

    /**
     * Returns ln P of each label as the answer, every one read on its own from its first token to its end: the slow, obvious way that the search is
     * measured against.
     */
    public Reading<double[]> scoreEachLabel(int[] prompt, List<String> labels) {
        int end = model.template().endOfAnswer();
        return call(() -> {
            long start = System.nanoTime();
            int cached = reader.read(prompt, DecodeContext.BATCH / 2, DecodeContext.BATCH);
            double[] scores = new EachLabel(reader, model.vocabulary(), end).score(labels);
            return new Reading<>(scores, cached, System.nanoTime() - start);
        });
    }

    /**
     * Loads a LoRA adapter (GGUF) and adds it to the weights, in place of the one before.
     *
     * @param scale how strongly; 1 as it was trained
     * @throws RungException.Unavailable when the file is not there
     * @throws RungException.Corrupt when it is not an adapter of this model
     */
    public void setAdapter(Path file, double scale) {
        call(() -> {
            reader.adapt(file, scale);
            return true;
        });
    }

    /** Returns to the model's own weights. */
    public void clearAdapter() {
        call(() -> {
            reader.adapt(null, 1);
            return true;
        });
    }

    /** Ends the session when the requests that wait are done; an interrupt drops those. */
    @Override
    public synchronized void close() {
        thread.close();
        reader.close();
        model.forget(this);
    }

    private <T> T call(Callable<T> request) {
        Future<T> future;
        try {
            future = thread.submit(request);
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the session is closed", e);
        }
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException known -> throw known;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new RungException.Failed("the request to the local model was interrupted", e);
        } catch (CancellationException e) {
            throw new IllegalStateException("the session is closed", e);
        }
    }
}
