package dev.rung.app.wiring;

import dev.rung.core.Sha256;
import dev.rung.core.data.Example;
import dev.rung.core.data.TaskData;
import dev.rung.core.json.Json;
import dev.rung.core.rung.Release;
import dev.rung.core.rung.ReleaseId;
import dev.rung.core.task.Task;
import dev.rung.intake.audit.AuditReport;
import dev.rung.intake.taskfile.TaskFolder;
import dev.rung.ladder.abstain.AbstainRung;
import dev.rung.ladder.cascade.CascadeRung;
import dev.rung.ladder.certificate.Certificate;
import dev.rung.ladder.climb.Artifacts;
import dev.rung.ladder.climb.Candidate;
import dev.rung.ladder.climb.Climb;
import dev.rung.ladder.climb.ClimbListener;
import dev.rung.ladder.climb.ClimbRecord;
import dev.rung.ladder.climb.Decision;
import dev.rung.ladder.climb.ErrorShares;
import dev.rung.ladder.climb.Guard;
import dev.rung.ladder.climb.Incumbent;
import dev.rung.ladder.climb.Progress;
import dev.rung.ladder.climb.Site;
import dev.rung.ladder.climb.Validated;
import dev.rung.models.TaskModels;
import dev.rung.store.Climbs;
import dev.rung.store.SealedSet;
import dev.rung.store.TaskHold;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One climb from a task's folder to a release, or to a folder that says why there is none. */
public final class ClimbRun {
    private final Wiring wiring;
    private final ReportWriter reports;

    public ClimbRun(Wiring wiring, ReportWriter reports) {
        this.wiring = wiring;
        this.reports = reports;
    }

    /** Draws the page of a climb. */
    @FunctionalInterface
    public interface ReportWriter {
        /**
         * Returns the page and what it shows.
         *
         * @param tune examples that may be quoted; sealed ones may not
         * @param release what the climb is about to become, or null where nothing holds
         * @param folder where page and certificate will lie
         */
        Page page(
                ClimbRecord record,
                List<Example> tune,
                AuditReport audit,
                Certificate certificate,
                @Nullable ReleaseId release,
                Path folder);
    }

    /** A report, and what it shows as JSON, from which it can be drawn again. */
    public record Page(String html, Json.Obj summary) {}

    /**
     * What a climb left behind.
     *
     * @param audit of the rows that are not sealed
     * @param release null where nothing holds
     * @param made whether {@code release} came of this climb; an equal solution of equal data is not released twice
     * @param folder with the certificate, the outcomes and the report
     * @param summary what the report shows
     * @param toJudge answers that wait for people's verdict, or null where none does
     */
    public record Result(
            ClimbRecord record,
            AuditReport audit,
            @Nullable Release release,
            boolean made,
            Path folder,
            Json.Obj summary,
            @Nullable Path toJudge) {
        static final String REPORT = "report.html";

        public Path report() {
            return folder.resolve(REPORT);
        }

        public Path certificate() {
            return folder.resolve(Certificate.FILE);
        }
    }

    /**
     * Climbs for the task in {@code folder}, going on with what an earlier run of the same climb has saved; waits while somebody else climbs for the task.
     *
     * @param waiting told who that is
     */
    public Result run(TaskFolder folder, ClimbListener listener, Progress progress, Consumer<String> waiting) {
        try (TaskHold hold = wiring.ledger().climbs().hold(folder.task().name(), waiting)) {
            return run(folder, hold, listener, progress);
        }
    }

    private Result run(TaskFolder read, TaskHold hold, ClimbListener listener, Progress progress) {
        BoundJudge bound = BoundJudge.of(wiring, read, progress);
        TaskFolder folder = bound == null ? read : bound.folder();
        ClimbData data = ClimbData.read(wiring, folder, progress);
        Forerunners forerunners = new Forerunners(wiring);
        Guard guard = forerunners.guard(folder, data.regressions());
        Validated validated = forerunners.validated(folder.task(), data.rows(), progress);
        try {
            return run(folder, bound, hold, data, guard, validated, listener, progress);
        } finally {
            if (guard.incumbent() != null) {
                guard.incumbent().close();
            }
            if (validated != null) {
                validated.close();
            }
        }
    }

    private Result run(
            TaskFolder folder,
            @Nullable BoundJudge bound,
            TaskHold hold,
            ClimbData climbed,
            Guard guard,
            @Nullable Validated validated,
            ClimbListener listener,
            Progress progress) {
        Task task = folder.task();
        TaskData data = climbed.rows();
        Climbs.Climb climb =
                wiring.ledger().climbs().begin(hold.task(), inputs(folder, data, guard, validated), folder.folder());
        TaskModels models = wiring.models(task, "climb-" + climb.id());
        ErrorShares budget = new ErrorShares(
                wiring.ledger().errorBudget(),
                SealedSet.of(task.name(), data.sealed()),
                data.sealed().size(),
                task.bar(),
                guard);
        Site site = site(task, data, models, validated, progress, folder.seed());
        ClimbRecord record = new Climb(
                        bound == null ? site : site.judgedBy(bound.judge()),
                        data,
                        wiring.rungs(),
                        new AbstainRung().then(new CascadeRung()),
                        budget,
                        guard,
                        listener,
                        climbed.audit().outlook(),
                        () -> models.callsMade() + models.callsReused(),
                        wiring.clock())
                .run();
        progress.at("writing the certificate", 0, 0);
        Certificate unjudged = ClimbCertificate.of(wiring, folder, climbed, models, record);
        Certificate certificate =
                bound == null ? unjudged : unjudged.judgedBy(bound.measured().toJson());
        Path toJudge = bound == null
                ? null
                : AnswersToJudge.write(
                        record, data.sealed(), wiring.home().resolve("judge").resolve(task.name() + "-to-judge.csv"));
        ClimbArchive archive = new ClimbArchive(wiring, artifacts(), reports);
        ClimbArchive.Ended ended = new ClimbArchive.Ended(record, data.tune(), climbed.audit(), certificate, toJudge);
        Result result = record.decision() instanceof Decision.Met(Candidate.Tried winner)
                ? archive.released(winner.solution(), ended)
                : archive.kept(climb.id(), ended);
        wiring.ledger().climbs().end(climb.id(), word(record.decision()), result.summary());
        return result;
    }

    private static String word(Decision decision) {
        return switch (decision) {
            case Decision.Met met -> "met";
            case Decision.NotMet notMet -> "not met";
            case Decision.Open open -> "not enough evidence";
        };
    }

    private static Sha256 inputs(TaskFolder folder, TaskData data, Guard guard, @Nullable Validated validated) {
        Incumbent incumbent = guard.incumbent();
        return Sha256.of(folder.spec() + " " + data.hash() + " " + folder.seed() + " " + guard.regressions() + " "
                + (incumbent == null ? "" : incumbent.release())
                + (validated == null ? "" : " labelled by " + validated.release()));
    }

    private Site site(
            Task task, TaskData data, TaskModels models, @Nullable Validated validated, Progress progress, long seed) {
        List<Site.Missing> missing = new ArrayList<>();
        models.leftOut().forEach(one -> missing.add(new Site.Missing(one.model().value(), one.reason())));
        return Site.of(
                task,
                data,
                List.copyOf(models.models()),
                missing,
                wiring.encoderIfAny(),
                wiring.catalog().machine(),
                validated,
                artifacts(),
                progress,
                seed);
    }

    private Artifacts artifacts() {
        return new Artifacts(wiring.home().resolve("work"));
    }
}
