package dev.rung.models.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The C functions on grammars; arguments are passed on unchecked. */
final class SamplerCalls {
    private static final MethodHandle GRAMMAR =
            Natives.function("llama_sampler_init_grammar", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle APPLY = Natives.procedure("llama_sampler_apply", ADDRESS, ADDRESS);
    private static final MethodHandle ACCEPT = Natives.procedure("llama_sampler_accept", ADDRESS, JAVA_INT);
    private static final MethodHandle FREE = Natives.procedure("llama_sampler_free", ADDRESS);

    private SamplerCalls() {}

    /** Returns a null pointer when the grammar is wrong. */
    static MemorySegment grammar(MemorySegment vocabulary, MemorySegment text, MemorySegment root) {
        try {
            return (MemorySegment) GRAMMAR.invokeExact(vocabulary, text, root);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    /** Sets the score of every candidate that the grammar forbids to −∞. */
    static void apply(MemorySegment sampler, MemorySegment candidates) {
        try {
            APPLY.invokeExact(sampler, candidates);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    /** Moves the grammar on; ends the process when it forbids the token. */
    static void accept(MemorySegment sampler, int token) {
        try {
            ACCEPT.invokeExact(sampler, token);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    static void free(MemorySegment sampler) {
        try {
            FREE.invokeExact(sampler);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }
}
