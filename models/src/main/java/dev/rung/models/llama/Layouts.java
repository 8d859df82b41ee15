package dev.rung.models.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.util.ArrayList;
import java.util.List;

/** The C structs of llama.cpp b4916 that cross the border, member by member in the order of its {@code llama.h}. */
final class Layouts {
    static final StructLayout MODEL_PARAMS = MemoryLayout.structLayout(
            ADDRESS.withName("devices"),
            JAVA_INT.withName("n_gpu_layers"),
            JAVA_INT.withName("split_mode"),
            JAVA_INT.withName("main_gpu"),
            MemoryLayout.paddingLayout(4),
            ADDRESS.withName("tensor_split"),
            ADDRESS.withName("progress_callback"),
            ADDRESS.withName("progress_callback_user_data"),
            ADDRESS.withName("kv_overrides"),
            JAVA_BOOLEAN.withName("vocab_only"),
            JAVA_BOOLEAN.withName("use_mmap"),
            JAVA_BOOLEAN.withName("use_mlock"),
            JAVA_BOOLEAN.withName("check_tensors"),
            MemoryLayout.paddingLayout(4));

    static final StructLayout CONTEXT_PARAMS = MemoryLayout.structLayout(
            JAVA_INT.withName("n_ctx"),
            JAVA_INT.withName("n_batch"),
            JAVA_INT.withName("n_ubatch"),
            JAVA_INT.withName("n_seq_max"),
            JAVA_INT.withName("n_threads"),
            JAVA_INT.withName("n_threads_batch"),
            JAVA_INT.withName("rope_scaling_type"),
            JAVA_INT.withName("pooling_type"),
            JAVA_INT.withName("attention_type"),
            JAVA_FLOAT.withName("rope_freq_base"),
            JAVA_FLOAT.withName("rope_freq_scale"),
            JAVA_FLOAT.withName("yarn_ext_factor"),
            JAVA_FLOAT.withName("yarn_attn_factor"),
            JAVA_FLOAT.withName("yarn_beta_fast"),
            JAVA_FLOAT.withName("yarn_beta_slow"),
            JAVA_INT.withName("yarn_orig_ctx"),
            JAVA_FLOAT.withName("defrag_thold"),
            MemoryLayout.paddingLayout(4),
            ADDRESS.withName("cb_eval"),
            ADDRESS.withName("cb_eval_user_data"),
            JAVA_INT.withName("type_k"),
            JAVA_INT.withName("type_v"),
            JAVA_BOOLEAN.withName("logits_all"),
            JAVA_BOOLEAN.withName("embeddings"),
            JAVA_BOOLEAN.withName("offload_kqv"),
            JAVA_BOOLEAN.withName("flash_attn"),
            JAVA_BOOLEAN.withName("no_perf"),
            MemoryLayout.paddingLayout(3),
            ADDRESS.withName("abort_callback"),
            ADDRESS.withName("abort_callback_data"));

    static final StructLayout BATCH = MemoryLayout.structLayout(
            JAVA_INT.withName("n_tokens"),
            MemoryLayout.paddingLayout(4),
            ADDRESS.withName("token"),
            ADDRESS.withName("embd"),
            ADDRESS.withName("pos"),
            ADDRESS.withName("n_seq_id"),
            ADDRESS.withName("seq_id"),
            ADDRESS.withName("logits"));

    static final StructLayout CHAT_MESSAGE =
            MemoryLayout.structLayout(ADDRESS.withName("role"), ADDRESS.withName("content"));

    /** One candidate token: {@code int id, float logit, float p}. */
    static final StructLayout TOKEN_DATA =
            MemoryLayout.structLayout(JAVA_INT.withName("id"), JAVA_FLOAT.withName("logit"), JAVA_FLOAT.withName("p"));

    static final StructLayout TOKEN_DATA_ARRAY = MemoryLayout.structLayout(
            ADDRESS.withName("data"),
            JAVA_LONG.withName("size"),
            JAVA_LONG.withName("selected"),
            JAVA_BOOLEAN.withName("sorted"),
            MemoryLayout.paddingLayout(7));

