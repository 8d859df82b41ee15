package dev.rung.app.wiring;

import dev.rung.core.RungException;
import dev.rung.core.data.RegressionSet;
import dev.rung.core.data.TaskData;
import dev.rung.core.model.Encoder;
import dev.rung.core.model.ModelCard;
import dev.rung.core.rung.Release;
import dev.rung.core.rung.ReleaseId;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Task;
import dev.rung.intake.taskfile.TaskFolder;
import dev.rung.ladder.certificate.CertifiedOutcomes;
import dev.rung.ladder.certificate.CertifiedTask;
import dev.rung.ladder.climb.Guard;
import dev.rung.ladder.climb.Incumbent;
import dev.rung.ladder.climb.Progress;
import dev.rung.ladder.climb.Validated;
import dev.rung.store.Releases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The releases that a climb for the same task builds on, or is measured against. */
final class Forerunners {
    private final Wiring wiring;

    Forerunners(Wiring wiring) {
        this.wiring = wiring;
    }

    /** Returns the release in force, or else the newest one, loaded, if it can label what nobody has labelled; null otherwise. */
    @Nullable
    Validated validated(Task task, TaskData data, Progress progress) {
        Releases releases = wiring.ledger().releases();
        List<Release> all = releases.of(task.name());
        if (data.unlabelled().isEmpty() || all.isEmpty()) {
            return null;
        }
        Release release = releases.promoted(task.name()).orElse(all.getLast());
        Task certified = CertifiedTask.read(releases.folder(release.id()));
        if (!sameAnswers(task.output(), certified.output())) {
            return null;
        }
        progress.at("loading " + release.id() + " to label rows", 0, 0);
        try {
            // Under the task's rule as it is now, not as it was when the release was made.
            Solver solver = wiring.load(release, task);
            List<ModelCard> cards = new ArrayList<>();
            wiring.models(task, "serve").models().forEach(model -> cards.add(model.card()));
            Encoder encoder = wiring.encoderIfAny();
            if (encoder != null) {
                cards.add(encoder.card());
            }
            return new Validated(release.id(), solver, cards);
        } catch (RungException.Unavailable e) {
            return null; // what labelled before cannot be had here: the rows stay unlabelled
        }
    }

    private static boolean sameAnswers(OutputContract now, OutputContract then) {
        return now instanceof OutputContract.Labels labels
                && then instanceof OutputContract.Labels before
                && labels.descriptions().keySet().equals(before.descriptions().keySet())
                && Objects.equals(labels.outOfScope(), before.outOfScope());
    }

    /** Returns what a candidate must keep beside the bar: what was mended once, and, where the task names a margin, what the incumbent can do. */
    Guard guard(TaskFolder folder, List<RegressionSet> regressions) {
        Double margin = folder.rules().margin();
        if (margin == null) {
            return new Guard(regressions, null);
        }
        Releases releases = wiring.ledger().releases();
        ReleaseId named = folder.rules().incumbent();
        Release release =
                named == null ? releases.promoted(folder.task().name()).orElse(null) : releases.require(named);
        if (release == null) {
            return new Guard(regressions, null);
        }
        Path home = releases.folder(release.id());
        if (CertifiedTask.read(home).abstain() != null) {
            throw new RungException.WrongInput(
                    folder.file() + ": bar.not_worse_than_incumbent: found the incumbent "
                            + release.id()
                            + ", which may say that it does not know, expected one that always answers: where one of"
                            + " two is silent, neither is right or wrong. Name another under incumbent:, or leave the margin out");
        }
        return new Guard(
                regressions,
                new Incumbent(
                        release.id(),
                        release.solution().hash(),
                        margin,
                        CertifiedOutcomes.read(home),
                        () -> wiring.load(release, CertifiedTask.read(home))));
    }
}
