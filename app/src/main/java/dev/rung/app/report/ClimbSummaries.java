package dev.rung.app.report;

import dev.rung.core.data.Example;
import dev.rung.core.data.ExampleId;
import dev.rung.core.data.Split;
import dev.rung.core.economics.Price;
import dev.rung.core.evidence.Confusion;
import dev.rung.core.evidence.Draw;
import dev.rung.core.evidence.Estimate;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.evidence.ReliabilityDiagram;
import dev.rung.core.evidence.RequirementVerdict;
import dev.rung.core.evidence.SliceTable;
import dev.rung.core.evidence.Verdict;
import dev.rung.core.evidence.promise.Derivation;
import dev.rung.core.json.Json;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Requirement;
import dev.rung.ladder.certificate.PromiseFile;
import dev.rung.ladder.climb.Candidate;
import dev.rung.ladder.climb.ClimbRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns the record of a climb into what is shown of it. Used once, by one thread.
 */
public final class ClimbSummaries {
    private static final int BINS = 10;
    private static final int FEWEST_FOR_CALIBRATION = 40;
    private static final int CASES = 3;
    private static final int LONGEST_CASE = 220;

    private final ClimbRecord climb;
    private final Surroundings around;
    private final Map<ExampleId, Example> tune = new HashMap<>();
    private final Metric headline;

    private ClimbSummaries(ClimbRecord climb, Surroundings around) {
        this.climb = climb;
        this.around = around;
        this.headline = Metric.of(climb.task().output()).getFirst();
        around.tune().forEach(example -> tune.put(example.id(), example));
    }

    /**
     * What a record does not hold.
     *
     * @param tune the examples to quote from; never sealed ones
     * @param findings of the audit, the learning curve and the outlook
     * @param release made of the winner
     * @param certificate where it lies
     * @param hashes what else is to be named by its hash, such as models
     * @param prices what the costs rest on
     * @param version of Rung and of what it runs on
     */
    public record Surroundings(
            List<Example> tune,
            DataSummary findings,
            @Nullable String release,
            @Nullable String certificate,
            SequencedMap<String, String> hashes,
            List<String> prices,
            String version) {
        public Surroundings {
            tune = List.copyOf(tune);
            hashes = new LinkedHashMap<>(hashes);
            prices = List.copyOf(prices);
        }
    }

    /** Returns what is shown of {@code climb}. */
    public static ClimbSummary of(ClimbRecord climb, Surroundings around) {
        return new ClimbSummaries(climb, around).summary();
    }

    private ClimbSummary summary() {
        List<LadderLine> ladder = new ArrayList<>();
        int number = 0;
        for (Candidate candidate : climb.candidates()) {
            ladder.add(
                    switch (candidate) {
                        case Candidate.Tried tried -> line(++number, tried);
                        case Candidate.NotTried(var rung, var name, var reason, var price) ->
                            new LadderLine.NotTried(rung, name, reason, price);
                    });
        }
        DataSummary found = around.findings();
        return new ClimbSummary(
                Wording.asked(climb.task()),
                Wording.conclusion(
                        climb,
                        around.release(),
                        around.certificate(),
                        climb.task().labelCost()),
                ladder,
                new DataSummary(sizes(), found.findings(), found.curve(), found.outlook()),
                proof(),
                climb.started(),
                climb.took());
    }

    private SequencedMap<String, Integer> sizes() {
        SequencedMap<String, Integer> sizes = new LinkedHashMap<>();
        for (Split split : Split.values()) {
            sizes.put(split.key(), climb.sizes().getOrDefault(split, 0));
        }
        return sizes;
    }

    private Proof proof() {
        SequencedMap<String, String> hashes = new LinkedHashMap<>(around.hashes());
        hashes.put("data", climb.data().hex());
        hashes.put("sealed examples", climb.sealed().hex());
        Map<String, String> names = new HashMap<>();
        for (Candidate candidate : climb.candidates()) {
            if (candidate instanceof Candidate.Tried tried) {
                names.put(tried.solution().hash().hex(), tried.name());
                hashes.put(tried.name(), tried.solution().hash().hex());
            }
        }
        List<Proof.Share> shares = new ArrayList<>();
        for (Draw draw : climb.draws()) {
            String solution = draw.attempt().split(":", 2)[0];
            String earlier =
                    "a candidate of an earlier climb, " + solution.substring(0, Math.min(12, solution.length()));
            shares.add(new Proof.Share(draw.order(), names.getOrDefault(solution, earlier), draw.alpha()));
        }
        double budget = 1 - climb.task().bar().confidence();
        return new Proof(
                hashes,
                climb.sealedAccesses(),
                climb.seed(),
                Math.round(budget * 1e12) / 1e12,
                shares,
                around.prices(),
                around.version());
    }

    private LadderLine.Tried line(int number, Candidate.Tried tried) {
        Evidence evidence = tried.deciding();
        List<Estimate> metrics = new ArrayList<>();
        metrics.add(evidence.estimate(headline));
        for (Requirement part : climb.task().bar().requirements()) {
            if (isQuality(part)
                    && !(part instanceof Requirement.AtLeast(Metric metric, double floor) && metric == headline)) {
                metrics.add(evidence.estimate(part));
            }
        }
        if (climb.task().abstain() != null) {
            metrics.add(evidence.estimate(Metric.HARM));
        }
        List<Estimate> all = evidence.estimates();
        Estimate p95 = named(all, "p95_latency", evidence);
        return new LadderLine.Tried(
                number,
                tried.rung(),
                tried.name(),
                Wording.standing(tried.verdict()),
                Wording.brief(tried),
                why(evidence),
                split(tried),
                evidence.outcomes().size(),
                evidence.available(),
                metrics,
                named(all, "p50_latency", evidence),
                latency(evidence, p95),
                named(all, "cost_per_1000", evidence),
                unpriced(evidence),
                tried.effort().build(),
                tried.effort().trial(),
                tried.effort().modelCalls(),
                calibration(evidence),
                tried.solution().recipe().get(PromiseFile.RECIPE_KEY) instanceof Json.Obj promise
                        ? Promised.of(Derivation.fromJson(promise), says(tried))
                        : null,
                confused(tried),
                sliced(evidence));
    }

