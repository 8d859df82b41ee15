package dev.rung.ladder.climb;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Files that candidates need, kept by content, and the results of building them, kept by what they were built from, so that nothing is built twice.
 *
 * <p>Thread-safe, also between processes: files appear whole or not at all.
 */
public final class Artifacts {
    /** Keeps nothing, for climbs that come to no release: content has a hash, and no file. */
    public static final Artifacts FORGOTTEN = new Artifacts();

    private final @Nullable Path folder;

    public Artifacts(Path folder) {
        this.folder = folder;
    }

    private Artifacts() {
        this.folder = null;
    }

    /** Keeps {@code content} and returns its hash. */
    public Sha256 keep(byte[] content) {
        Sha256 hash = Sha256.of(content);
        if (folder != null && !Files.exists(file(hash))) {
            write(file(hash), content);
        }
        return hash;
    }

    /** Returns where the content with this hash lies. */
    public Path file(Sha256 hash) {
        return folder().resolve("content").resolve(hash.hex());
    }

    /** Returns the content with this hash, checked. */
    public byte[] read(Sha256 hash) {
        try {
            byte[] content = Files.readAllBytes(file(hash));
            if (!Sha256.of(content).equals(hash)) {
                throw new RungException.Corrupt(
                        "the artifact " + hash.brief() + " has changed; delete " + file(hash) + " and climb again");
            }
            return content;
        } catch (IOException e) {
            throw new RungException.Corrupt("cannot read the artifact " + file(hash) + "; climb again to build it", e);
        }
    }

    /** Returns the artifact that was built from {@code source} before, or null. */
    public @Nullable Sha256 built(Sha256 source) {
        if (folder == null) {
            return null;
        }
        Path note = folder.resolve("built").resolve(source.hex());
        try {
            if (!Files.exists(note)) {
                return null;
            }
            Sha256 hash = new Sha256(Files.readString(note).strip());
            return Files.exists(file(hash)) ? hash : null;
        } catch (IOException | IllegalArgumentException e) {
            return null; // an unreadable note is as good as none: the artifact is built again
        }
    }

    /** Notes that {@code artifact} was built from {@code source}: the hash of all that determines it. */
    public void noteBuilt(Sha256 source, Sha256 artifact) {
        if (folder != null) {
            write(folder.resolve("built").resolve(source.hex()), artifact.hex().getBytes(StandardCharsets.US_ASCII));
        }
    }

    private Path folder() {
        if (folder == null) {
            throw new IllegalStateException("artifacts that were not kept have no files");
        }
        return folder;
    }

    private static void write(Path file, byte[] content) {
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent == null) {
                throw new IllegalArgumentException("no folder for " + file);
            }
            Files.createDirectories(parent);
            Path part = Files.createTempFile(parent, ".part", "");
            Files.write(part, content);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
