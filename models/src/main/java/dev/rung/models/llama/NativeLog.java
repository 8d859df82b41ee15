package dev.rung.models.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.Deque;

/** llama.cpp's own messages: kept from standard error, the last warnings and errors remembered to explain a failure. Thread-safe. */
final class NativeLog {
    private static final int KEPT = 8;
    // ggml_log_level in b4916: NONE 0, DEBUG 1, INFO 2, WARN 3, ERROR 4, CONT 5
    private static final int ERROR = 4;
    private static final int CONTINUED = 5;

    private static final Object LOCK = new Object();
    private static final Deque<String> LINES = new ArrayDeque<>();
    private static boolean keepContinued;

    private NativeLog() {}

    /** Sends the messages of a freshly opened library here. */
    static void install(SymbolLookup symbols) {
        Linker linker = Linker.nativeLinker();
        try {
            MemorySegment sink = linker.upcallStub(
                    MethodHandles.lookup()
                            .findStatic(
                                    NativeLog.class,
                                    "receive",
                                    MethodType.methodType(
                                            void.class, int.class, MemorySegment.class, MemorySegment.class)),
                    FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS),
                    Arena.global());
            linker.downcallHandle(symbols.findOrThrow("llama_log_set"), FunctionDescriptor.ofVoid(ADDRESS, ADDRESS))
                    .invokeExact(sink, MemorySegment.NULL);
        } catch (Throwable e) {
            throw Natives.unexpected(e);
        }
    }

    /** Forgets what was remembered, so that {@link #errors()} speaks of what comes next. */
    static void clear() {
        synchronized (LOCK) {
            LINES.clear();
        }
    }

    /** Returns the last error lines, joined; empty when there were none. */
    static String errors() {
        synchronized (LOCK) {
            return String.join("; ", LINES);
        }
    }

    // An exception must not leave this method: it would end the process.
    @SuppressWarnings("unused") // called from C
    private static void receive(int level, MemorySegment text, MemorySegment userData) {
        try {
            synchronized (LOCK) {
                keepContinued = level == CONTINUED ? keepContinued : level == ERROR;
                if (keepContinued) {
                    String line = text.reinterpret(Long.MAX_VALUE).getString(0).strip();
                    if (!line.isEmpty()) {
                        LINES.addLast(line);
                    }
                    if (LINES.size() > KEPT) {
                        LINES.removeFirst();
                    }
                }
            }
        } catch (RuntimeException | Error e) {
            // A message lost is no reason to lose the process.
        }
    }
}
