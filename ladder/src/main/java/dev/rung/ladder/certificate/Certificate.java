package dev.rung.ladder.certificate;

import dev.rung.core.Sha256;
import dev.rung.core.data.Split;
import dev.rung.core.evidence.Draw;
import dev.rung.core.evidence.ErrorBudget;
import dev.rung.core.evidence.Estimate;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.evidence.RequirementVerdict;
import dev.rung.core.evidence.SliceTable;
import dev.rung.core.evidence.Verdict;
import dev.rung.core.json.Json;
import dev.rung.core.rung.Solution;
import dev.rung.core.task.Promise;
import dev.rung.core.task.Task;
import dev.rung.ladder.climb.Incumbent;
import dev.rung.ladder.climb.Kept;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The replayable record of a climb, with the outcomes that it rests on; immutable.
 *
 * <p>It lies in a release's folder as {@code certificate.json}, in canonical form, and names every other file there with its SHA-256. Its own hash, over the
 * canonical form without that member, is {@code sha256}.
 */
public final class Certificate {
    /** The name of the file. */
    public static final String FILE = "certificate.json";

    static final String SOLUTION = "solution.json";
    static final String ARTIFACTS = "artifacts/";
    static final String OUTCOMES = "outcomes/";
    static final int FORMAT = 1;

    private final Json.Obj content;
    private final SequencedMap<String, byte[]> outcomes;

    private Certificate(Json.Obj content, SequencedMap<String, byte[]> outcomes) {
        this.content = content;
        this.outcomes = outcomes;
    }

    /** Returns the certificate of {@code climb}. */
    public static Certificate of(CertifiedClimb climb) {
        SequencedMap<String, byte[]> outcomes = new LinkedHashMap<>();
        List<Json> trials = new ArrayList<>();
        for (Trial trial : climb.trials()) {
            String file = fileName(trials.size() + 1, trial);
            outcomes.put(file, OutcomeFile.write(trial.evidence().outcomes()));
            Json.Obj json = trial(trial, OUTCOMES + file);
            Incumbent.Against against = trial.against();
            if (against != null) {
                String incumbent = file.replace(".jsonl", "-incumbent.jsonl");
                outcomes.put(incumbent, OutcomeFile.write(against.outcomes()));
                json = json.with("against", KeptCheck.toJson(against, OUTCOMES + incumbent));
            }
            trials.add(json);
        }
        List<Json> mended = new ArrayList<>();
        for (Kept.Mended set : climb.mended()) {
            String file = "regression-%02d.jsonl".formatted(mended.size() + 1);
            outcomes.put(file, OutcomeFile.write(set.outcomes()));
            mended.add(KeptCheck.toJson(set, OUTCOMES + file));
        }
        Json.Obj files = Json.object();
        for (Map.Entry<String, byte[]> file : outcomes.entrySet()) {
            files = files.with(OUTCOMES + file.getKey(), hash(file.getValue()));
        }
        Solution winner = climb.winner();
        if (winner != null) {
            files = files.with(SOLUTION, Json.of(winner.hash().hex()));
            for (Map.Entry<String, Sha256> artifact : winner.artifacts().entrySet()) {
                files = files.with(
                        ARTIFACTS + artifact.getKey(),
                        Json.of(artifact.getValue().hex()));
            }
        }
        Json.Obj content = head(climb)
                .with("trials", Json.array(trials))
                .with("regressions", Json.array(mended))
                .with("budget", budget(climb.budget()))
                .with(
                        "winner",
                        winner == null ? Json.Nil.NULL : Json.of(winner.hash().hex()))
                .with("files", files);
        Json.Obj abstention = winner == null ? null : abstention(climb.trials(), winner);
        return new Certificate(abstention == null ? content : content.with(AbstentionCheck.KEY, abstention), outcomes);
    }

    private static Json.@Nullable Obj abstention(List<Trial> trials, Solution winner) {
        for (Trial trial : trials) {
            if (trial.on() == Split.SEALED && trial.solution().equals(winner.hash())) {
                return AbstentionCheck.of(winner, trial.evidence());
            }
        }
        return null;
    }

    private static Json.Obj head(CertifiedClimb climb) {
        Json.Obj versions = Json.object();
        for (Map.Entry<String, String> version : climb.versions().entrySet()) {
            versions = versions.with(version.getKey(), Json.of(version.getValue()));
        }
        return Json.object("format", Json.of(FORMAT), "task", task(climb))
                .with("data", climb.data().toJson())
                .with("sealed_accesses", climb.accesses().toJson())
                .with(
                        "models",
                        Json.array(climb.models().stream().map(ModelJson::of).toList()))
                .with("seed", Json.of(climb.seed()))
                .with("versions", versions)
                .with("time", Json.of(climb.time().toString()));
    }

