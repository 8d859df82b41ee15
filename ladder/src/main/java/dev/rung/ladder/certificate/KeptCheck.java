package dev.rung.ladder.certificate;

import dev.rung.core.economics.Price;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.evidence.Scoring;
import dev.rung.core.evidence.paired.NonInferiority;
import dev.rung.core.evidence.paired.Pair;
import dev.rung.core.evidence.paired.PairedComparison;
import dev.rung.core.evidence.paired.PairedCost;
import dev.rung.core.evidence.paired.PairedResult;
import dev.rung.core.evidence.paired.Saving;
import dev.rung.core.json.Json;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import dev.rung.ladder.certificate.Verification.Check;
import dev.rung.ladder.climb.Incumbent;
import dev.rung.ladder.climb.Kept;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes and checks what a certificate says beside the bar: that mended rows stayed mended, and how candidates compare with an incumbent. */
record KeptCheck(Path folder, Json.Obj certificate, List<SavedTrial> trials, Bar bar, OutputContract contract) {
    static Json.Obj toJson(Incumbent.Against against, String file) {
        return Json.object(
                        "release", Json.of(against.release().value()),
                        "solution", Json.of(against.solution().hex()),
                        "metric", Json.of(against.metric().key()),
                        "outcomes", Json.of(file))
                .with("result", against.result().toJson())
                .with("saving", against.saving().toJson());
    }

    static Json.Obj toJson(Kept.Mended set, String file) {
        return Json.object(
                        "set", Json.of(set.set()),
                        "rows", Json.of(set.outcomes().size()),
                        "wrong", Json.of(set.wrong()),
                        "outcomes", Json.of(file))
                .with("waiver", Json.ofNullable(set.waiver()));
    }

    List<Check> check() {
        List<Check> checks = new ArrayList<>();
        for (Json set : certificate.get("regressions") instanceof Json.Arr sets ? sets.items() : List.<Json>of()) {
            Json.Obj one = (Json.Obj) set;
            String otherwise =
                    one.number("wrong").signum() == 0 ? "every row is right" : "waived: " + one.get("waiver");
            checks.add(check("regression set " + one.string("set"), regression(one), otherwise));
        }
        for (SavedTrial trial : trials) {
            Json.Obj against = trial.against();
            if (against != null) {
                checks.add(check(
                        "comparison of " + trial.file() + " with " + against.string("release"),
                        comparison(trial, against),
                        "recomputed and recounted: " + against.object("result").string("verdict")));
            }
        }
        return checks;
    }

    private static Check check(String name, @Nullable String fault, String otherwise) {
        return new Check(name, fault == null, fault == null ? otherwise : fault);
    }

    private List<Outcome> outcomes(String file) {
        Path path = folder.resolve(file);
        return Files.isRegularFile(path)
                ? OutcomeFile.read(ReleaseFiles.bytes(path)).outcomes()
                : List.of();
    }

    private @Nullable String misscored(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            if (!Scoring.score(contract, outcome.expected(), outcome.output(), outcome.repeats())
                    .equals(outcome.scores())) {
                return "the scores of " + outcome.example() + " do not follow from its output";
            }
        }
        return null;
    }

    private @Nullable String regression(Json.Obj set) {
        List<Outcome> outcomes = outcomes(set.string("outcomes"));
        if (outcomes.size() != set.number("rows").intValueExact()) {
            return "there are " + outcomes.size() + " outcomes, certified " + set.number("rows");
        }
        long wrong = outcomes.stream().filter(outcome -> !right(outcome)).count();
        if (wrong != set.number("wrong").longValueExact()) {
            return "recounted: " + wrong + " wrong, certified: " + set.number("wrong");
        }
        return wrong > 0 && !(set.get("waiver") instanceof Json.Str)
                ? wrong + " rows are wrong, and nobody waived it"
                : misscored(outcomes);
    }

    // Without the climb's scoring: what is right is what is expected.
    private static boolean right(Outcome outcome) {
        return outcome.expected() instanceof Output.Text(String wanted)
                ? outcome.output() instanceof Output.Text(String said)
                        && folded(said).equals(folded(wanted))
                : outcome.output().equals(outcome.expected());
    }

    private static String folded(String text) {
        return text.toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[\\p{Z}\\s]+", " ")
                .strip();
    }

    private @Nullable String comparison(SavedTrial trial, Json.Obj against) {
        List<Outcome> incumbent = outcomes(against.string("outcomes"));
        if (trial.n() != trial.available() || incumbent.size() != trial.n()) {
            return "a comparison looks once, at all " + trial.available() + " rows; there are " + trial.n() + " and "
                    + incumbent.size();
        }
        Metric metric = Metric.of(contract).getFirst();
        if (!metric.key().equals(against.string("metric"))) {
            return "is by " + against.string("metric") + ", not by the headline metric " + metric.key();
        }
        Json.Obj certified = against.object("result");
        List<Pair> pairs = Pair.of(trial.outcomes(), incumbent, metric);
        NonInferiority question =
                new NonInferiority(certified.number("margin").doubleValue(), trial.alpha(), trial.beta());
        PairedResult result = metric.binary()
                ? PairedComparison.ofRates(pairs, question)
                : PairedComparison.ofScores(pairs, question);
        if (!result.toJson().equals(certified)) {
            return "the outcomes say \"" + result.verdict().sentence() + "\", the certificate \""
                    + certified.string("sentence") + "\"";
        }
        List<String> differences = SimplePaired.differences(pairs, result);
        if (!differences.isEmpty()) {
            return "recounted otherwise: " + String.join("; ", differences);
        }
        String saving = saving(trial.outcomes(), incumbent, against.object("saving"));
        return saving == null ? misscored(incumbent) : saving;
    }

    private @Nullable String saving(List<Outcome> candidate, List<Outcome> incumbent, Json.Obj certified) {
        Saving saving = Saving.of(PairedCost.of(candidate, incumbent), bar.confidence());
        if (!saving.toJson().equals(certified)) {
            return "the saving is " + saving.sentence() + ", certified is " + certified.string("sentence");
        }
        double plain = 1000 * (mean(incumbent) - mean(candidate));
        double shown = saving.saved().estimate();
        return Double.isNaN(plain) == Double.isNaN(shown)
                        && !(Math.abs(plain - shown) > 1e-9 * Math.max(1e-9, Math.abs(plain)))
                ? null
                : "the saving, recounted, is " + plain + ", certified is " + shown;
    }

    private static double mean(List<Outcome> outcomes) {
        return outcomes.stream()
                .mapToDouble(outcome -> outcome.price() instanceof Price.Known(var amount)
                        ? amount.amount().doubleValue()
                        : Double.NaN)
                .average()
                .orElse(Double.NaN);
    }
}
