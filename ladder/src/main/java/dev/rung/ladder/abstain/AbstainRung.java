package dev.rung.ladder.abstain;

import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Promise;
import dev.rung.ladder.climb.Combination;
import dev.rung.ladder.climb.Proposal;
import dev.rung.ladder.climb.Site;
import dev.rung.ladder.promise.StudentPromise;
import java.util.ArrayList;
import java.util.List;

/**
 * Each student that states a confidence once more, silent below the threshold that keeps the task's promise; for tasks that take silence, and for when no solver holds that always answers.
 *
 * <p>The order is that in which the students were tried, the cheapest first. A solver that states no confidence always answers, so nothing is made of it.
 */
public final class AbstainRung implements Combination {
    @Override
    public List<Proposal> propose(Site site, List<Loaded> tried) {
        Promise promise = site.task().abstain();
        if (promise == null || !(site.task().output() instanceof OutputContract.Labels labels)) {
            return List.of();
        }
        String says = labels.unsure();
        List<Proposal> proposals = new ArrayList<>();
        for (Loaded one : tried) {
            if (says != null && statesConfidence(one)) {
                String name = AbstainSolver.name(one.solver().solution());
                proposals.add(new Proposal.Buildable(name, () -> silent(site, one.solver(), promise, says)));
            }
        }
        return proposals;
    }

    private static boolean statesConfidence(Loaded one) {
        return one.candidate().rung() == Rung.DISTIL
                && one.candidate().tune().outcomes().stream().anyMatch(outcome -> !Double.isNaN(outcome.confidence()));
    }

    private static Solver silent(Site site, Solver tried, Promise promise, String says) {
        StudentPromise kept = StudentPromise.of(
                site,
                tried,
                new StudentPromise.Terms(
                        promise,
                        "answered wrongly",
                        "it would never be silent; a smaller harm under abstain: would have it answer less, and better"));
        return new AbstainSolver(kept.student(), kept.derivation(), kept.rows(), says, false);
    }
}
