package dev.rung.gateway.route;

import dev.rung.core.rung.Release;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.Task;

/** A promoted release, the task that it answers, and its loaded solver. */
public record Served(Release release, Task task, Solver solver) {
    public Served {
        if (!release.task().equals(task.name())) {
            throw new IllegalArgumentException(
                    "release " + release.id() + " answers " + release.task() + ", not " + task.name());
        }
    }
}
