package dev.rung.app.cli;

import dev.rung.core.RungException;
import dev.rung.core.rung.ReleaseId;
import dev.rung.core.task.TaskName;

/** Reads names that users type. */
final class Names {
    private Names() {}

    static TaskName task(String name) {
        if (!TaskName.isValid(name)) {
            throw new RungException.WrongInput("found the task name \"" + name
                    + "\", expected lower-case letters, digits and dashes, such as support-routing");
        }
        return new TaskName(name);
    }

    static ReleaseId release(String name) {
        try {
            return new ReleaseId(name);
        } catch (IllegalArgumentException e) {
            throw new RungException.WrongInput(
                    "found the release name \"" + name + "\", expected a task and a number, such as support-routing-1",
                    e);
        }
    }
}
