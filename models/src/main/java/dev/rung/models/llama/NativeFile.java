package dev.rung.models.llama;

import dev.rung.core.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The native library as a file in the user's cache, taken from the jar once. */
final class NativeFile {
    private NativeFile() {}

    /** Returns the folder below which libraries are kept: {@code $XDG_CACHE_HOME/rung/natives} or {@code ~/.cache/rung/natives}. */
    static Path defaultFolder() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path cache = configured != null && Path.of(configured).isAbsolute()
                ? Path.of(configured)
                : Path.of(System.getProperty("user.home"), ".cache");
        return cache.resolve("rung").resolve("natives");
    }

    /**
     * Returns the platform's library below {@code folder}, extracting it if it is not there in full.
     *
     * <p>A file of the right size in the folder named by its digest was put there by a rename after its bytes had been verified, so later starts look at
     * the size alone. Safe to call from several processes at once.
     *
     * @throws IOException when the jar has no such library, its bytes are not the expected ones, or the folder cannot be written
     */
    static Path extract(NativePlatform platform, Path folder) throws IOException {
        Path home = folder.resolve("llama-b4916-" + platform.sha256().substring(0, 12));
        Path library = home.resolve(platform.fileName());
        if (Files.isRegularFile(library) && Files.size(library) == platform.bytes()) {
            return library;
        }
        byte[] content = read(platform);
        String found = Sha256.of(content).hex();
        if (!found.equals(platform.sha256())) {
            throw new IOException("the library " + platform.resource() + " on the class path has SHA-256 " + found
                    + ", expected " + platform.sha256() + " (de.kherud:llama 4.2.0)");
        }
        Files.createDirectories(home);
        Path partial = Files.createTempFile(home, platform.fileName(), ".part");
        try {
            Files.write(partial, content);
            Files.move(partial, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
        return library;
    }

    private static byte[] read(NativePlatform platform) throws IOException {
        try (InputStream in = NativeFile.class.getResourceAsStream(platform.resource())) {
            if (in == null) {
                throw new IOException("no " + platform.resource() + " on the class path");
            }
            return in.readAllBytes();
        }
    }
}
