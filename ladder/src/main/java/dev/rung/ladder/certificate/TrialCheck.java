package dev.rung.ladder.certificate;

import dev.rung.core.evidence.Estimate;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.evidence.Scoring;
import dev.rung.core.json.Json;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Metric;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Requirement;
import dev.rung.ladder.certificate.SimpleFigures.Figure;
import dev.rung.ladder.certificate.Verification.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Recomputes all that a certificate says of one trial, with the climb's own code and with {@link Recount}, which shares none with it. */
final class TrialCheck {
    private static final double RELATIVE = 1e-6;

    private final Bar bar;
    private final OutputContract contract;
    private final SavedTrial trial;

    TrialCheck(Bar bar, OutputContract contract, SavedTrial trial) {
        this.bar = bar;
        this.contract = contract;
        this.trial = trial;
    }

    List<Check> check() {
        return List.of(
                check("scores of " + trial.file(), scores(), trial.n() + " outcomes"),
                check("findings of " + trial.file(), findings(), "recomputed to the last digit"),
                check("verdict of " + trial.file(), verdict(), "recounted: " + word(trial.findings())),
                check("estimates of " + trial.file(), estimates(), "recounted"),
                check("slices of " + trial.file(), slices(), "recounted"));
    }

    private static Check check(String name, @Nullable String fault, String otherwise) {
        return new Check(name, fault == null, fault == null ? otherwise : fault);
    }

    private static String word(Json.Obj findings) {
        return findings.object("verdict").string("verdict");
    }

    private @Nullable String scores() {
        if (trial.outcomes().size() != trial.n()) {
            return "the certificate says " + trial.n() + " outcomes, there are "
                    + trial.outcomes().size();
        }
        for (Outcome outcome : trial.outcomes()) {
            if (!Scoring.score(contract, outcome.expected(), outcome.output(), outcome.repeats())
                    .equals(outcome.scores())) {
                return "the scores of " + outcome.example() + " do not follow from its output";
            }
        }
        return null;
    }

    private @Nullable String findings() {
        Evidence evidence = new Evidence(bar, trial.alpha(), trial.beta(), trial.available());
        trial.outcomes().forEach(evidence::add);
        Json.Obj found = Certificate.findings(evidence);
        return found.equals(trial.findings())
                ? null
                : "the outcomes say \"" + found.object("verdict").string("sentence") + "\", the certificate \""
                        + trial.findings().object("verdict").string("sentence") + "\""
                        + (word(found).equals(word(trial.findings())) ? ", or its figures differ" : "");
    }

    private @Nullable String verdict() {
        boolean complete = trial.outcomes().size() == trial.available();
        Recount recount = new Recount(trial.alpha(), trial.beta(), complete, trial.outcomes());
        String word = recount.verdict(bar);
        if (!word.equals(word(trial.findings()))) {
            return "recounted: " + word + ", certified: " + word(trial.findings());
        }
        List<Json> parts = trial.findings().array("parts");
        for (int i = 0; i < bar.requirements().size(); i++) {
            Requirement requirement = bar.requirements().get(i);
            String part = recount.verdict(requirement);
            String certified = ((Json.Obj) parts.get(i)).string("verdict");
            if (!part.equals(certified)) {
                return TaskJson.requirement(requirement) + " recounted: " + part + ", certified: " + certified;
            }
        }
        return null;
    }

    private @Nullable String estimates() {
        SimpleFigures figures = new SimpleFigures(trial.outcomes(), bar.confidence());
        SequencedMap<String, Figure> recounted = figures.all();
        for (Requirement requirement : bar.requirements()) {
            if (requirement instanceof Requirement.JudgeScoreAtLeast(double floor, int judgedPerLabel, String judge)
                    && !trial.outcomes().isEmpty()) {
                recounted.put(
                        "judge_score",
                        new SimpleJudge(trial.outcomes(), judgedPerLabel).figure((1 - bar.confidence()) / 2));
            }
        }
        List<Estimate> certified = new ArrayList<>();
        for (Json estimate : trial.findings().array("estimates")) {
            certified.add(Estimate.fromJson((Json.Obj) estimate));
        }
        if (!certified.stream().map(Estimate::key).toList().equals(List.copyOf(recounted.keySet()))) {
            return "recounted are " + recounted.keySet();
        }
        for (Estimate estimate : certified) {
            Figure figure = recounted.get(estimate.key());
            if (figure == null || !agrees(estimate, figure)) {
                return estimate + ", recounted: " + figure;
            }
        }
        return null;
    }

    // Bonferroni over the slices that the certificate names; each figure is recounted from the outcomes of its slice.
    private @Nullable String slices() {
        if (trial.findings().get("slices") == null) {
            return null;
        }
        List<Json> certified = trial.findings().array("slices");
        for (Json one : certified) {
            Json.Obj slice = (Json.Obj) one;
            Estimate estimate = Estimate.fromJson(slice);
            String facet = slice.string("facet");
            List<Outcome> inside = trial.outcomes().stream()
                    .filter(outcome -> slice.string("value")
                            .equals(
                                    facet.equals("label")
                                            ? outcome.expected().text()
                                            : outcome.facets().get(facet)))
                    .toList();
            double each = 1 - (1 - bar.confidence()) / certified.size();
            Metric metric = Metric.of(estimate.key().substring(0, estimate.key().indexOf('{')));
            if (metric == null) {
                return "no metric: " + estimate.key();
            }
            Figure figure = new SimpleFigures(inside, each).metric(metric);
            if (!agrees(estimate, figure)) {
                return estimate + ", recounted: " + figure;
            }
            double all = new SimpleFigures(trial.outcomes(), bar.confidence())
                    .metric(metric)
                    .estimate();
            if (slice.require("worse").equals(Json.of(true)) != figure.high() < all) {
                return estimate + " is not on the side of " + all + " that the certificate says";
            }
        }
        return null;
    }

    private static boolean agrees(Estimate estimate, Figure figure) {
        return estimate.n() == figure.n()
                && close(estimate.estimate(), figure.estimate())
                && close(estimate.low(), figure.low())
                && close(estimate.high(), figure.high());
    }

    private static boolean close(double a, double b) {
        return Double.compare(a, b) == 0 || Math.abs(a - b) <= RELATIVE * Math.max(Math.abs(a), Math.abs(b)) + 1e-12;
    }
}
