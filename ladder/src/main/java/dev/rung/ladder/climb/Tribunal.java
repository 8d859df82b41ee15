package dev.rung.ladder.climb;

import dev.rung.core.data.Example;
import dev.rung.core.data.SealedExamples;
import dev.rung.core.data.Split;
import dev.rung.core.evidence.Draw;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.evidence.Verdict;
import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solver;
import dev.rung.ladder.trial.Trial;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Puts a candidate to the rows that judge it: {@code tune} first, then, unless those reject it, {@code sealed}. */
final class Tribunal {
    /** The chance of a false FAIL, a candidate. It promotes nothing, so it is no part of the error budget. */
    private static final double FALSE_FAIL = 0.05;
    /** A slow candidate that tune has neither rejected nor confirmed within this time goes on to the sealed rows. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Once decided, the remaining sealed rows are answered all the same, for a sharper figure, if they take no longer than this. */
    private static final Duration COURTESY = Duration.ofSeconds(90);

    /** After so many rows, and again each time as many more are in, a slow candidate is asked whether those left can be expected to decide. */
    private static final int PROSPECTS = 100;
    /** A candidate that would need more than this many times the rows that are left is stopped. */
    private static final int FAR = 3;

    private final Site site;
    private final SealedExamples sealed;
    private final ErrorShares budget;
    private final Guard guard;
    private final ClimbListener listener;
    private long sealedAccesses;

    Tribunal(Site site, SealedExamples sealed, ErrorShares budget, Guard guard, ClimbListener listener) {
        this.site = site;
        this.sealed = sealed;
        this.budget = budget;
        this.guard = guard;
        this.listener = listener;
    }

    /** What a candidate did. */
    record Hearing(
            Evidence tune,
            @Nullable Evidence sealed,
            @Nullable Draw draw,
            Kept kept,
            Candidate.@Nullable Unfunded unfunded) {
        static Hearing onTune(Evidence tune, Kept kept) {
            return new Hearing(tune, null, null, kept, null);
        }
    }

    Hearing hear(Solver solver) {
        warmUp(solver);
        Evidence tune = onTune(solver);
        if (tune.isFailed()) {
            return Hearing.onTune(tune, Kept.NOTHING);
        }
        Kept kept = Kept.of(solver, site.task(), guard.regressions());
        if (!kept.holdsRegressions()) {
            return Hearing.onTune(tune, kept);
        }
        return switch (budget.draw(solver.solution(), share(tune))) {
            case ErrorShares.Share.Refused(Candidate.Unfunded why) -> new Hearing(tune, null, null, kept, why);
            case ErrorShares.Share.Granted(Draw draw) -> certify(solver, tune, draw, kept);
        };
    }

    private Hearing certify(Solver solver, Evidence tune, Draw draw, Kept onRegressions) {
        Kept kept = onRegressions;
        Evidence evidence = onSealed(solver, draw);
        Incumbent incumbent = guard.incumbent();
        if (incumbent != null && evidence.verdict() instanceof Verdict.Pass) {
            kept = kept.beside(incumbent.against(site.task(), evidence.outcomes(), sealed, draw.alpha(), FALSE_FAIL));
        }
        budget.settle(solver.solution(), kept.verdict(evidence.verdict()));
        return new Hearing(tune, evidence, draw, kept, null);
    }

    List<Draw> draws() {
        return budget.draws();
    }

    long sealedAccesses() {
        return sealedAccesses;
    }

    // On training rows, so that no judged row is answered cold. A model call is saved, hence the count must not depend
    // on the clock.
    private void warmUp(Solver solver) {
        int rows = switch (solver.solution().rung()) {
            case PROMPT, RETRIEVE, CACHE, TUNE, HOST, CONTINUED_PRETRAINING, FROM_SCRATCH -> 1;
            case DISTIL -> 200;
        };
        for (Example row : site.train().subList(0, Math.min(rows, site.train().size()))) {
            solver.answer(row.input());
        }
    }

    private Evidence onTune(Solver solver) {
        List<Example> rows = site.tune();
        Evidence evidence = new Evidence(site.task().bar(), FALSE_FAIL, FALSE_FAIL, rows.size());
        Duration spent = Duration.ZERO;
        for (Example row : rows) {
            Outcome outcome = Trial.of(solver, site.task(), row, site.judge());
            evidence.add(outcome);
            spent = spent.plus(outcome.time());
            Rung rung = solver.solution().rung();
            listener.answered(rung, solver.solution().name(), Split.TUNE, evidence, rows.size());
            if (evidence.isFailed() || spent.compareTo(PATIENCE) > 0) {
                break;
            }
        }
        return evidence;
    }

    // The share may depend on tune, which is independent of the sealed rows: a candidate that is not likely to pass
    // must not eat what a later one needs.
    private double share(Evidence tune) {
        return tune.looksGood() ? ErrorShares.LIKELY : ErrorShares.UNLIKELY;
    }

    private Evidence onSealed(Solver solver, Draw draw) {
        Evidence evidence = new Evidence(site.task().bar(), draw.alpha(), FALSE_FAIL, sealed.size());
        String purpose = "certify " + solver.solution().name() + " "
                + solver.solution().hash().brief();
        Duration spent = Duration.ZERO;
        for (int index = 0; index < sealed.size(); index++) {
            if (evidence.isFailed()) {
                break;
            }
            Duration rest = index == 0 ? Duration.ZERO : spent.dividedBy(index).multipliedBy(sealed.size() - index);
            // A comparison takes one look, at pairs whose number was fixed beforehand: all of them.
            boolean done = !evidence.isOpen() && guard.incumbent() == null;
            if (rest.compareTo(COURTESY) > 0 && (done || (evidence.isOpen() && hopeless(evidence, index)))) {
                break;
            }
            Outcome outcome = Trial.of(solver, site.task(), sealed.open(index, purpose), site.judge());
            sealedAccesses++;
            evidence.add(outcome);
            spent = spent.plus(outcome.time());
            listener.answered(
                    solver.solution().rung(), solver.solution().name(), Split.SEALED, evidence, sealed.size());
        }
        return evidence;
    }

    // Stopping without a proof can promote nothing, so it costs no error; it saves the hours that a slow candidate near
    // the bar would take to come to nothing.
    private boolean hopeless(Evidence evidence, int answered) {
        return answered > 0
                && answered % PROSPECTS == 0
                && evidence.verdict() instanceof Verdict.NotEnough(String sentence, OptionalLong more)
                && (more.isEmpty() || more.getAsLong() > (long) FAR * (sealed.size() - answered));
    }
}
