package dev.rung.models.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.rung.core.RungException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one llama.cpp library of this process.
 *
 * <p>Nothing is touched before the first call, so a program that never asks for a local model pays nothing. Thread-safe.
 */
final class Natives {
    /** The build that the struct layouts and signatures in this package belong to. */
    static final int BUILD = 4916;

    // About 30 microseconds: as fast as the default on an idle machine, up to 1.7 times as fast beside busy neighbours.
    private static final String SPINS = "2000";

    private Natives() {}

    private sealed interface Binding {
        record Bound(SymbolLookup symbols) implements Binding {}

        record Missing(String reason, @Nullable Throwable cause) implements Binding {}
    }

    private static final class Holder {
        static final Binding BINDING = bind();
    }

    /** Returns why no local model can run on this machine, or nothing when they can. */
    static Optional<String> missing() {
        return switch (Holder.BINDING) {
            case Binding.Bound bound -> Optional.empty();
            case Binding.Missing(String reason, Throwable cause) -> Optional.of(reason);
        };
    }

    /** Throws {@link RungException.Unavailable} with the reason when the library cannot be bound. */
    static void require() {
        symbols();
    }

    private static SymbolLookup symbols() {
        return switch (Holder.BINDING) {
            case Binding.Bound(SymbolLookup symbols) -> symbols;
            case Binding.Missing(String reason, @Nullable Throwable cause) ->
                throw cause == null
                        ? new RungException.Unavailable(reason)
                        : new RungException.Unavailable(reason, cause);
        };
    }

    /** Binds a function that returns {@code result}. */
    static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return link(symbols(), name, FunctionDescriptor.of(result, arguments));
    }

    /** Binds a function that returns nothing. */
    static MethodHandle procedure(String name, MemoryLayout... arguments) {
        return link(symbols(), name, FunctionDescriptor.ofVoid(arguments));
    }

    /** Turns what a method handle throws, which C code cannot, into an error. */
    static AssertionError unexpected(Throwable thrown) {
        return new AssertionError("a native call failed in Java", thrown);
    }

    private static MethodHandle link(SymbolLookup symbols, String name, FunctionDescriptor signature) {
        return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), signature);
    }

    private static Binding bind() {
        String os = System.getProperty("os.name");
        String arch = System.getProperty("os.arch");
        Optional<NativePlatform> platform = NativePlatform.of(os, arch);
        if (platform.isEmpty()) {
            return new Binding.Missing(
                    "local models need Linux or macOS on x86_64 or aarch64; this is " + os + " on " + arch, null);
        }
        Path library;
        try {
            library = NativeFile.extract(platform.get(), NativeFile.defaultFolder());
        } catch (IOException e) {
            return new Binding.Missing("llama.cpp's library cannot be put into the cache: " + e, e);
        }
        return open(library);
    }

    /** Opens and checks a library; package-private so that what is not llama.cpp can be tried. */
    private static Binding open(Path library) {
        SymbolLookup symbols;
        shortenSpinning();
        try {
            symbols = SymbolLookup.libraryLookup(library, Arena.global());
        } catch (IllegalArgumentException e) {
            return new Binding.Missing("llama.cpp's library cannot be loaded: " + loaderMessage(library), e);
        } catch (IllegalCallerException e) {
            return new Binding.Missing(
                    "native access is denied to Rung: start Java with --enable-native-access=ALL-UNNAMED", e);
        }
        try {
            int build = symbols.findOrThrow("LLAMA_BUILD_NUMBER")
                    .reinterpret(JAVA_INT.byteSize())
                    .get(JAVA_INT, 0);
            if (build != BUILD) {
                return new Binding.Missing("the library is llama.cpp build " + build + ", expected " + BUILD, null);
            }
            List<String> surprises = Layouts.surprises(symbols);
            if (!surprises.isEmpty()) {
                return new Binding.Missing("llama.cpp's structs are not laid out as expected: " + surprises, null);
            }
            NativeLog.install(symbols);
            return new Binding.Bound(symbols);
        } catch (RuntimeException | LinkageError e) {
            return new Binding.Missing("llama.cpp's library cannot be bound: " + e, e);
        }
    }

    // By default GNU's OpenMP lets a thread spin for milliseconds at every barrier, which beside busy neighbours burns
    // the very cores it waits for. It
    // reads the variable when it is loaded, which is now; what the user has set holds. Children of this process do not
    // see it.
    private static void shortenSpinning() {
        Optional<MemorySegment> setenv = Linker.nativeLinker().defaultLookup().find("setenv");
        if (setenv.isEmpty() || System.getenv("OMP_WAIT_POLICY") != null) {
            return;
        }
        MethodHandle set = Linker.nativeLinker()
                .downcallHandle(setenv.get(), FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int keepTheUsers = 0;
            int status = (int)
                    set.invokeExact(arena.allocateFrom("GOMP_SPINCOUNT"), arena.allocateFrom(SPINS), keepTheUsers);
            assert status == 0 : "setenv failed";
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    // Java's own exception names only the file; the C library's loader says which dependency is missing.
    private static String loaderMessage(Path library) {
        SymbolLookup system = Linker.nativeLinker().defaultLookup();
        if (system.find("dlopen").isEmpty() || system.find("dlerror").isEmpty()) {
            return library.toString();
        }
        MethodHandle open = link(system, "dlopen", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
        MethodHandle error = link(system, "dlerror", FunctionDescriptor.of(ADDRESS));
        int bindNow = 2;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = (MemorySegment) open.invokeExact(arena.allocateFrom(library.toString()), bindNow);
            MemorySegment message = (MemorySegment) error.invokeExact();
            if (!handle.equals(MemorySegment.NULL) || message.equals(MemorySegment.NULL)) {
                return library.toString();
            }
            String text = message.reinterpret(Long.MAX_VALUE).getString(0);
            return text.contains("libgomp") ? text + " (install the package libgomp1)" : text;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }
}