    private static @Nullable String says(Candidate.Tried tried) {
        return tried.solution().recipe().get(PromiseFile.SAYS) instanceof Json.Str(String says) ? says : null;
    }

    private static @Nullable Sliced sliced(Evidence evidence) {
        SliceTable table = evidence.slices();
        return table == null ? null : Sliced.of(table);
    }

    private static boolean isQuality(Requirement part) {
        return switch (part) {
            case Requirement.AtLeast quality -> true;
            case Requirement.AtMost quality -> true;
            case Requirement.MacroF1AtLeast quality -> true;
            case Requirement.JudgeScoreAtLeast quality -> true;
            case Requirement.OnSlice(var slice, var mean) -> isQuality(mean);
            case Requirement.LatencyAtMost latency -> false;
            case Requirement.CostAtMost cost -> false;
        };
    }

    // Where one part decides, its sentence says all; a proof is the sum of its parts.
    private static List<String> why(Evidence evidence) {
        return switch (evidence.verdict()) {
            case Verdict.Pass pass ->
                evidence.parts().stream()
                        .map(RequirementVerdict::verdict)
                        .map(Wording::reason)
                        .toList();
            case Verdict.Fail fail -> List.of(Wording.reason(fail));
            case Verdict.NotEnough open -> List.of(Wording.reason(open));
        };
    }

    private static Estimate latency(Evidence evidence, Estimate otherwise) {
        for (RequirementVerdict part : evidence.parts()) {
            if (part.requirement() instanceof Requirement.LatencyAtMost) {
                return part.estimate();
            }
        }
        return otherwise;
    }

    private static Estimate named(List<Estimate> estimates, String key, Evidence evidence) {
        return estimates.stream()
                .filter(estimate -> estimate.key().equals(key))
                .findFirst()
                .orElseGet(() -> new Estimate(
                        key,
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        0,
                        evidence.bar().confidence()));
    }

    private static @Nullable String unpriced(Evidence evidence) {
        for (Outcome outcome : evidence.outcomes()) {
            if (outcome.price() instanceof Price.Unknown(String why)) {
                return why;
            }
        }
        return null;
    }

    private @Nullable Calibration calibration(Evidence evidence) {
        if (!headline.binary()) {
            return null;
        }
        ReliabilityDiagram diagram = ReliabilityDiagram.of(
                evidence.outcomes(), headline, BINS, evidence.bar().confidence());
        return diagram.n() < FEWEST_FOR_CALIBRATION
                ? null
                : new Calibration(
                        diagram.expectedError(),
                        diagram.error(),
                        diagram.honesty(),
                        diagram.bins().stream()
                                .map(bin -> new Calibration.Bin(
                                        bin.meanConfidence(),
                                        bin.accuracy().estimate(),
                                        bin.accuracy().low(),
                                        bin.accuracy().high(),
                                        bin.accuracy().n()))
                                .toList());
    }

    // Counted where the verdict was found, quoted from tune: a report that shows sealed examples invites people to tune
    // to them.
    private @Nullable Confused confused(Candidate.Tried tried) {
        if (!(climb.task().output() instanceof OutputContract.Labels)) {
            return null;
        }
        List<Outcome> outcomes = tried.deciding().outcomes();
        Map<String, Integer> expected = new HashMap<>();
        for (Outcome outcome : outcomes) {
            if (outcome.expected() instanceof Output.Label(String label)) {
                expected.merge(label, 1, Integer::sum);
            }
        }
        List<Confusion.Pair> quotable = Confusion.of(tried.tune().outcomes()).pairs();
        List<ConfusedPair> pairs = new ArrayList<>();
        for (Confusion.Pair pair : Confusion.of(outcomes).pairs()) {
            pairs.add(new ConfusedPair(
                    pair.expected(),
                    pair.given().isEmpty() ? "no answer" : pair.given(),
                    pair.count(),
                    expected.getOrDefault(pair.expected(), 0),
                    cases(pair, quotable)));
        }
        return new Confused(split(tried), outcomes.size(), pairs);
    }

    private List<ConfusedPair.Case> cases(Confusion.Pair pair, List<Confusion.Pair> quotable) {
        List<ConfusedPair.Case> cases = new ArrayList<>();
        for (Confusion.Pair quoted : quotable) {
            if (quoted.expected().equals(pair.expected()) && quoted.given().equals(pair.given())) {
                for (ExampleId id : quoted.examples()) {
                    Example example = tune.get(id);
                    if (example != null && cases.size() < CASES) {
                        cases.add(
                                new ConfusedPair.Case(id.toString(), Wording.shortened(example.input(), LONGEST_CASE)));
                    }
                }
            }
        }
        return cases;
    }

    private static String split(Candidate.Tried tried) {
        return (tried.sealed() == null ? Split.TUNE : Split.SEALED).key();
    }
}
