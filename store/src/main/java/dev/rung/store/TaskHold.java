package dev.rung.store;

import dev.rung.core.RungException;
import dev.rung.core.task.TaskName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The right to climb for a task, which one process has at a time; ends when closed, and with the process that has it. */
public final class TaskHold implements AutoCloseable {
    private static final String HOLDER = "holder";

    private final TaskName task;
    private final FolderLock lock;

    private TaskHold(TaskName task, FolderLock lock) {
        this.task = task;
        this.lock = lock;
    }

    static TaskHold take(Path holds, TaskName task, Consumer<String> waiting) {
        Path folder = holds.resolve(task.value());
        boolean told = false;
        while (true) {
            Optional<FolderLock> lock = FolderLock.tryTake(folder);
            if (lock.isPresent()) {
                note(folder);
                return new TaskHold(task, lock.get());
            }
            if (!told) {
                waiting.accept(holder(folder));
                told = true;
            }
            Pause.briefly();
        }
    }

    public TaskName task() {
        return task;
    }

    private static void note(Path folder) {
        try {
            Files.writeString(
                    folder.resolve(HOLDER),
                    Long.toString(ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw new RungException.Unavailable("cannot write into " + folder + ": " + e.getMessage(), e);
        }
    }

    private static String holder(Path folder) {
        try {
            return "process " + Files.readString(folder.resolve(HOLDER), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "another process"; // it has the lock and has not said yet who it is
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}
