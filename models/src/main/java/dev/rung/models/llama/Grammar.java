package dev.rung.models.llama;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.rung.core.RungException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * A grammar (GBNF) on its way through an answer: says which tokens may come next.
 *
 * <p>Only tokens found allowed are ever handed to {@link #accept}: a forbidden one would end the process. Not thread-safe.
 */
final class Grammar implements AutoCloseable {
    private static final int CANDIDATE_BYTES = (int) Layouts.TOKEN_DATA.byteSize();

    private final Vocabulary vocabulary;
    private final NativeHandle handle;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment candidates;
    private final MemorySegment list = arena.allocate(Layouts.TOKEN_DATA_ARRAY);

    private Grammar(Vocabulary vocabulary, MemorySegment sampler) {
        this.vocabulary = vocabulary;
        this.handle = new NativeHandle("grammar", sampler, SamplerCalls::free);
        this.candidates = arena.allocate(Layouts.TOKEN_DATA, vocabulary.size());
    }

    /** Reads a grammar whose start is the rule {@code root}. */
    static Grammar of(String gbnf, NativeHandle model, Vocabulary vocabulary) {
        if (gbnf.isBlank() || gbnf.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a grammar is not empty and has no NUL characters");
        }
        NativeLog.clear();
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment sampler = model.use(m -> SamplerCalls.grammar(
                    ModelCalls.vocabulary(m), scratch.allocateFrom(gbnf), scratch.allocateFrom("root")));
            if (sampler.equals(MemorySegment.NULL)) {
                throw new RungException.Failed("llama.cpp does not take the grammar: " + NativeLog.errors());
            }
            Grammar grammar = new Grammar(vocabulary, sampler);
            // A grammar that llama.cpp could not read (an undefined rule, say) comes back as one that allows
            // everything, the end included.
            if (grammar.allows(vocabulary.endOfText())) {
                grammar.close();
                throw new RungException.Failed("llama.cpp does not take the grammar: " + NativeLog.errors());
            }
            return grammar;
        }
    }

    /** Returns whether the token may come next. */
    boolean allows(int token) {
        boolean[] allowed = allowed(new int[] {token}, 1);
        return allowed[0];
    }

    /** Returns, per token, whether it may come next; control tokens may not, for inside a string they would pass as text. */
    boolean[] allowed(int[] tokens, int count) {
        for (int i = 0; i < count; i++) {
            long at = (long) i * CANDIDATE_BYTES;
            candidates.set(JAVA_INT, at, vocabulary.check(tokens[i]));
            candidates.set(JAVA_FLOAT, at + 4, 0f);
            candidates.set(JAVA_FLOAT, at + 8, 0f);
        }
        Layouts.set(list, Layouts.TOKEN_DATA_ARRAY, "data", candidates);
        list.set(JAVA_LONG, Layouts.offset(Layouts.TOKEN_DATA_ARRAY, "size"), count);
        list.set(JAVA_LONG, Layouts.offset(Layouts.TOKEN_DATA_ARRAY, "selected"), -1);
        Layouts.set(list, Layouts.TOKEN_DATA_ARRAY, "sorted", false);
        handle.run(sampler -> SamplerCalls.apply(sampler, list));
        boolean[] allowed = new boolean[count];
        for (int i = 0; i < count; i++) {
            boolean passed = candidates.get(JAVA_FLOAT, (long) i * CANDIDATE_BYTES + 4) != Float.NEGATIVE_INFINITY;
            allowed[i] = passed && (vocabulary.isEnd(tokens[i]) || !vocabulary.isControl(tokens[i]));
        }
        return allowed;
    }

    /** Returns all tokens that may come next. Bytes are tried first: a token whose first byte is forbidden need not be tried itself. */
    int[] allAllowed() {
        TokenTable table = vocabulary.table();
        int[] byteTokens = table.byteTokens();
        int[] known = Arrays.stream(byteTokens).filter(token -> token >= 0).toArray();
        boolean[] knownAllowed = allowed(known, known.length);
        BitSet bytes = new BitSet(256);
        int at = 0;
        for (int b = 0; b < 256; b++) {
            bytes.set(b, byteTokens[b] < 0 || knownAllowed[at++]);
        }
        int[] tried = IntStream.concat(Arrays.stream(table.beginningWith(bytes)), Arrays.stream(table.ends()))
                .toArray();
        boolean[] passed = allowed(tried, tried.length);
        return IntStream.range(0, tried.length)
                .filter(i -> passed[i])
                .map(i -> tried[i])
                .toArray();
    }

    /** Moves on by a token, which must be allowed. */
    void accept(int token) {
        if (!allows(token)) {
            throw new IllegalStateException("the grammar forbids token " + token);
        }
        handle.run(sampler -> SamplerCalls.accept(sampler, token));
    }

    @Override
    public void close() {
        handle.close();
        arena.close();
    }
}
