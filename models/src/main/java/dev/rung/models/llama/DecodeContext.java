package dev.rung.models.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.rung.core.RungException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A model's working memory: a cache of what it has read, in sequences that may share a beginning, and one batch of tokens to read next.
 *
 * <p>Everything the C code would assert is checked here first. Not thread-safe; whoever closes it must know that no one else uses it.
 */
final class DecodeContext implements AutoCloseable {
    /** The most tokens one batch can have. */
    static final int BATCH = 512;

    // How many of them are computed at once: enough to be efficient, few enough to stay in the processor's caches.
    private static final int COMPUTED_AT_ONCE = 128;

    // So that a slip is caught here: the C code itself takes any number.
    private static final int MOST_SEQUENCES = 1 << 20;

    private final Vocabulary vocabulary;
    private final NativeHandle handle;
    private final ThreadTuner threads;
    private final int capacity;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment batch = arena.allocate(Layouts.BATCH);
    private final MemorySegment tokens = arena.allocate(JAVA_INT, BATCH);
    private final MemorySegment positions = arena.allocate(JAVA_INT, BATCH);
    private final MemorySegment sequences = arena.allocate(JAVA_INT, BATCH);
    private final MemorySegment wanted = arena.allocate(JAVA_BYTE, BATCH);
    private int pending;
    private int decoded;
    private int threadsSet;

    /** Creates a context of at least {@code contextTokens} on an open model; throws {@link RungException.Unavailable} when memory does not suffice. */
    DecodeContext(NativeHandle model, Vocabulary vocabulary, int contextTokens, ThreadTuner threads) {
        this.vocabulary = vocabulary;
        this.threads = threads;
        NativeLog.clear();
        MemorySegment address = model.use(m -> create(m, contextTokens));
        if (address.equals(MemorySegment.NULL)) {
            arena.close();
            throw new RungException.Unavailable(
                    "no context of " + contextTokens + " tokens could be created: " + NativeLog.errors());
        }
        this.handle = new NativeHandle("context", address, ContextCalls::free);
        this.capacity = ContextCalls.capacity(address);
        layOutBatch();
    }

