package dev.rung.bench.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * What {@code llama-bench} does, on the same library: {@code llama_decode} with the default settings and nothing else, neither scores copied out nor a token
 * chosen. So it takes arbitrary tokens in place of a text, as many as asked.
 */
final class BareLoop implements Contestant {
    // Their sizes and the places of what is set in them, as in llama.h of b4916; passed by value, so the whole size
    // counts.
    private static final StructLayout MODEL_PARAMS =
            MemoryLayout.structLayout(MemoryLayout.sequenceLayout(9, JAVA_LONG));
    private static final StructLayout CONTEXT_PARAMS =
            MemoryLayout.structLayout(MemoryLayout.sequenceLayout(15, JAVA_LONG));
    private static final StructLayout BATCH = MemoryLayout.structLayout(MemoryLayout.sequenceLayout(7, JAVA_LONG));
    private static final long N_CTX = 0;
    private static final long N_THREADS = 16;
    private static final long N_THREADS_BATCH = 20;

    private final Arena arena = Arena.ofShared();
    private final MethodHandle batchOf;
    private final MethodHandle decode;
    private final MethodHandle clear;
    private final MethodHandle free;
    private final MethodHandle freeModel;
    private final MemorySegment model;
    private final MemorySegment context;
    private final MemorySegment tokens = arena.allocate(JAVA_INT, EngineSpeed.CONTEXT);
    private final int promptTokens;

    /**
     * @param promptTokens how many tokens the text has that the others read
     */
    BareLoop(Path file, int threads, int promptTokens) {
        this.promptTokens = promptTokens;
        SymbolLookup library = SymbolLookup.libraryLookup(library(), arena);
        batchOf = bind(library, "llama_batch_get_one", FunctionDescriptor.of(BATCH, ADDRESS, JAVA_INT));
        decode = bind(library, "llama_decode", FunctionDescriptor.of(JAVA_INT, ADDRESS, BATCH));
        clear = bind(library, "llama_kv_self_clear", FunctionDescriptor.ofVoid(ADDRESS));
        free = bind(library, "llama_free", FunctionDescriptor.ofVoid(ADDRESS));
        freeModel = bind(library, "llama_model_free", FunctionDescriptor.ofVoid(ADDRESS));
        try {
            MemorySegment modelParams =
                    (MemorySegment) bind(library, "llama_model_default_params", FunctionDescriptor.of(MODEL_PARAMS))
                            .invokeExact((SegmentAllocator) arena);
            model = (MemorySegment)
                    bind(library, "llama_model_load_from_file", FunctionDescriptor.of(ADDRESS, ADDRESS, MODEL_PARAMS))
                            .invokeExact(arena.allocateFrom(file.toString()), modelParams);
            MemorySegment params =
                    (MemorySegment) bind(library, "llama_context_default_params", FunctionDescriptor.of(CONTEXT_PARAMS))
                            .invokeExact((SegmentAllocator) arena);
            params.set(JAVA_INT, N_CTX, EngineSpeed.CONTEXT);
            params.set(JAVA_INT, N_THREADS, threads);
            params.set(JAVA_INT, N_THREADS_BATCH, threads);
            context = (MemorySegment)
                    bind(library, "llama_init_from_model", FunctionDescriptor.of(ADDRESS, ADDRESS, CONTEXT_PARAMS))
                            .invokeExact(model, params);
        } catch (Throwable e) {
            throw new IllegalStateException("the native library cannot be used", e);
        }
        if (context.equals(MemorySegment.NULL)) {
            throw new IllegalStateException("no context for " + file);
        }
        for (int i = 0; i < EngineSpeed.CONTEXT; i++) {
            tokens.setAtIndex(JAVA_INT, i, 300 + 7 * i % 10_000);
        }
    }

    private static MethodHandle bind(SymbolLookup library, String name, FunctionDescriptor signature) {
        return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), signature);
    }

    // A copy of its own, so that no setting is shared with the other contestants.
    private static Path library() {
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
        String arch = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
        String name = mac ? "libjllama.dylib" : "libjllama.so";
        String resource = "/de/kherud/llama/" + (mac ? "Mac" : "Linux") + "/" + arch + "/" + name;
        try (InputStream in = BareLoop.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no " + resource);
            }
            Path copy = Files.createTempDirectory("bare-loop").resolve(name);
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            copy.toFile().deleteOnExit();
            return copy;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String name() {
        return "llama_decode alone";
    }

    @Override
    public Spent read(String text) {
        call(clear);
        Spent start = Spent.now();
        decode(0, promptTokens);
        return Spent.now().since(start);
    }

    @Override
    public Spent decode(String text, int count) {
        call(clear);
        decode(0, 8);
        Spent start = Spent.now();
        for (int i = 1; i < count; i++) {
            decode(7 + i, 1);
        }
        return Spent.now().since(start).dividedBy(count - 1);
    }

    private void decode(int from, int count) {
        int status;
        try {
            MemorySegment batch = (MemorySegment)
                    batchOf.invokeExact((SegmentAllocator) arena, tokens.asSlice(4L * from, 4L * count), count);
            status = (int) decode.invokeExact(context, batch);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        if (status != 0) {
            throw new IllegalStateException("llama_decode answered " + status);
        }
    }

    private void call(MethodHandle function) {
        try {
            function.invokeExact(context);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        call(free);
        try {
            freeModel.invokeExact(model);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        arena.close();
    }
}
