package dev.rung.models.llama;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A model's tokens: text to numbers and back. Thread-safe. */
final class Vocabulary {
    // llama_token_attr in b4916
    private static final int UNKNOWN = 1;
    private static final int CONTROL = 1 << 3;

    private final NativeHandle model;
    private final int size;
    private final int begin;
    private final int endOfText;
    private final boolean addsBegin;
    private @Nullable TokenTable table;

    Vocabulary(NativeHandle model) {
        this.model = model;
        this.size = model.useInt(m -> VocabCalls.size(ModelCalls.vocabulary(m)));
        this.begin = model.useInt(m -> VocabCalls.begin(ModelCalls.vocabulary(m)));
        this.endOfText = model.useInt(m -> VocabCalls.endOfText(ModelCalls.vocabulary(m)));
        this.addsBegin = model.use(m -> VocabCalls.addsBegin(ModelCalls.vocabulary(m)));
    }

    int size() {
        return size;
    }

    /** Returns the token that ends a text, or −1 when there is none. */
    int endOfText() {
        return endOfText;
    }

    /** Returns the token that must stand before every text, or −1 when there is none. */
    int begin() {
        return addsBegin ? begin : -1;
    }

    /** Returns the tokens of text that is not trusted: what looks like a control token in it becomes ordinary tokens. */
    int[] tokens(String text) {
        return tokenize(text, false);
    }

    /** Returns the tokens of a template's own text, in which control tokens mean themselves. */
    int[] tokensWithControl(String text) {
        return tokenize(text, true);
    }

    /** Returns whether the token carries meaning for the model rather than text. */
    boolean isControl(int token) {
        return (model.useInt(m -> VocabCalls.attributes(ModelCalls.vocabulary(m), check(token))) & (CONTROL | UNKNOWN))
                != 0;
    }

    /** Returns whether the token ends what is generated: a turn, a text. */
    boolean isEnd(int token) {
        return model.use(m -> VocabCalls.isEndOfGeneration(ModelCalls.vocabulary(m), check(token)));
    }

    /** Returns the bytes of one token, which may be a part of a character; control tokens have none. */
    byte[] bytes(int token) {
        check(token);
        return model.use(m -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment vocabulary = ModelCalls.vocabulary(m);
                int capacity = 64;
                MemorySegment buffer = arena.allocate(capacity);
                int length = VocabCalls.piece(vocabulary, token, buffer, capacity, false);
                if (length < 0) {
                    buffer = arena.allocate(-length);
                    length = VocabCalls.piece(vocabulary, token, buffer, -length, false);
                }
                return buffer.asSlice(0, length).toArray(JAVA_BYTE);
            }
        });
    }

    /** Returns the text of tokens; bytes that are not UTF-8 become replacement characters. */
    String text(int... tokens) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int token : tokens) {
            bytes.writeBytes(bytes(token));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Returns what the tokens begin with; gathered when first asked for. */
    synchronized TokenTable table() {
        if (table == null) {
            table = new TokenTable(this);
        }
        return table;
    }

    /** Returns {@code token}, or throws when the vocabulary has none of that number. */
    int check(int token) {
        if (token < 0 || token >= size) {
            throw new IllegalArgumentException("token " + token + " is not in the vocabulary of " + size);
        }
        return token;
    }

    private int[] tokenize(String text, boolean parseControl) {
        if (text.isEmpty()) {
            return new int[0];
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return model.use(m -> {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment vocabulary = ModelCalls.vocabulary(m);
                MemorySegment input = arena.allocateFrom(JAVA_BYTE, utf8);
                int capacity = utf8.length + 8;
                MemorySegment tokens = arena.allocate(JAVA_INT, capacity);
                int count = VocabCalls.tokenize(vocabulary, input, utf8.length, tokens, capacity, false, parseControl);
                if (count < 0) {
                    capacity = -count;
                    tokens = arena.allocate(JAVA_INT, capacity);
                    count = VocabCalls.tokenize(vocabulary, input, utf8.length, tokens, capacity, false, parseControl);
                }
                return tokens.asSlice(0, count * JAVA_INT.byteSize()).toArray(JAVA_INT);
            }
        });
    }
}
