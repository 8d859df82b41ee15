package dev.rung.app.wiring;

import dev.rung.app.wiring.ClimbRun.Page;
import dev.rung.app.wiring.ClimbRun.ReportWriter;
import dev.rung.app.wiring.ClimbRun.Result;
import dev.rung.core.data.Example;
import dev.rung.core.json.Json;
import dev.rung.core.rung.Release;
import dev.rung.core.rung.ReleaseId;
import dev.rung.core.rung.Solution;
import dev.rung.core.task.TaskName;
import dev.rung.intake.audit.AuditReport;
import dev.rung.json.JsonText;
import dev.rung.ladder.certificate.Certificate;
import dev.rung.ladder.climb.Artifacts;
import dev.rung.ladder.climb.ClimbRecord;
import dev.rung.store.ReleaseContents;
import dev.rung.store.Releases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Where finished climbs are put, each with its report: as a release, or in a folder that says why there is none. */
final class ClimbArchive {
    private final Wiring wiring;
    private final Artifacts artifacts;
    private final ReportWriter reports;

    ClimbArchive(Wiring wiring, Artifacts artifacts, ReportWriter reports) {
        this.wiring = wiring;
        this.artifacts = artifacts;
        this.reports = reports;
    }

    /** What is written down of a finished climb, and what it is written with. */
    record Ended(
            ClimbRecord record,
            List<Example> tune,
            AuditReport audit,
            Certificate certificate,
            @Nullable Path toJudge) {}

    /** Makes a release of the climb that {@code solution} won, unless there is one of an equal solution of equal data. */
    Result released(Solution solution, Ended ended) {
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
                    ended.certificate().covering(Result.REPORT, page.html().getBytes(StandardCharsets.UTF_8));
            Map<String, Path> files = new LinkedHashMap<>();
            solution.artifacts().forEach((name, hash) -> files.put(name, artifacts.file(hash)));
            return new ReleaseContents(solution, files, sealed.json(), sealed.outcomes(), page.html());
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

    /** Writes down a climb in which nothing holds. */
    Result kept(long climb, Ended ended) {
        Path folder =
                wiring.home().resolve("climbs").resolve(ended.record().task().name() + "-" + climb);
        Page drawn = page(ended, null, folder);
        byte[] page = drawn.html().getBytes(StandardCharsets.UTF_8);
        Certificate sealed = ended.certificate().covering(Result.REPORT, page);
        try {
            Files.createDirectories(folder.resolve("outcomes"));
            for (Map.Entry<String, byte[]> file : sealed.outcomes().entrySet()) {
                Files.write(folder.resolve("outcomes").resolve(file.getKey()), file.getValue());
            }
            Files.write(folder.resolve(Result.REPORT), page);
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
