package dev.rung.models.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;

/** The C functions on a context, which is the model's working memory; arguments are passed on unchecked. */
final class ContextCalls {
    private static final MethodHandle DEFAULTS =
            Natives.function("llama_context_default_params", Layouts.CONTEXT_PARAMS);
    private static final MethodHandle CREATE =
            Natives.function("llama_init_from_model", ADDRESS, ADDRESS, Layouts.CONTEXT_PARAMS);
    private static final MethodHandle FREE = Natives.procedure("llama_free", ADDRESS);
    private static final MethodHandle CAPACITY = Natives.function("llama_n_ctx", JAVA_INT, ADDRESS);
    private static final MethodHandle USED_CELLS = Natives.function("llama_kv_self_used_cells", JAVA_INT, ADDRESS);
    private static final MethodHandle DECODE = Natives.function("llama_decode", JAVA_INT, ADDRESS, Layouts.BATCH);
    private static final MethodHandle LOGITS = Natives.function("llama_get_logits_ith", ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle CLEAR = Natives.procedure("llama_kv_self_clear", ADDRESS);
    private static final MethodHandle REMOVE =
            Natives.function("llama_kv_self_seq_rm", JAVA_BOOLEAN, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle COPY =
            Natives.procedure("llama_kv_self_seq_cp", ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SET_THREADS =
            Natives.procedure("llama_set_n_threads", ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle SET_ADAPTER =
            Natives.function("llama_set_adapter_lora", JAVA_INT, ADDRESS, ADDRESS, JAVA_FLOAT);
    private static final MethodHandle CLEAR_ADAPTERS = Natives.procedure("llama_clear_adapter_lora", ADDRESS);

    private ContextCalls() {}

    static MemorySegment defaults(SegmentAllocator allocator) {
        try {
            return (MemorySegment) DEFAULTS.invokeExact(allocator);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    static MemorySegment create(MemorySegment model, MemorySegment params) {
        try {
            return (MemorySegment) CREATE.invokeExact(model, params);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    static void free(MemorySegment context) {
        try {
            FREE.invokeExact(context);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    static int capacity(MemorySegment context) {
        try {
            return (int) CAPACITY.invokeExact(context);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    /** Returns how many places of the cache are taken. */
    static int usedCells(MemorySegment context) {
        try {
            return (int) USED_CELLS.invokeExact(context);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    /** Returns 0 on success, 1 when no room was left, 2 when stopped, and a negative number on failure. */
    static int decode(MemorySegment context, MemorySegment batch) {
        try {
            return (int) DECODE.invokeExact(context, batch);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    static MemorySegment logits(MemorySegment context, int indexInBatch) {
        try {
            return (MemorySegment) LOGITS.invokeExact(context, indexInBatch);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    static void clear(MemorySegment context) {
        try {
            CLEAR.invokeExact(context);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    /** Forgets positions {@code from} (inclusive) to {@code to} (exclusive; −1 for all that follow) of a sequence. */
    static boolean remove(MemorySegment context, int sequence, int from, int to) {
        try {
            return (boolean) REMOVE.invokeExact(context, sequence, from, to);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    static void copy(MemorySegment context, int source, int target, int from, int to) {
        try {
            COPY.invokeExact(context, source, target, from, to);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    static void setThreads(MemorySegment context, int forOneToken, int forMany) {
        try {
            SET_THREADS.invokeExact(context, forOneToken, forMany);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    /** Returns 0 on success. */
    static int setAdapter(MemorySegment context, MemorySegment adapter, float scale) {
        try {
            return (int) SET_ADAPTER.invokeExact(context, adapter, scale);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    static void clearAdapters(MemorySegment context) {
        try {
            CLEAR_ADAPTERS.invokeExact(context);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }
}
