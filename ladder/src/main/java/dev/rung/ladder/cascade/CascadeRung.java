package dev.rung.ladder.cascade;

import dev.rung.core.data.Example;
import dev.rung.core.evidence.Estimate;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.Metric;
import dev.rung.ladder.climb.Combination;
import dev.rung.ladder.climb.Proposal;
import dev.rung.ladder.climb.Site;
import dev.rung.ladder.trial.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cascade of the best student with a stronger rung, for when neither holds alone: one in quality, the other in price or time.
 *
 * <p>The threshold is chosen on {@code calibrate}: the lowest one, which sends fewest questions on, among those with the most right answers.
 */
public final class CascadeRung implements Combination {
    /** What the stronger solver is asked to choose the threshold: enough for two percent, and bounded where each call costs. */
    private static final int MOST_ROWS = 300;

    @Override
    public List<Proposal> propose(Site site, List<Loaded> tried) {
        Metric headline = Metric.of(site.task().output()).getFirst();
        Loaded student = best(tried.stream().filter(CascadeRung::isStudent).toList(), headline);
        if (student == null) {
            return List.of();
        }
        List<Proposal> proposals = new ArrayList<>();
        for (Loaded other : tried) {
            if (isStudent(other)) {
                continue;
            }
            String name = student.candidate().name() + " → " + other.candidate().name();
            proposals.add(
                    value(other, headline) <= value(student, headline)
                            ? new Proposal.LeftOut(
                                    name,
                                    "on tune the second tier is not better than the student, so it could not correct it")
                            : new Proposal.Buildable(
                                    name, () -> build(site, student.solver(), other.solver(), headline)));
        }
        return proposals;
    }

    private static boolean isStudent(Loaded one) {
        return one.candidate().rung() == Rung.DISTIL;
    }

    private static @Nullable Loaded best(List<Loaded> among, Metric headline) {
        return among.stream()
                .max(Comparator.comparingDouble(one -> value(one, headline)))
                .orElse(null);
    }

    private static double value(Loaded one, Metric headline) {
        Estimate estimate = one.candidate().tune().estimate(headline);
        return estimate.known() ? estimate.estimate() : 0;
    }

    private static Solver build(Site site, Solver student, Solver stronger, Metric headline) {
        List<Example> rows =
                site.calibrate().subList(0, Math.min(MOST_ROWS, site.calibrate().size()));
        List<Pair> pairs = new ArrayList<>();
        for (Example row : rows) {
            site.progress().at("asking both tiers on the calibrate split", pairs.size(), rows.size());
            Outcome cheap = Trial.of(student, site.task(), row);
            Outcome strong = Trial.of(stronger, site.task(), row);
            pairs.add(new Pair(
                    cheap.confidence(),
                    cheap.scores().getOrDefault(headline, 0.0),
                    strong.scores().getOrDefault(headline, 0.0)));
        }
        return new CascadeSolver(student, stronger, threshold(pairs), false);
    }

    /** One calibrate row: the student's confidence, and how each tier scored. */
    record Pair(double confidence, double student, double stronger) {}

    /** Returns the lowest threshold with the highest total score: rows at or above it are the student's. */
    static double threshold(List<Pair> pairs) {
        List<Pair> sorted = new ArrayList<>(pairs);
        sorted.sort(Comparator.comparingDouble(Pair::confidence));
        double total = 0;
        for (Pair pair : sorted) {
            total += pair.student();
        }
        double best = total;
        double threshold = 0;
        for (int i = 0; i < sorted.size(); i++) {
            Pair pair = sorted.get(i);
            total += pair.stronger() - pair.student();
            boolean lastOfTie = i + 1 == sorted.size() || sorted.get(i + 1).confidence() > pair.confidence();
            if (lastOfTie && total > best + 1e-9) {
                best = total;
                threshold = i + 1 == sorted.size()
                        ? Math.nextUp(pair.confidence())
                        : sorted.get(i + 1).confidence();
            }
        }
        return threshold;
    }
}
