package dev.rung.models.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The C functions on a vocabulary; arguments are passed on unchecked. */
final class VocabCalls {
    private static final MethodHandle SIZE = Natives.function("llama_vocab_n_tokens", JAVA_INT, ADDRESS);
    private static final MethodHandle ATTRIBUTES =
            Natives.function("llama_vocab_get_attr", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle IS_END = Natives.function("llama_vocab_is_eog", JAVA_BOOLEAN, ADDRESS, JAVA_INT);
    private static final MethodHandle BEGIN = Natives.function("llama_vocab_bos", JAVA_INT, ADDRESS);
    private static final MethodHandle END_OF_TEXT = Natives.function("llama_vocab_eos", JAVA_INT, ADDRESS);
    private static final MethodHandle ADDS_BEGIN = Natives.function("llama_vocab_get_add_bos", JAVA_BOOLEAN, ADDRESS);
    private static final MethodHandle TOKENIZE = Natives.function(
            "llama_tokenize", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_BOOLEAN, JAVA_BOOLEAN);
    private static final MethodHandle PIECE = Natives.function(
            "llama_token_to_piece", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_BOOLEAN);

    private VocabCalls() {}

    static int size(MemorySegment vocabulary) {
        try {
            return (int) SIZE.invokeExact(vocabulary);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    static int attributes(MemorySegment vocabulary, int token) {
        try {
            return (int) ATTRIBUTES.invokeExact(vocabulary, token);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    static boolean isEndOfGeneration(MemorySegment vocabulary, int token) {
        try {
            return (boolean) IS_END.invokeExact(vocabulary, token);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    /** Returns the token, or −1 for none. */
    static int begin(MemorySegment vocabulary) {
        try {
            return (int) BEGIN.invokeExact(vocabulary);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    /** Returns the token, or −1 for none. */
    static int endOfText(MemorySegment vocabulary) {
        try {
            return (int) END_OF_TEXT.invokeExact(vocabulary);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    static boolean addsBegin(MemorySegment vocabulary) {
        try {
            return (boolean) ADDS_BEGIN.invokeExact(vocabulary);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    /** Returns how many tokens were written, or minus how many there would be. */
    static int tokenize(
            MemorySegment vocabulary,
            MemorySegment utf8,
            int bytes,
            MemorySegment tokens,
            int capacity,
            boolean addBegin,
            boolean parseControl) {
        try {
            return (int) TOKENIZE.invokeExact(vocabulary, utf8, bytes, tokens, capacity, addBegin, parseControl);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    /** Returns how many bytes were written, or minus how many there would be. */
    static int piece(MemorySegment vocabulary, int token, MemorySegment utf8, int capacity, boolean control) {
        try {
            int stripNothing = 0;
            return (int) PIECE.invokeExact(vocabulary, token, utf8, capacity, stripNothing, control);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }
}
