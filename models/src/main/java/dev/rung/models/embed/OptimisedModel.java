package dev.rung.models.embed;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An ONNX model as ONNX Runtime rewrites it, kept in the cache folder: loading it takes half the time.
 *
 * <p>A kept file's name ends in its checksum, which is checked at every load, so a damaged file is made again instead of
 * answering wrongly.
 */
final class OptimisedModel {
    private static final String EXTENSION = ".onnx";

    private final Path folder;
    private final String name;

    /** @param name tells apart everything that the rewritten model depends on */
    OptimisedModel(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /** Returns a session on the kept model, or on {@code model}, which is then rewritten and kept where possible. */
    OrtSession open(OrtEnvironment environment, ResourceFile model) throws IOException, OrtException {
        Path kept = kept();
        if (kept != null) {
            try (SessionOptions options = options(OptLevel.NO_OPT)) {
                return environment.createSession(kept.toString(), options);
            }
        }
        byte[] bytes;
        try (var in = model.open()) {
            bytes = in.readAllBytes();
        }
        try (SessionOptions options = options(OptLevel.EXTENDED_OPT)) {
            Path partial = partial();
            if (partial == null) {
                return environment.createSession(bytes, options);
            }
            options.setOptimizedModelFilePath(partial.toString());
            OrtSession session = environment.createSession(bytes, options);
            Files.move(
                    partial,
                    folder.resolve(name + "-" + checksum(partial) + EXTENSION),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return session;
        }
    }

    /** One thread a run: texts are short, and several are embedded side by side instead. */
    private static SessionOptions options(OptLevel level) throws OrtException {
        SessionOptions options = new SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.setOptimizationLevel(level);
        return options;
    }

    private @Nullable Path kept() throws IOException {
        if (!Files.isDirectory(folder)) {
            return null;
        }
        try (var files = Files.newDirectoryStream(folder, name + "-*" + EXTENSION)) {
            for (Path file : files) {
                if (file.getFileName().toString().equals(name + "-" + checksum(file) + EXTENSION)) {
                    return file;
                }
                Files.deleteIfExists(file);
            }
        }
        return null;
    }

    private @Nullable Path partial() {
        try {
            return Files.createTempFile(Files.createDirectories(folder), "optimising-", EXTENSION);
        } catch (IOException nowhereToKeepIt) {
            return null;
        }
    }

    private static String checksum(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            CRC32C checksum = new CRC32C();
            checksum.update(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
            return Long.toHexString(checksum.getValue());
        }
    }
}
