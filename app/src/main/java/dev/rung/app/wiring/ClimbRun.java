package dev.rung.app.wiring;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.data.Example;
import dev.rung.core.data.RegressionSet;
import dev.rung.core.data.Split;
import dev.rung.core.data.TaskData;
import dev.rung.core.evidence.ErrorBudget;
import dev.rung.core.json.Json;
import dev.rung.core.model.Encoder;
import dev.rung.core.model.ModelCard;
import dev.rung.core.rung.Release;
import dev.rung.core.rung.ReleaseId;
import dev.rung.core.rung.Solution;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Task;
import dev.rung.core.task.TaskName;
import dev.rung.intake.audit.AuditReport;
import dev.rung.intake.split.Contamination;
import dev.rung.intake.taskfile.TaskFolder;
import dev.rung.json.JsonText;
import dev.rung.ladder.cascade.CascadeRung;
import dev.rung.ladder.certificate.AccessStamp;
import dev.rung.ladder.certificate.Certificate;
import dev.rung.ladder.certificate.CertifiedClimb;
import dev.rung.ladder.certificate.CertifiedOutcomes;
import dev.rung.ladder.certificate.CertifiedTask;
import dev.rung.ladder.certificate.DataStamp;
import dev.rung.ladder.certificate.Trial;
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
import dev.rung.store.ReleaseContents;
import dev.rung.store.Releases;
import dev.rung.store.SealedSet;
import dev.rung.store.TaskHold;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One climb from a task's folder to a release, or to a folder that says why there is none. */
public final class ClimbRun {
    private static final String REPORT = "report.html";

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

