package dev.rung.ladder.climb;

import dev.rung.core.evidence.Estimate;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.evidence.RequirementVerdict;
import dev.rung.core.evidence.Verdict;
import dev.rung.core.task.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws the conclusion from the candidates of a climb. */
final class Decisions {
    private Decisions() {}

    /** @param outlook what the data say would help, in sentences */
    static Decision of(Candidate.@Nullable Tried winner, List<Candidate> ladder, Site site, List<String> outlook) {
        if (winner != null) {
            return new Decision.Met(winner);
        }
        List<Candidate.Tried> tried = new ArrayList<>();
        List<String> remedies = new ArrayList<>(outlook);
        for (Candidate candidate : ladder) {
            switch (candidate) {
                case Candidate.Tried one -> tried.add(one);
                case Candidate.NotTried one -> {
                    if (site.modelsLeftOut().stream()
                            .anyMatch(missing -> missing.model().equals(one.name()))) {
                        remedies.add(one.name() + " could not be tried: " + one.reason());
                    }
                }
            }
        }
        Metric headline = Metric.of(site.task().output()).getFirst();
        IdentityHashMap<Candidate.Tried, Double> headlines = new IdentityHashMap<>();
        tried.forEach(one -> headlines.put(one, headline(one, headline)));
        Comparator<Candidate.Tried> byHeadline = Comparator.comparing(headlines::get);
        Candidate.Tried open = tried.stream()
                .filter(one -> one.verdict() instanceof Verdict.NotEnough)
                .max(byHeadline)
                .orElse(null);
        if (open != null && open.verdict() instanceof Verdict.NotEnough verdict) {
            return new Decision.Open(open, verdict.moreExamples(), remedies);
        }
        Candidate.Tried best = tried.stream().max(byHeadline).orElse(null);
        return new Decision.NotMet(best, best == null ? List.of() : missing(best), remedies);
    }

    // Answers that are right do not bring a solver near that gives fewer of them than it must.
    private static double headline(Candidate.Tried candidate, Metric metric) {
        Evidence evidence = candidate.deciding();
        double coverage = evidence.bar().coverage().orElse(0);
        double given = coverage == 0
                ? 1
                : Math.min(1, evidence.estimate(Metric.COVERAGE).estimate() / coverage);
        Estimate estimate = evidence.estimate(metric);
        return estimate.known() ? given * estimate.estimate() : 0;
    }

    private static List<String> missing(Candidate.Tried best) {
        List<String> sentences = new ArrayList<>(best.kept().faults());
        for (RequirementVerdict part : best.deciding().parts()) {
            if (!(part.verdict() instanceof Verdict.Pass)) {
                sentences.add(part.verdict().sentence());
            }
        }
        return sentences;
    }
}