    private Layouts() {}

    static long offset(StructLayout struct, String member) {
        return struct.byteOffset(PathElement.groupElement(member));
    }

    static void set(MemorySegment struct, StructLayout layout, String member, int value) {
        struct.set(JAVA_INT, offset(layout, member), value);
    }

    static void set(MemorySegment struct, StructLayout layout, String member, boolean value) {
        struct.set(JAVA_BOOLEAN, offset(layout, member), value);
    }

    static void set(MemorySegment struct, StructLayout layout, String member, MemorySegment value) {
        struct.set(ADDRESS, offset(layout, member), value);
    }

    /**
     * Asks the library for its default parameters and returns every member that is not what b4916 documents: a layout that does not fit would show here,
     * before it could do harm.
     */
    static List<String> surprises(SymbolLookup symbols) {
        List<String> found = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment model = defaults(symbols, "llama_model_default_params", MODEL_PARAMS, arena);
            expect(found, "split_mode", 1, model.get(JAVA_INT, offset(MODEL_PARAMS, "split_mode")));
            expect(
                    found,
                    "kv_overrides",
                    0L,
                    model.get(ADDRESS, offset(MODEL_PARAMS, "kv_overrides")).address());
            expectByte(found, model, MODEL_PARAMS, "vocab_only", 0);
            expectByte(found, model, MODEL_PARAMS, "use_mmap", 1);
            expectByte(found, model, MODEL_PARAMS, "check_tensors", 0);
            MemorySegment context = defaults(symbols, "llama_context_default_params", CONTEXT_PARAMS, arena);
            expect(found, "n_ctx", 512, context.get(JAVA_INT, offset(CONTEXT_PARAMS, "n_ctx")));
            expect(found, "n_batch", 2048, context.get(JAVA_INT, offset(CONTEXT_PARAMS, "n_batch")));
            expect(found, "n_seq_max", 1, context.get(JAVA_INT, offset(CONTEXT_PARAMS, "n_seq_max")));
            expect(found, "yarn_beta_fast", 32f, context.get(JAVA_FLOAT, offset(CONTEXT_PARAMS, "yarn_beta_fast")));
            expect(found, "defrag_thold", -1f, context.get(JAVA_FLOAT, offset(CONTEXT_PARAMS, "defrag_thold")));
            int halfPrecision = 1;
            expect(found, "type_k", halfPrecision, context.get(JAVA_INT, offset(CONTEXT_PARAMS, "type_k")));
            expect(found, "type_v", halfPrecision, context.get(JAVA_INT, offset(CONTEXT_PARAMS, "type_v")));
            expectByte(found, context, CONTEXT_PARAMS, "embeddings", 0);
            expectByte(found, context, CONTEXT_PARAMS, "offload_kqv", 1);
            expectByte(found, context, CONTEXT_PARAMS, "no_perf", 1);
            expect(
                    found,
                    "abort_callback",
                    0L,
                    context.get(ADDRESS, offset(CONTEXT_PARAMS, "abort_callback"))
                            .address());
        }
        return found;
    }

    private static MemorySegment defaults(SymbolLookup symbols, String function, StructLayout layout, Arena arena) {
        try {
            return (MemorySegment) Linker.nativeLinker()
                    .downcallHandle(symbols.findOrThrow(function), FunctionDescriptor.of(layout))
                    .invokeExact((SegmentAllocator) arena);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    private static void expectByte(
            List<String> found, MemorySegment struct, StructLayout layout, String member, int expected) {
        expect(found, member, expected, (int)
                struct.get(java.lang.foreign.ValueLayout.JAVA_BYTE, offset(layout, member)));
    }

    private static void expect(List<String> found, String member, Number expected, Number actual) {
        if (!expected.equals(actual)) {
            found.add(member + " is " + actual + ", not " + expected);
        }
    }
}
