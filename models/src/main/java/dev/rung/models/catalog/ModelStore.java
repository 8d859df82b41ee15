package dev.rung.models.catalog;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.model.ModelId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.Map;

/**
 * The user's cache of weights, a folder for each model; thread-safe, also between processes.
 *
 * <p>A file is hashed in full the first time that it is opened; after that its size and the time of its last change vouch for it.
 */
public final class ModelStore {
    private final Path folder;

    public ModelStore(Path folder) {
        this.folder = folder;
    }

    /** Returns the store in the user's cache folder, or in the folder that {@code RUNG_MODELS} names. */
    public static ModelStore of(Map<String, String> environment) {
        String given = environment.get("RUNG_MODELS");
        return new ModelStore(
                given == null || given.isBlank()
                        ? UserFolders.cache(environment).resolve("rung/models")
                        : Path.of(given));
    }

    /** Returns the folder of all models. */
    public Path folder() {
        return folder;
    }

    /** Returns the folder of one model. */
    Path folder(ModelId id) {
        return folder.resolve(id.value());
    }

    /** Returns where a model's weights lie or would lie. */
    public Path file(ModelId id, Weights weights) {
        return switch (weights) {
            case Weights.OnDisk(Path file) -> file;
            case Weights.Fetched fetched -> folder(id).resolve(fetched.fileName());
        };
    }

    /** Tells whether a model's weights are there, by name and size. */
    public boolean has(ModelId id, Weights weights) {
        Path file = file(id, weights);
        try {
            return switch (weights) {
                case Weights.OnDisk onDisk -> Files.isRegularFile(file);
                case Weights.Fetched fetched -> Files.isRegularFile(file) && Files.size(file) == fetched.bytes();
            };
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Returns the hash of a model's weights, which are what the catalog says.
     *
     * @throws RungException.Unavailable when they are not there
     * @throws RungException.Corrupt when they are other weights
     */
    public Sha256 verified(ModelId id, Weights weights) {
        Path file = file(id, weights);
        try {
            Sha256 found = hash(file);
            if (weights instanceof Weights.Fetched fetched && !found.equals(fetched.hash())) {
                throw new RungException.Corrupt("the weights of " + id + " are damaged: found SHA-256 " + found.brief()
                        + ", expected " + fetched.hash().brief() + ". Delete " + file + " and pull them again");
            }
            return found;
        } catch (NoSuchFileException e) {
            throw new RungException.Unavailable("no weights of " + id + " at " + file, e);
        } catch (IOException e) {
            throw new RungException.Unavailable("cannot read the weights of " + id + " at " + file, e);
        }
    }

    private Sha256 hash(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        String state = now.size() + " " + now.lastModifiedTime().toInstant();
        Path note = folder.resolve(".checked")
                .resolve(Sha256.of(file.toRealPath().toString()).hex());
        if (Files.exists(note)) {
            String[] words = Files.readString(note).strip().split(" ", 2);
            if (words.length == 2 && words[1].equals(state)) {
                return new Sha256(words[0]);
            }
        }
        Sha256 hash = digest(file);
        remember(note, hash + " " + state);
        return hash;
    }

    static Sha256 digest(Path file) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 20];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return Sha256.of(digest);
    }

    private static void remember(Path note, String text) {
        try {
            Files.createDirectories(note.resolveSibling(".").normalize());
            Path part = Files.createTempFile(note.resolveSibling(".").normalize(), "note", ".part");
            Files.writeString(part, text, StandardCharsets.UTF_8);
            Files.move(part, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // A cache that cannot be written to only costs the time to hash again.
        }
    }
}
