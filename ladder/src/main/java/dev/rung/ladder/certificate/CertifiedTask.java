package dev.rung.ladder.certificate;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.core.model.Residency;
import dev.rung.core.task.Bar;
import dev.rung.core.task.ChangeRate;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Task;
import dev.rung.core.task.TaskName;
import dev.rung.json.JsonText;
import java.nio.file.Path;
import java.util.List;

/** The task that a release answers, as its certificate tells it: what binds answers, without the goal's words and the labels' descriptions. */
public final class CertifiedTask {
    private CertifiedTask() {}

    /**
     * Reads the task of the release in {@code folder}.
     *
     * @throws RungException.Corrupt when the certificate does not tell it
     */
    public static Task read(Path folder) {
        try {
            Json.Obj task = ((Json.Obj) JsonText.read(folder.resolve(Certificate.FILE))).object("task");
            OutputContract output = TaskJson.contract(task.object("output"));
            Bar bar = TaskJson.bar(task.object("bar"));
            return new Task(
                    new TaskName(task.string("name")),
                    "",
                    output,
                    bar,
                    Residency.valueOf(task.string("data")),
                    null,
                    ChangeRate.RARELY,
                    TaskJson.cascade(task, bar, output),
                    TaskJson.abstain(task),
                    null,
                    List.of());
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new RungException.Corrupt(
                    "the certificate in " + folder + " does not say what a certificate says: " + e.getMessage(), e);
        }
    }
}
