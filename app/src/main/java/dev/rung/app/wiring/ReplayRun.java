package dev.rung.app.wiring;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.data.Example;
import dev.rung.core.data.ExampleId;
import dev.rung.core.data.SealedExamples;
import dev.rung.core.json.Json;
import dev.rung.core.model.ModelId;
import dev.rung.core.model.SavedCalls;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Solution;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.Task;
import dev.rung.intake.taskfile.TaskFolder;
import dev.rung.json.JsonText;
import dev.rung.ladder.certificate.Certificate;
import dev.rung.ladder.certificate.CertifiedTask;
import dev.rung.ladder.certificate.Replay;
import dev.rung.ladder.climb.Progress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A certified solution, loaded from its release's folder and asked the sealed questions of its task once more; no answer comes from the saved ones. */
public final class ReplayRun implements Replay, AutoCloseable {
    private final Solver solver;
    private final SealedExamples sealed;
    private final Progress progress;
    private final Map<ExampleId, String> inputs = new HashMap<>();
    private int opened;
    private int asked;

    private ReplayRun(Solver solver, SealedExamples sealed, Progress progress) {
        this.solver = solver;
        this.sealed = sealed;
        this.progress = progress;
    }

    /**
     * Loads the solution in {@code release}, a release's folder, and the sealed rows that it was certified on.
     *
     * @param task the folder of the task; null for the one that was climbed last
     * @throws RungException.WrongInput when there is no such folder, nothing was certified, or the sealed rows have changed since
     */
    public static ReplayRun of(Wiring wiring, Path release, @Nullable Path task, Progress progress) {
        Json.Obj certificate = (Json.Obj) JsonText.read(release.resolve(Certificate.FILE));
        if (certificate.get("winner") instanceof Json.Nil) {
            throw new RungException.WrongInput(
                    release + " certifies no solution that could be asked again; verify it without --replay");
        }
        Task certified = CertifiedTask.read(release);
        Path folder = task == null ? wiring.lastClimbed(certified.name()) : task;
        SealedExamples sealed = TaskRows.load(wiring, TaskFolder.read(folder)).sealed();
        String wanted =
                certificate.object("data").object("splits").object("sealed").string("sha256");
        if (!sealed.hash().hex().equals(wanted)) {
            throw new RungException.WrongInput(folder + ": found sealed examples with the hash "
                    + sealed.hash().brief() + ", expected " + wanted.substring(0, 12)
                    + ", those that were certified. Restore the examples as they were, or name the folder that"
                    + " has them");
        }
        Solution solution = Solution.fromJson((Json.Obj) JsonText.read(release.resolve("solution.json")));
        Solver solver = wiring.load(
                solution,
                release.resolve("artifacts"),
                certified,
                new Unsaved(),
                String.valueOf(release.getFileName()));
        return new ReplayRun(solver, sealed, progress);
    }

    @Override
    public Answer answer(ExampleId example) {
        while (!inputs.containsKey(example) && opened < sealed.size()) {
            Example row = sealed.open(opened++, "replay");
            inputs.put(row.id(), row.input());
        }
        String input = inputs.get(example);
        if (input == null) {
            throw new IllegalStateException("no sealed row " + example);
        }
        progress.at("asking again", ++asked, sealed.size());
        return solver.answer(input);
    }

    @Override
    public void close() {
        solver.close();
    }

    /** Keeps nothing and finds nothing, so that each model is really asked. */
    private record Unsaved() implements SavedCalls {
        @Override
        public Json.@Nullable Obj find(Sha256 key) {
            return null;
        }

        @Override
        public void save(Sha256 key, ModelId model, Json.Obj request, Json.Obj answer) {}
    }
}
