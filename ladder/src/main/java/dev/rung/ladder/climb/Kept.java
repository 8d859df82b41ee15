package dev.rung.ladder.climb;

import dev.rung.core.data.Example;
import dev.rung.core.data.RegressionSet;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.evidence.Verdict;
import dev.rung.core.evidence.paired.PairedVerdict;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Task;
import dev.rung.ladder.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a candidate kept of a {@link Guard}.
 *
 * @param against null where it was compared with nothing
 */
public record Kept(List<Mended> regressions, Incumbent.@Nullable Against against) {
    static final Kept NOTHING = new Kept(List.of(), null);

    public Kept {
        regressions = List.copyOf(regressions);
    }

    /**
     * What became of a regression set.
     *
     * @param waiver why a wrong answer is accepted; null where it is not
     */
    public record Mended(
            String set,
            List<Outcome> outcomes,
            int wrong,
            @Nullable String waiver) {
        public Mended {
            outcomes = List.copyOf(outcomes);
        }

        /** Tells whether the candidate may go on. */
        public boolean holds() {
            return wrong == 0 || waiver != null;
        }

        String sentence() {
            return "the regression set " + set + " was mended once, and " + wrong + " of its " + outcomes.size()
                    + " rows are wrong again";
        }
    }

    /** Puts {@code solver} to all regression sets; they are no sealed rows, so that failing them costs no error. */
    static Kept of(Solver solver, Task task, List<RegressionSet> sets) {
        Metric headline = Metric.of(task.output()).getFirst();
        List<Mended> results = new ArrayList<>();
        for (RegressionSet set : sets) {
            List<Outcome> outcomes = new ArrayList<>();
            int wrong = 0;
            for (Example row : set.rows()) {
                Outcome outcome = Trial.of(solver, task, row);
                outcomes.add(outcome);
                wrong += outcome.scores().getOrDefault(headline, 0.0) < 1 ? 1 : 0;
            }
            results.add(new Mended(set.name(), outcomes, wrong, set.waiver()));
        }
        return new Kept(results, null);
    }

    Kept beside(Incumbent.Against compared) {
        return new Kept(regressions, compared);
    }

    boolean holdsRegressions() {
        return regressions.stream().allMatch(Mended::holds);
    }

    /** Returns why the candidate is not accepted though it may meet the bar, a sentence each. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        for (Mended one : regressions) {
            if (!one.holds()) {
                faults.add(one.sentence());
            }
        }
        if (against != null && !(against.result().verdict() instanceof PairedVerdict.NotWorse)) {
            faults.add("against " + against.release() + ": "
                    + against.result().verdict().sentence());
        }
        return faults;
    }

    /** Returns the verdict on bar and guard together, when the bar's is {@code bar}. */
    Verdict verdict(Verdict bar) {
        if (bar instanceof Verdict.Fail) {
            return bar;
        }
        for (Mended one : regressions) {
            if (!one.holds()) {
                return new Verdict.Fail(null, one.sentence() + ": FAIL");
            }
        }
        return against == null || !(bar instanceof Verdict.Pass) ? bar : verdict(bar, against);
    }

    private static Verdict verdict(Verdict bar, Incumbent.Against against) {
        String name = against.release() + ": ";
        return switch (against.result().verdict()) {
            case PairedVerdict.NotWorse(String sentence) ->
                new Verdict.Pass(stem(bar.sentence(), ": PASS") + "; against " + name + sentence + ": PASS");
            case PairedVerdict.Worse(String sentence) ->
                new Verdict.Fail(null, "against " + name + sentence + ": FAIL");
            case PairedVerdict.NotEnough(String sentence, var more) ->
                new Verdict.NotEnough("against " + name + sentence, more);
        };
    }

    private static String stem(String sentence, String end) {
        return sentence.endsWith(end) ? sentence.substring(0, sentence.length() - end.length()) : sentence;
    }

    /** Returns the reason for a verdict that is not the bar's in a few words, or null where the bar's stands. */
    public @Nullable String brief() {
        for (Mended one : regressions) {
            if (!one.holds()) {
                return "regression set " + one.set() + ": " + one.wrong() + " of "
                        + one.outcomes().size() + " wrong again";
            }
        }
        if (against == null) {
            return null;
        }
        return switch (against.result().verdict()) {
            case PairedVerdict.NotWorse kept -> null;
            case PairedVerdict.Worse worse -> "worse than " + against.release();
            case PairedVerdict.NotEnough open -> "not proved to be no worse than " + against.release();
        };
    }
}
