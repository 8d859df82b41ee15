package dev.rung.models.embed;

import dev.rung.core.RungException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Keeps ONNX Runtime from reporting to its maker.
 *
 * <p>From 1.29 its official libraries for Linux and macOS read the machine's id and this process's command line, keep a device id and a database in the
 * user's cache folder, and upload events, unless the environment variable {@code ORT_DISABLE_TELEMETRY} is 1 before the library is initialised; no call of
 * its API comes early enough. A long command line moreover overflows the stack of its regular expressions and ends the process. Java cannot change its
 * own environment, hence the C library's {@code setenv}. Elsewhere the libraries have no such uploader.
 */
final class NoTelemetry {
    private static final String VARIABLE = "ORT_DISABLE_TELEMETRY";
    private static final String OFF = "1";

    private NoTelemetry() {}

    /**
     * Sets the variable for this process, before ONNX Runtime is loaded.
     *
     * @throws RungException.Unavailable when that cannot be done: an encoder that reports is not to be used
     */
    static synchronized void ensure() {
        if (OFF.equals(System.getenv(VARIABLE))
                || System.getProperty("os.name", "").startsWith("Windows")) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        MethodHandle setenv = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setenv"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(VARIABLE);
            MemorySegment value = arena.allocateFrom(OFF);
            int failed = (int) setenv.invokeExact(name, value, 1);
            if (failed != 0) {
                throw new RungException.Unavailable(
                        "the encoder is not used: ONNX Runtime would report to its maker, since " + VARIABLE
                                + " could not be set; set it to 1 yourself");
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new RungException.Unavailable(
                    "the encoder is not used: ONNX Runtime would report to its maker; set " + VARIABLE + "=1 yourself",
                    e);
        }
    }
}
