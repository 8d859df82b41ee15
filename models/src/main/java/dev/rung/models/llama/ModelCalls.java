package dev.rung.models.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The C functions on a model's weights and metadata; arguments are passed on unchecked. */
final class ModelCalls {
    private static final MethodHandle DEFAULTS = Natives.function("llama_model_default_params", Layouts.MODEL_PARAMS);
    private static final MethodHandle LOAD =
            Natives.function("llama_model_load_from_file", ADDRESS, ADDRESS, Layouts.MODEL_PARAMS);
    private static final MethodHandle FREE = Natives.procedure("llama_model_free", ADDRESS);
    private static final MethodHandle VOCAB = Natives.function("llama_model_get_vocab", ADDRESS, ADDRESS);
    private static final MethodHandle TRAINED_CONTEXT = Natives.function("llama_model_n_ctx_train", JAVA_INT, ADDRESS);
    private static final MethodHandle PARAMETERS = Natives.function("llama_model_n_params", JAVA_LONG, ADDRESS);
    private static final MethodHandle HAS_ENCODER = Natives.function("llama_model_has_encoder", JAVA_BOOLEAN, ADDRESS);
    private static final MethodHandle HAS_DECODER = Natives.function("llama_model_has_decoder", JAVA_BOOLEAN, ADDRESS);
    private static final MethodHandle IS_RECURRENT =
            Natives.function("llama_model_is_recurrent", JAVA_BOOLEAN, ADDRESS);
    private static final MethodHandle METADATA =
            Natives.function("llama_model_meta_val_str", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle CHAT_TEMPLATE =
            Natives.function("llama_model_chat_template", ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle APPLY_TEMPLATE = Natives.function(
            "llama_chat_apply_template", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_BOOLEAN, ADDRESS, JAVA_INT);
    private static final MethodHandle ADAPTER_LOAD =
            Natives.function("llama_adapter_lora_init", ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle ADAPTER_FREE = Natives.procedure("llama_adapter_lora_free", ADDRESS);

    private ModelCalls() {}

    static MemorySegment defaults(SegmentAllocator allocator) {
        try {
            return (MemorySegment) DEFAULTS.invokeExact(allocator);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    static MemorySegment load(MemorySegment path, MemorySegment params) {
        try {
            return (MemorySegment) LOAD.invokeExact(path, params);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    static void free(MemorySegment model) {
        try {
            FREE.invokeExact(model);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    static MemorySegment vocabulary(MemorySegment model) {
        try {
            return (MemorySegment) VOCAB.invokeExact(model);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    static int trainedContext(MemorySegment model) {
        try {
            return (int) TRAINED_CONTEXT.invokeExact(model);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    static long parameters(MemorySegment model) {
        try {
            return (long) PARAMETERS.invokeExact(model);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    /** Returns whether the model is a plain decoder: no encoder in front, no recurrent state in place of a cache. */
    static boolean isPlainDecoder(MemorySegment model) {
        try {
            boolean encoder = (boolean) HAS_ENCODER.invokeExact(model);
            boolean decoder = (boolean) HAS_DECODER.invokeExact(model);
            boolean recurrent = (boolean) IS_RECURRENT.invokeExact(model);
            return decoder && !encoder && !recurrent;
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    /** Returns a scalar of the GGUF metadata as text. */
    static Optional<String> metadata(MemorySegment model, String key) {
        try (Arena arena = Arena.ofConfined()) {
            int capacity = 256;
            MemorySegment buffer = arena.allocate(capacity);
            int length = (int) METADATA.invokeExact(model, arena.allocateFrom(key), buffer, (long) capacity);
            return length < 0 ? Optional.empty() : Optional.of(buffer.getString(0));
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    static Optional<String> chatTemplate(MemorySegment model) {
        try {
            MemorySegment text = (MemorySegment) CHAT_TEMPLATE.invokeExact(model, MemorySegment.NULL);
            return text.equals(MemorySegment.NULL)
                    ? Optional.empty()
                    : Optional.of(text.reinterpret(Long.MAX_VALUE).getString(0));
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    /** Returns the conversation in the template's form, with the assistant's turn opened; nothing when llama.cpp does not know the template. */
    static Optional<String> applyTemplate(String template, String[] roles, String[] contents) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment messages = arena.allocate(Layouts.CHAT_MESSAGE, roles.length);
            int capacity = 1024;
            for (int i = 0; i < roles.length; i++) {
                MemorySegment message =
                        messages.asSlice(i * Layouts.CHAT_MESSAGE.byteSize(), Layouts.CHAT_MESSAGE.byteSize());
                Layouts.set(message, Layouts.CHAT_MESSAGE, "role", arena.allocateFrom(roles[i]));
                Layouts.set(message, Layouts.CHAT_MESSAGE, "content", arena.allocateFrom(contents[i]));
                capacity += 1024 + 4 * contents[i].length();
            }
            MemorySegment text = arena.allocate(capacity);
            int length = (int) APPLY_TEMPLATE.invokeExact(
                    arena.allocateFrom(template), messages, (long) roles.length, true, text, capacity);
            if (length < 0 || length > capacity) {
                return Optional.empty();
            }
            return Optional.of(new String(
                    text.asSlice(0, length).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8));
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    static MemorySegment loadAdapter(MemorySegment model, MemorySegment path) {
        try {
            return (MemorySegment) ADAPTER_LOAD.invokeExact(model, path);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    static void freeAdapter(MemorySegment adapter) {
        try {
            ADAPTER_FREE.invokeExact(adapter);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }
}
