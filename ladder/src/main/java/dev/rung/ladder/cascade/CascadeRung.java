package dev.rung.ladder.cascade;

import dev.rung.core.evidence.Estimate;
import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.Metric;
import dev.rung.ladder.climb.Combination;
import dev.rung.ladder.climb.Proposal;
import dev.rung.ladder.climb.Site;
import dev.rung.ladder.promise.StudentPromise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cascade of the best student with a stronger rung, for when neither holds alone: one in quality, the other in price or time.
 *
 * <p>The student answers by itself where its confidence reaches a threshold that keeps the task's promise ({@link StudentPromise}); the stronger solver is
 * not asked for it, so it costs no model call. Whether the whole meets the bar is for {@code tune} and {@code sealed} to say.
 */
public final class CascadeRung implements Combination {
    @Override
    public List<Proposal> propose(Site site, List<Loaded> tried) {
        Metric headline = Metric.of(site.task().output()).getFirst();
        Loaded student = best(tried.stream().filter(CascadeRung::isStudent).toList(), headline);
        if (student == null) {
            return List.of();
        }
        Cascades cascades = new Cascades(site, student.solver());
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
                            : new Proposal.Buildable(name, () -> cascades.with(other.solver())));
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

    /** Cascades of one student, whose threshold is derived once, when the first is due. */
    private static final class Cascades {
        private final Site site;
        private final Solver student;
        private @Nullable StudentPromise promise;

        Cascades(Site site, Solver student) {
            this.site = site;
            this.student = student;
        }

        Solver with(Solver stronger) {
            StudentPromise known = promise;
            if (known == null) {
                known = StudentPromise.of(
                        site,
                        student,
                        new StudentPromise.Terms(
                                site.task().cascade(),
                                "answered by the student alone and wrongly",
                                "there is nothing to send on"));
                promise = known;
            }
            return new CascadeSolver(known.student(), stronger, known.derivation(), known.rows(), false);
        }
    }
}
