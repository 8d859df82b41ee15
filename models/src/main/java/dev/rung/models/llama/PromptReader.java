package dev.rung.models.llama;

import dev.rung.core.RungException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A session's context together with what is in it: remembers the tokens of sequence 0, so that a prompt is read only from where it differs from what was
 * read before. Confined to the session's thread.
 */
final class PromptReader implements AutoCloseable {
    private static final int SMALLEST_CONTEXT = 1024;

    private final LlamaModel model;
    private final int limit;
    private final ThreadTuner threads;
    private final float[] logits;
    private @Nullable DecodeContext context;
    private @Nullable Adapter adapter;
    private int[] read = new int[SMALLEST_CONTEXT];
    private int readCount;

    PromptReader(LlamaModel model, SessionOptions options) {
        this.model = model;
        this.limit = options.contextTokens() == 0 ? model.description().contextTokens() : options.contextTokens();
        this.threads =
                options.threads() == 0 ? ThreadTuner.upTo(PhysicalCores.count()) : ThreadTuner.fixed(options.threads());
        this.logits = new float[model.vocabulary().size()];
    }

    /** Returns the longest text that fits, prompt and answer together, in tokens. */
    int limit() {
        return limit;
    }

    /** Returns the scores of the next token after what was read last; overwritten by the next reading. */
    float[] logits() {
        return logits;
    }

    /** Returns how many tokens of the prompt and the answer so far are in sequence 0. */
    int position() {
        return readCount;
    }

    /**
     * Reads a prompt into sequence 0 and leaves the next token's scores in {@link #logits()}.
     *
     * @param answer how many tokens may follow the prompt
     * @param branches how many tokens of other sequences must fit into the cache as well
     * @throws RungException.Failed when llama.cpp fails, or the thread was interrupted
     * @return how many tokens of the prompt were there already
     */
    int read(int[] prompt, int answer, int branches) {
        if (prompt.length == 0) {
            throw new IllegalArgumentException("a prompt has at least one token");
        }
        if (prompt.length + answer > limit) {
            throw DecodeContext.overflow(prompt.length + answer, limit);
        }
        DecodeContext target = contextOf(prompt.length + answer + branches);
        int shared = Math.min(commonPrefix(prompt), prompt.length - 1);
        target.forget(0, shared);
        readCount = shared;
        int at = shared;
        while (at < prompt.length) {
            if (at > shared && Thread.interrupted()) {
                throw new RungException.Failed("the reading of the prompt was interrupted");
            }
            int end = Math.min(prompt.length, at + DecodeContext.BATCH);
            int last = 0;
            for (int i = at; i < end; i++) {
                last = target.add(prompt[i], i, 0, i == prompt.length - 1);
            }
            decode(target, prompt, at, end);
            at = end;
            if (at == prompt.length) {
                target.logits(last, logits);
            }
        }
        return shared;
    }

    /** Reads one more token of the answer into sequence 0; room for it was asked for with the prompt. */
    void append(int token) {
        DecodeContext target = context();
        int index = target.add(token, readCount, 0, true);
        decode(target, new int[] {token}, 0, 1);
        target.logits(index, logits);
    }

    /** Returns the context, which a prompt was read into. */
    DecodeContext context() {
        if (context == null) {
            throw new IllegalStateException("no prompt was read");
        }
        return context;
    }

    /** Loads an adapter and applies it from now on, in place of the one before; null for none. */
    void adapt(@Nullable Path file, double scale) {
        Adapter next = file == null ? null : Adapter.load(model.handle(), file, scale);
        Adapter previous = adapter;
        adapter = next;
        if (context != null) {
            context.forget(0, 0);
            context.clearAdapters();
            applyAdapter(context);
        }
        readCount = 0;
        if (previous != null) {
            previous.close();
        }
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
            context = null;
        }
        if (adapter != null) {
            adapter.close();
            adapter = null;
        }
    }

    // What was read counts only once it is in the cache: after a failure the rest is forgotten.
    private void decode(DecodeContext target, int[] tokens, int from, int to) {
        try {
            target.decode();
        } catch (RuntimeException e) {
            target.forget(0, readCount);
            throw e;
        }
        int count = to - from;
        if (read.length < readCount + count) {
            read = Arrays.copyOf(read, Math.max(2 * read.length, readCount + count));
        }
        System.arraycopy(tokens, from, read, readCount, count);
        readCount += count;
    }

    private int commonPrefix(int[] prompt) {
        int mismatch = Arrays.mismatch(prompt, 0, prompt.length, read, 0, readCount);
        return mismatch < 0 ? prompt.length : mismatch;
    }

    // Contexts begin small, since their memory is touched at once, and grow when a longer text comes.
    private DecodeContext contextOf(int places) {
        if (context != null && context.capacity() >= places) {
            return context;
        }
        int wished = context == null ? SMALLEST_CONTEXT : 2 * context.capacity();
        if (context != null) {
            context.close();
            context = null;
            readCount = 0;
        }
        DecodeContext created =
                new DecodeContext(model.handle(), model.vocabulary(), Math.max(wished, places), threads);
        context = created;
        applyAdapter(created);
        return created;
    }

    private void applyAdapter(DecodeContext target) {
        if (adapter != null) {
            adapter.applyTo(target);
        }
    }
}