    private MemorySegment create(MemorySegment model, int contextTokens) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment params = ContextCalls.defaults(scratch);
            Layouts.set(params, Layouts.CONTEXT_PARAMS, "n_ctx", contextTokens);
            Layouts.set(params, Layouts.CONTEXT_PARAMS, "n_batch", BATCH);
            Layouts.set(params, Layouts.CONTEXT_PARAMS, "n_ubatch", COMPUTED_AT_ONCE);
            Layouts.set(params, Layouts.CONTEXT_PARAMS, "n_threads", threads.most());
            Layouts.set(params, Layouts.CONTEXT_PARAMS, "n_threads_batch", threads.most());
            Layouts.set(params, Layouts.CONTEXT_PARAMS, "offload_kqv", false);
            // Each token's attention is then summed by itself, in the order of positions, so that its scores do not
            // depend on what else is in the batch. Otherwise attention of one token and of several is summed in
            // different orders, and the rounding of activations to 8 bits blows the last bits up to tenths of a logit.
            Layouts.set(params, Layouts.CONTEXT_PARAMS, "flash_attn", true);
            threadsSet = threads.most();
            return ContextCalls.create(model, params);
        }
    }

    private void layOutBatch() {
        MemorySegment counts = arena.allocate(JAVA_INT, BATCH);
        MemorySegment pointers = arena.allocate(ADDRESS, BATCH);
        for (int i = 0; i < BATCH; i++) {
            counts.setAtIndex(JAVA_INT, i, 1);
            pointers.setAtIndex(ADDRESS, i, sequences.asSlice(i * JAVA_INT.byteSize()));
        }
        Layouts.set(batch, Layouts.BATCH, "token", tokens);
        Layouts.set(batch, Layouts.BATCH, "embd", MemorySegment.NULL);
        Layouts.set(batch, Layouts.BATCH, "pos", positions);
        Layouts.set(batch, Layouts.BATCH, "n_seq_id", counts);
        Layouts.set(batch, Layouts.BATCH, "seq_id", pointers);
        Layouts.set(batch, Layouts.BATCH, "logits", wanted);
    }

    /** Returns how many tokens the cache can hold, over all sequences; shared ones count once. */
    int capacity() {
        return capacity;
    }

    /**
     * Adds a token to the batch and returns its index there.
     *
     * @param position from 0, after all positions of its sequence that are in the cache already
     * @param logits whether {@link #logits} will be asked for what may follow this token
     */
    int add(int token, int position, int sequence, boolean logits) {
        vocabulary.check(token);
        if (pending == BATCH) {
            throw new IllegalStateException("a batch holds " + BATCH + " tokens");
        }
        if (position < 0 || position >= capacity) {
            throw new IllegalArgumentException("position " + position + " in a context of " + capacity);
        }
        checkSequence(sequence);
        tokens.setAtIndex(JAVA_INT, pending, token);
        positions.setAtIndex(JAVA_INT, pending, position);
        sequences.setAtIndex(JAVA_INT, pending, sequence);
        wanted.set(JAVA_BYTE, pending, logits ? (byte) 1 : 0);
        return pending++;
    }

    /** Returns how many more tokens the batch can take. */
    int batchRoom() {
        return BATCH - pending;
    }

    /**
     * Reads the batch into the cache and empties it.
     *
     * @throws RungException.WrongInput when the cache has no room for it; the batch is dropped
     * @throws RungException.Failed when llama.cpp fails; the batch is dropped
     */
    void decode() {
        int count = pending;
        pending = 0;
        decoded = 0;
        if (count == 0) {
            throw new IllegalStateException("nothing to decode");
        }
        int used = handle.useInt(ContextCalls::usedCells);
        if (used + count > capacity) {
            throw overflow(used + count, capacity);
        }
        Layouts.set(batch, Layouts.BATCH, "n_tokens", count);
        NativeLog.clear();
        chooseThreads(count);
        long start = System.nanoTime();
        int status = LlamaExit.GATE.pass(() -> handle.useInt(context -> ContextCalls.decode(context, batch)));
        threads.measured(count, System.nanoTime() - start);
        if (status != 0) {
            throw new RungException.Failed("llama.cpp could not read " + count + " tokens (status " + status + ", "
                    + used + " of " + capacity + " places used): " + NativeLog.errors());
        }
        decoded = count;
    }

    private void chooseThreads(int count) {
        int choice = threads.choose(count);
        if (choice != threadsSet) {
            threadsSet = choice;
            handle.run(context -> ContextCalls.setThreads(context, choice, choice));
        }
    }

    /** Copies the scores of every token of the vocabulary as the next one after token {@code index} of the last batch. */
    void logits(int index, float[] target) {
        if (index < 0 || index >= decoded || wanted.get(JAVA_BYTE, index) == 0) {
            throw new IllegalArgumentException("no logits were asked for at " + index + " of " + decoded);
        }
        if (target.length != vocabulary.size()) {
            throw new IllegalArgumentException(target.length + " scores for " + vocabulary.size() + " tokens");
        }
        handle.run(context -> {
            MemorySegment scores = ContextCalls.logits(context, index);
            if (scores.equals(MemorySegment.NULL)) {
                throw new RungException.Failed("llama.cpp kept no logits: " + NativeLog.errors());
            }
            MemorySegment.copy(scores.reinterpret(4L * target.length), JAVA_FLOAT, 0, target, 0, target.length);
        });
    }

    /** Lets {@code target} begin as {@code source} does, up to position {@code end} (exclusive), without a copy in memory. */
    void share(int source, int target, int end) {
        checkSequence(source);
        checkSequence(target);
        handle.run(context -> ContextCalls.copy(context, source, target, 0, end));
    }

    /** Forgets a sequence from a position on. */
    void forget(int sequence, int from) {
        checkSequence(sequence);
        if (from < 0) {
            throw new IllegalArgumentException("position " + from);
        }
        handle.run(context -> ContextCalls.remove(context, sequence, from, -1));
    }

    /** Applies an adapter of the same model to everything read from now on; what was read before should be forgotten. */
    void setAdapter(MemorySegment adapter, float scale) {
        int status = handle.useInt(context -> ContextCalls.setAdapter(context, adapter, scale));
        if (status != 0) {
            throw new RungException.Failed("the adapter could not be set: " + NativeLog.errors());
        }
    }

    void clearAdapters() {
        handle.run(ContextCalls::clearAdapters);
    }

    static RungException.WrongInput overflow(int needed, int limit) {
        return new RungException.WrongInput("the text needs " + needed + " tokens, the context has " + limit
                + ". Shorten the prompt or the answer, or give the model a larger context");
    }

    @Override
    public void close() {
        handle.close();
        arena.close();
    }

    private static void checkSequence(int sequence) {
        if (sequence < 0 || sequence >= MOST_SEQUENCES) {
            throw new IllegalArgumentException("sequence " + sequence);
        }
    }
}
