package dev.rung.ladder.certificate;

import dev.rung.core.data.ExampleId;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.evidence.Scoring;
import dev.rung.core.evidence.promise.CalibrationRow;
import dev.rung.core.evidence.promise.Derivation;
import dev.rung.core.evidence.promise.RiskCoverage;
import dev.rung.core.json.Json;
import dev.rung.core.rung.Solution;
import dev.rung.core.task.Metric;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Promise;
import dev.rung.json.JsonText;
import dev.rung.ladder.certificate.Verification.Check;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Derives a solution's threshold again from the answers that it was derived from, with the climb's own code and with {@link SimplePromise}, which shares none with it. */
final class PromiseCheck {
    private static final double RELATIVE = 1e-9;

    private final Metric headline;
    private final OutputContract contract;
    private final Promise cascade;
    private final @Nullable Promise abstain;
    private final List<SavedTrial> trials;

    /**
     * @param cascade what the task promises of a cascade
     * @param abstain what it promises of a solver that may be silent; null where none may
     */
    PromiseCheck(OutputContract contract, Promise cascade, @Nullable Promise abstain, List<SavedTrial> trials) {
        this.headline = Metric.of(contract).getFirst();
        this.contract = contract;
        this.cascade = cascade;
        this.abstain = abstain;
        this.trials = trials;
    }

    /** Returns the checks of the solution in {@code folder}; none for one that has no threshold. */
    List<Check> check(Path folder) {
        Solution solution = Solution.fromJson((Json.Obj) JsonText.read(folder.resolve(Certificate.SOLUTION)));
        if (!(solution.recipe().get(PromiseFile.RECIPE_KEY) instanceof Json.Obj said)) {
            return List.of();
        }
        Promise asked = solution.recipe().get(PromiseFile.SAYS) == null ? cascade : abstain;
        if (asked == null) {
            return List.of(new Check("threshold", false, "the solution may be silent, and the task takes no silence"));
        }
        String file = Certificate.ARTIFACTS + PromiseFile.NAME;
        OutcomeFile.Content content = OutcomeFile.read(ReleaseFiles.bytes(folder.resolve(file)));
        List<Outcome> rows = content.outcomes();
        String fault = content.fault() == null ? rows(rows) : content.fault();
        if (fault != null) {
            return List.of(new Check("rows of the promise", false, file + ": " + fault));
        }
        String derivation = derivation(rows, said, asked);
        String threshold = threshold(rows, Derivation.fromJson(said), asked);
        return List.of(
                new Check("rows of the promise", true, rows.size() + " answers, none of a row that was tried on"),
                new Check(
                        "derivation of the threshold",
                        derivation == null,
                        derivation == null ? "derived again to the last digit" : derivation),
                new Check("threshold", threshold == null, threshold == null ? "recounted" : threshold));
    }

    private @Nullable String rows(List<Outcome> rows) {
        Set<ExampleId> tried = new HashSet<>();
        trials.forEach(trial -> trial.outcomes().forEach(outcome -> tried.add(outcome.example())));
        Set<ExampleId> seen = new HashSet<>();
        for (Outcome row : rows) {
            if (!Scoring.score(contract, row.expected(), row.output()).equals(row.scores())) {
                return "the scores of " + row.example() + " do not follow from its output";
            }
            if (!seen.add(row.example())) {
                return row.example() + " is there twice";
            }
            if (tried.contains(row.example())) {
                return row.example() + " is a row that candidates were tried on";
            }
        }
        return null;
    }

    private @Nullable String derivation(List<Outcome> rows, Json.Obj said, Promise asked) {
        List<CalibrationRow> calibration = new ArrayList<>();
        for (Outcome row : rows) {
            boolean wrong = row.scores().getOrDefault(headline, 0.0) < 1;
            calibration.add(new CalibrationRow(row.cluster(), row.confidence(), wrong));
        }
        Derivation again = new Derivation(asked, RiskCoverage.of(calibration));
        if (again.toJson().equals(said)) {
            return null;
        }
        Promise promise = Promise.fromJson(said);
        return promise.equals(asked)
                ? "the rows give the threshold " + again.threshold() + ", or other counts than the recipe has"
                : "the recipe keeps " + promise + ", the task asks for " + asked;
    }

    private @Nullable String threshold(List<Outcome> rows, Derivation said, Promise asked) {
        SimplePromise simple = new SimplePromise(rows, headline, asked.harm(), 1 - asked.confidence());
        double threshold = said.threshold().orElse(Double.NaN);
        if (Double.compare(simple.threshold(), threshold) != 0) {
            return "recounted: " + simple.threshold() + ", in the recipe: " + threshold;
        }
        if (simple.questions() != said.curve().rows()) {
            return "recounted: " + simple.questions() + " questions, in the recipe: "
                    + said.curve().rows();
        }
        for (Derivation.Test test : said.tests()) {
            RiskCoverage.Point point = test.point();
            double p = simple.pValue(point.harmful());
            if (simple.accepted(point.threshold()) != point.accepted()
                    || simple.harmful(point.threshold()) != point.harmful()
                    || Math.abs(p - test.pValue()) > RELATIVE * Math.max(p, 1e-6)) {
                return "recounted at " + point.threshold() + ": " + simple.harmful(point.threshold()) + " of "
                        + simple.accepted(point.threshold()) + ", p " + p + "; in the recipe: " + test;
            }
        }
        return null;
    }
}