    /** What is written down of a finished climb, and what it is written with. */
    private record Ended(
            ClimbRecord record,
            List<Example> tune,
            AuditReport audit,
            Certificate certificate,
            @Nullable Path toJudge) {}

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
        progress.at("reading the examples", 0, 0);
        TaskData data;
        AuditReport audit;
        Contamination contamination;
        List<RegressionSet> regressions;
        try (TaskRows rows = new TaskRows(wiring, folder, now -> progress.at(now, 0, 0))) {
            data = rows.data();
            audit = rows.auditWithoutSealed();
            contamination = rows.contamination();
            regressions = rows.regressions();
        }
        Guard guard = guard(folder, regressions);
        Validated validated = validated(folder.task(), data, progress);
        try {
            return run(folder, bound, hold, data, contamination, guard, validated, audit, listener, progress);
        } finally {
            if (guard.incumbent() != null) {
                guard.incumbent().close();
            }
            if (validated != null) {
                validated.close();
            }
        }
    }

    /** Returns the release in force, or else the newest one, loaded, if it can label what nobody has labelled; null otherwise. */
    private @Nullable Validated validated(Task task, TaskData data, Progress progress) {
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
        return now instanceof OutputContract.Labels(var labels, var outOfScope)
                && then instanceof OutputContract.Labels(var before, var outOfScopeBefore)
                && labels.keySet().equals(before.keySet())
                && Objects.equals(outOfScope, outOfScopeBefore);
    }

    private Guard guard(TaskFolder folder, List<RegressionSet> regressions) {
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
        return new Guard(
                regressions,
                new Incumbent(
                        release.id(),
                        release.solution().hash(),
                        margin,
                        CertifiedOutcomes.read(home),
                        () -> wiring.load(release, CertifiedTask.read(home))));
    }

    private Result run(
            TaskFolder folder,
            @Nullable BoundJudge bound,
            TaskHold hold,
            TaskData data,
            Contamination contamination,
            Guard guard,
            @Nullable Validated validated,
            AuditReport audit,
            ClimbListener listener,
            Progress progress) {
        Task task = folder.task();
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
                        new CascadeRung(),
                        budget,
                        guard,
                        listener,
                        audit.outlook(),
                        () -> models.callsMade() + models.callsReused(),
                        wiring.clock())
                .run();
        progress.at("writing the certificate", 0, 0);
        Certificate unjudged = certificate(folder, data, contamination, models, record);
        Certificate certificate =
                bound == null ? unjudged : unjudged.judgedBy(bound.measured().toJson());
        Path toJudge = bound == null
                ? null
                : AnswersToJudge.write(
                        record, data.sealed(), wiring.home().resolve("judge").resolve(task.name() + "-to-judge.csv"));
        Ended ended = new Ended(record, data.tune(), audit, certificate, toJudge);
        Result result = record.decision() instanceof Decision.Met(Candidate.Tried winner)
                ? released(winner.solution(), ended)
                : kept(climb.id(), ended);
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

    private Certificate certificate(
            TaskFolder folder, TaskData data, Contamination contamination, TaskModels models, ClimbRecord record) {
        Task task = folder.task();
        List<Trial> trials = new ArrayList<>();
        for (Candidate candidate : record.candidates()) {
            if (candidate instanceof Candidate.Tried tried) {
                Sha256 solution = tried.solution().hash();
                trials.add(new Trial(tried.rung(), tried.name(), solution, Split.TUNE, tried.tune(), null));
                if (tried.sealed() != null) {
                    trials.add(Trial.certifying(tried, tried.sealed()));
                }
            }
        }
        List<ModelCard> cards = new ArrayList<>();
        models.models().forEach(model -> cards.add(model.card()));
        var encoder = wiring.encoderIfAny();
        if (encoder != null) {
            cards.add(encoder.card());
        }
        Candidate.Tried winner = record.decision() instanceof Decision.Met(Candidate.Tried tried) ? tried : null;
        return Certificate.of(new CertifiedClimb(
                task,
                folder.spec(),
                DataStamp.of(data, contamination),
                accesses(task, data),
                trials,
                new ErrorBudget(1 - task.bar().confidence(), record.draws()),
                cards,
                record.seed(),
                versions(),
                wiring.clock().instant(),
                winner == null ? List.of() : winner.kept().regressions(),
                winner == null ? null : winner.solution()));
    }

    private AccessStamp accesses(Task task, TaskData data) {
        var log =
                wiring.ledger().sealedAccesses().list(task.name(), data.sealed().hash());
        StringBuilder lines = new StringBuilder();
        log.forEach(access -> lines.append(access.purpose())
                .append(' ')
                .append(access.index())
                .append(' ')
                .append(access.example())
                .append('\n'));
        return new AccessStamp(log.size(), Sha256.of(lines.toString()));
    }

    private static SequencedMap<String, String> versions() {
        SequencedMap<String, String> versions = new LinkedHashMap<>();
        String rung = ClimbRun.class.getPackage().getImplementationVersion();
        versions.put("rung", rung == null ? "not from a jar" : rung);
        versions.put("java", Runtime.version().toString());
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return versions;
    }

    private Result released(Solution solution, Ended ended) {
        Release equal = equal(solution, ended.certificate());
        return equal == null ? publish(solution, ended) : reused(equal, ended);
    }

    /** Returns a release of the same solution for the same task on the same data, if there is one. */
    private @Nullable Release equal(Solution solution, Certificate certificate) {
        Releases releases = wiring.ledger().releases();
        for (Release release :
                releases.of(new TaskName(certificate.json().object("task").string("name")))) {
            Path file = releases.folder(release.id()).resolve(Certificate.FILE);
            if (release.solution().equals(solution) && Files.isRegularFile(file)) {
                Json.Obj before = (Json.Obj) JsonText.read(file);
                if (before.object("task").equals(certificate.json().object("task"))
                        && before.object("data").equals(certificate.json().object("data"))) {
                    return release;
                }
            }
        }
        return null;
    }

    private Result reused(Release release, Ended ended) {
        Path folder = wiring.ledger().releases().folder(release.id());
        Page page = page(ended, release.id(), folder);
        return new Result(ended.record(), ended.audit(), release, false, folder, page.summary(), null);
    }

    private Result publish(Solution solution, Ended ended) {
        TaskName task = ended.record().task().name();
        AtomicReference<Page> drawn = new AtomicReference<>();
        Release release = wiring.ledger().releases().publish(task, id -> {
            Page page = page(ended, id, wiring.ledger().releases().folder(id));
            drawn.set(page);
            Certificate sealed =
                    ended.certificate().covering(REPORT, page.html().getBytes(StandardCharsets.UTF_8));
            Map<String, Path> artifacts = new LinkedHashMap<>();
            solution.artifacts()
                    .forEach((name, hash) -> artifacts.put(name, artifacts().file(hash)));
            return new ReleaseContents(solution, artifacts, sealed.json(), sealed.outcomes(), page.html());
        });
        Path folder = wiring.ledger().releases().folder(release.id());
        return new Result(
                ended.record(),
                ended.audit(),
                release,
                true,
                folder,
                drawn.get().summary(),
                null);
    }

    private Result kept(long climb, Ended ended) {
        Path folder =
                wiring.home().resolve("climbs").resolve(ended.record().task().name() + "-" + climb);
        Page drawn = page(ended, null, folder);
        byte[] page = drawn.html().getBytes(StandardCharsets.UTF_8);
        Certificate sealed = ended.certificate().covering(REPORT, page);
        try {
            Files.createDirectories(folder.resolve("outcomes"));
            for (Map.Entry<String, byte[]> file : sealed.outcomes().entrySet()) {
                Files.write(folder.resolve("outcomes").resolve(file.getKey()), file.getValue());
            }
            Files.write(folder.resolve(REPORT), page);
            Files.writeString(folder.resolve(Certificate.FILE), sealed.json().canonical());
            return new Result(ended.record(), ended.audit(), null, false, folder, drawn.summary(), ended.toJudge());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the climb into " + folder, e);
        }
    }

    private Page page(Ended ended, @Nullable ReleaseId release, Path folder) {
        return reports.page(ended.record(), ended.tune(), ended.audit(), ended.certificate(), release, folder);
    }
}
