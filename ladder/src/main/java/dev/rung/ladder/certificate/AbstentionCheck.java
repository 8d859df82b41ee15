package dev.rung.ladder.certificate;

import dev.rung.core.evidence.Estimate;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.evidence.promise.Derivation;
import dev.rung.core.json.Json;
import dev.rung.core.rung.Solution;
import dev.rung.core.task.Metric;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Promise;
import dev.rung.json.JsonText;
import dev.rung.ladder.certificate.SimpleFigures.Figure;
import dev.rung.ladder.certificate.Verification.Check;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes and checks what a certificate says of a winner that may be silent: the promise, the threshold, and how much it answers and how much of that is wrong on the sealed rows.
 *
 * <p>The check goes by outputs and confidences alone, and shares no code with what wrote the figures.
 */
record AbstentionCheck(Json.Obj certificate, OutputContract contract, List<SavedTrial> trials) {
    static final String KEY = "abstention";

    private static final double RELATIVE = 1e-6;

    /** Returns what is certified of {@code winner}, whose sealed trial is {@code sealed}, or null where it always answers. */
    static Json.@Nullable Obj of(Solution winner, Evidence sealed) {
        if (!(winner.recipe().get(PromiseFile.SAYS) instanceof Json.Str says)) {
            return null;
        }
        Derivation derivation = Derivation.fromJson(winner.recipe().object(PromiseFile.RECIPE_KEY));
        return Json.object(
                        "says",
                        says,
                        "threshold",
                        Json.of(derivation.threshold().orElse(Double.NaN)))
                .with("promise", derivation.promise().toJson())
                .with("coverage", sealed.estimate(Metric.COVERAGE).toJson())
                .with("harm", sealed.estimate(Metric.HARM).toJson());
    }

    /** Returns the check of the release in {@code folder}; none where the winner always answers. */
    List<Check> check(Path folder, @Nullable Promise asked) {
        Solution winner = Solution.fromJson((Json.Obj) JsonText.read(folder.resolve(Certificate.SOLUTION)));
        Json said = winner.recipe().get(PromiseFile.SAYS);
        Json certified = certificate.get(KEY);
        if (said == null && certified == null) {
            return List.of();
        }
        String fault = said instanceof Json.Str(String says) && certified instanceof Json.Obj figures
                ? fault(winner, says, figures, asked)
                : "the solution and the certificate differ on whether it may be silent";
        return List.of(new Check(
                "silence",
                fault == null,
                fault == null ? "recounted, and nothing was answered below the threshold" : fault));
    }

    private @Nullable String fault(Solution winner, String says, Json.Obj figures, @Nullable Promise asked) {
        String allowed = contract instanceof OutputContract.Labels labels ? labels.unsure() : null;
        if (!says.equals(allowed) || !says.equals(figures.string("says"))) {
            return "the solution says \"" + says + "\", the task \"" + allowed + "\", the certificate \""
                    + figures.string("says") + "\"";
        }
        Promise promise = Promise.fromJson(figures.object("promise"));
        if (!promise.equals(asked)) {
            return "certified is " + promise + ", the task asks for " + asked;
        }
        double threshold = figures.number("threshold").doubleValue();
        double derived = Derivation.fromJson(winner.recipe().object(PromiseFile.RECIPE_KEY))
                .threshold()
                .orElse(Double.NaN);
        if (threshold != derived) {
            return "the threshold is " + derived + ", certified is " + threshold;
        }
        for (SavedTrial trial : trials) {
            if (trial.sealed() && trial.solution().equals(winner.hash())) {
                return fault(trial, says, threshold, figures);
            }
        }
        return "the winner has no trial on sealed rows";
    }

    private static @Nullable String fault(SavedTrial trial, String says, double threshold, Json.Obj figures) {
        int answered = 0;
        int wrong = 0;
        for (Outcome outcome : trial.outcomes()) {
            boolean silent = outcome.abstained();
            if (silent == outcome.confidence() >= threshold) {
                return outcome.example() + (silent ? " was not answered" : " was answered") + " at a confidence of "
                        + outcome.confidence() + ", and the threshold is " + threshold;
            }
            if (silent && !outcome.output().text().equals(says)) {
                return outcome.example() + " says \"" + outcome.output().text() + "\"";
            }
            answered += silent ? 0 : 1;
            wrong += silent || outcome.output().equals(outcome.expected()) ? 0 : 1;
        }
        double confidence = figures.object("coverage").number("confidence").doubleValue();
        SimpleFigures simple = new SimpleFigures(trial.outcomes(), confidence);
        String coverage = differs(figures.object("coverage"), simple.metric(Metric.COVERAGE), answered);
        return coverage == null ? differs(figures.object("harm"), simple.metric(Metric.HARM), wrong) : coverage;
    }

    private static @Nullable String differs(Json.Obj certified, Figure recounted, int hits) {
        Estimate estimate = Estimate.fromJson(certified);
        boolean agrees = estimate.n() == recounted.n()
                && Math.round(estimate.estimate() * estimate.n()) == hits
                && close(estimate.estimate(), recounted.estimate())
                && close(estimate.low(), recounted.low())
                && close(estimate.high(), recounted.high());
        return agrees ? null : estimate + ", recounted: " + hits + ", " + recounted;
    }

    private static boolean close(double a, double b) {
        return Math.abs(a - b) <= RELATIVE * Math.max(Math.abs(a), Math.abs(b)) + 1e-12;
    }
}