    private static Json.Obj task(CertifiedClimb climb) {
        Task task = climb.task();
        Json.Obj json = Json.object(
                        "name", Json.of(task.name().value()),
                        "spec", Json.of(climb.spec().hex()),
                        "bar", TaskJson.bar(task.bar()),
                        "data", Json.of(task.data().name()))
                .with("output", TaskJson.contract(task.output()))
                .with("cascade", task.cascade().toJson());
        Promise abstain = task.abstain();
        return abstain == null ? json : json.with(TaskJson.ABSTAIN, abstain.toJson());
    }

    private static Json.Obj trial(Trial trial, String file) {
        Evidence evidence = trial.evidence();
        Draw draw = trial.draw();
        return Json.object(
                        "rung", Json.of(trial.rung().name()),
                        "name", Json.of(trial.name()),
                        "solution", Json.of(trial.solution().hex()),
                        "on", Json.of(trial.on().key()))
                .with("alpha", Json.of(evidence.alpha()))
                .with("beta", Json.of(evidence.beta()))
                .with("available", Json.of(evidence.available()))
                .with("draw", draw == null ? Json.Nil.NULL : draw.toJson())
                .with("outcomes", Json.of(file))
                .with("n", Json.of(evidence.outcomes().size()))
                .with("findings", findings(evidence));
    }

    /** Returns what a trial's outcomes say: the verdict, its parts, every estimate, and the first metric by slice. */
    static Json.Obj findings(Evidence evidence) {
        SliceTable slices = evidence.slices();
        Json.Obj findings = Json.object(
                "verdict",
                verdict(evidence.verdict()),
                "parts",
                Json.array(evidence.parts().stream().map(Certificate::part).toList()),
                "estimates",
                Json.array(evidence.estimates().stream().map(Estimate::toJson).toList()));
        return slices == null
                ? findings
                : findings.with(
                        "slices",
                        Json.array(slices.rows().stream()
                                .map(row -> row.estimate()
                                        .toJson()
                                        .with("facet", Json.of(row.slice().facet()))
                                        .with("value", Json.of(row.slice().value()))
                                        .with("worse", Json.of(row.worse())))
                                .toList()));
    }

    private static Json.Obj part(RequirementVerdict part) {
        return verdict(part.verdict())
                .with("requirement", TaskJson.requirement(part.requirement()))
                .with("estimate", part.estimate().toJson())
                .with("n", Json.of(part.n()));
    }

    private static Json.Obj verdict(Verdict verdict) {
        return Json.object("verdict", Json.of(verdict.word()), "sentence", Json.of(verdict.sentence()));
    }

    private static Json.Obj budget(ErrorBudget budget) {
        return Json.object(
                "total",
                Json.of(budget.total()),
                "draws",
                Json.array(budget.draws().stream().map(Draw::toJson).toList()),
                "left",
                Json.of(budget.left()));
    }

    private static Json.Str hash(byte[] bytes) {
        return Json.of(Sha256.of(bytes).hex());
    }

    private static String fileName(int order, Trial trial) {
        String slug = (trial.rung().key() + "-" + trial.name())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String suffix = trial.on() == Split.SEALED ? "" : "-" + trial.on().key();
        return "%02d-%s%s.jsonl".formatted(order, slug.substring(0, Math.min(slug.length(), 80)), suffix);
    }

    /** Returns this certificate with one file more under its seal, such as the report; {@code path} is relative to the folder, with slashes. */
    public Certificate covering(String path, byte[] bytes) {
        return new Certificate(content.with("files", content.object("files").with(path, hash(bytes))), outcomes);
    }

    /** Returns this certificate with the record of the judge that the bar's judge score rests on. */
    public Certificate judgedBy(Json.Obj judge) {
        return new Certificate(content.with(JudgeCheck.KEY, judge), outcomes);
    }

    /** Returns the certificate with its own hash; its canonical text is the file. */
    public Json.Obj json() {
        return content.with("sha256", Json.of(hash().hex()));
    }

    /** Returns the hash of the content. */
    public Sha256 hash() {
        return Sha256.of(content.canonical());
    }

    /** Returns the files of outcomes by their name in the folder {@code outcomes}. */
    public SequencedMap<String, byte[]> outcomes() {
        return Collections.unmodifiableSequencedMap(outcomes);
    }
}
