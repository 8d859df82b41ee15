package dev.rung.intake.taskfile;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Task;
import dev.rung.intake.examples.OutputKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task with the folder that it was read from.
 *
 * @param file the task file in it
 * @param documents files and folders for rungs that retrieve
 * @param judge of a task that answers in text, or null where the task names none
 * @param seed of every random choice
 * @param spec the hash of the task file's bytes
 * @param rules for releases, beside the bar
 * @param waivers what the task puts up with, and why
 * @param notices what a user should know and that stops nothing
 */
public record TaskFolder(
        Task task,
        Path folder,
        Path file,
        Sources sources,
        SplitPlan splits,
        List<Path> documents,
        @Nullable JudgeSource judge,
        long seed,
        Sha256 spec,
        ReleaseRules rules,
        Waivers waivers,
        List<String> notices) {
    private static final List<String> NAMES = List.of("task.yaml", "task.yml");

    public TaskFolder {
        documents = List.copyOf(documents);
        notices = List.copyOf(notices);
    }

    /** Reads the task in {@code path}: a folder with a task file, or the file; environment variables come from this process. */
    public static TaskFolder read(Path path) {
        return read(path, System.getenv());
    }

    /**
     * Reads the task in {@code path}: a folder with a task file, or the file.
     *
     * @param environment for {@code ${NAME:-default}} in paths
     * @throws RungException.WrongInput that lists everything that is wrong with the file
     */
    public static TaskFolder read(Path path, Map<String, String> environment) {
        Path file = file(path);
        try {
            return new TaskResolver(file, environment).resolve(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Returns this with another seed. */
    public TaskFolder seeded(long other) {
        return new TaskFolder(
                task, folder, file, sources, splits, documents, judge, other, spec, rules, waivers, notices);
    }

    /** Returns this folder with another task read from it, such as one with its judge bound. */
    public TaskFolder with(Task other) {
        return new TaskFolder(
                other, folder, file, sources, splits, documents, judge, seed, spec, rules, waivers, notices);
    }

    /** Returns what the examples' output columns hold. */
    public OutputKind outputKind() {
        return outputKind(task.output());
    }

    static OutputKind outputKind(OutputContract contract) {
        return switch (contract) {
            case OutputContract.Labels labels -> OutputKind.LABELS;
            case OutputContract.Fields fields -> OutputKind.FIELDS;
            case OutputContract.Text text -> OutputKind.TEXT;
        };
    }

    private static Path file(Path path) {
        if (Files.isRegularFile(path)) {
            return path;
        }
        for (String name : NAMES) {
            if (Files.isRegularFile(path.resolve(name))) {
                return path.resolve(name);
            }
        }
        throw new RungException.WrongInput(
                Files.isDirectory(path)
                        ? path
                                + ": found a folder without task.yaml, expected a task folder. Write one;"
                                + " docs/schema/task.schema.json says how"
                        : path + ": found nothing there, expected a task folder. Check the path");
    }
}
