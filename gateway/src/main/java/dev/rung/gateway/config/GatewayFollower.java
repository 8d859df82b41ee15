package dev.rung.gateway.config;

import dev.rung.core.RungException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows a configuration file: takes it up again whenever it changes, and keeps to what was right when it is wrong. For one thread.
 *
 * <p>A file that an editor is writing at that moment is wrong for once, and right the next time.
 */
public final class GatewayFollower {
    private final Path file;
    private final Map<String, String> environment;
    private final Set<String> local;
    private final Consumer<GatewaySettings> taken;
    private final Consumer<String> say;
    private @Nullable Stamp seen;
    private GatewaySettings settings;
    private volatile @Nullable String problem;

    private record Stamp(Object key, long modified, long size) {}

    /**
     * Follows {@code file} from what it says now.
     *
     * @param local the names of the models that this process can run, once their weights are here
     * @param taken given what each new version says
     * @param say told of changes and of errors, in sentences
     * @throws RungException.WrongInput when the file is wrong now
     */
    public GatewayFollower(
            Path file,
            Map<String, String> environment,
            Set<String> local,
            Consumer<GatewaySettings> taken,
            Consumer<String> say) {
        this.file = file;
        this.environment = Map.copyOf(environment);
        this.local = Set.copyOf(local);
        this.taken = taken;
        this.say = say;
        this.seen = stamp();
        this.settings = GatewayFile.read(file, environment, local);
    }

    public Path file() {
        return file;
    }

    /** Returns what was right last. */
    public GatewaySettings settings() {
        return settings;
    }

    /** Returns why the file as it is now is not in force, or null when it is. */
    public @Nullable String problem() {
        return problem;
    }

    /** Looks whether the file has changed, and takes it up. */
    public void look() {
        Stamp now = stamp();
        if (now == null || now.equals(seen)) {
            return;
        }
        seen = now;
        try {
            GatewaySettings read = GatewayFile.read(file, environment, local);
            problem = null;
            if (read.equals(settings)) {
                return;
            }
            settings = read;
            taken.accept(read);
            say.accept(file + " is taken up: " + read.plan().models().size() + " models");
        } catch (RungException e) {
            problem = String.valueOf(e.getMessage());
            say.accept(file + " is wrong, and the configuration before it stays in force:\n" + e.getMessage());
        }
    }

    private @Nullable Stamp stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Object key = attributes.fileKey();
            return new Stamp(
                    key == null ? "" : key, attributes.lastModifiedTime().toMillis(), attributes.size());
        } catch (IOException e) {
            return null; // gone for now, as while it is being replaced
        }
    }
}
