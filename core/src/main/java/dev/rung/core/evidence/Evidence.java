package dev.rung.core.evidence;

import dev.rung.core.data.ExampleId;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The evidence on one candidate against one bar: outcomes go in, in an order fixed beforehand, and after any of them the verdict may be asked for.
 *
 * <p>The bar is met only when each of its requirements is proved, each at the full level {@code alpha}: if the truth misses any one of them, a PASS needs a false proof of that one, so
 * it has probability at most {@code alpha} (intersection-union, Berger 1982). Looking after every row costs nothing, because every test is valid at all times at once
 * ({@link BettingTest}); what is proved once stays proved, and later rows only sharpen the figures. Not thread-safe.
 */
public final class Evidence {
    private final Bar bar;
    private final double alpha;
    private final double beta;
    private final int available;
    private final List<Part> parts;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Set<ExampleId> examples = new HashSet<>();
    private @Nullable Verdict reached; // since the last outcome came in
    private @Nullable List<Estimate> measured; // likewise

    /**
     * Starts without outcomes.
     *
     * @param alpha the largest chance of a false PASS
     * @param beta the largest chance of a false FAIL, for each requirement; a FAIL promotes nothing, so it draws on no budget
     * @param available how many examples there are in all; when that many are in, each test takes its final look
     */
    public Evidence(Bar bar, double alpha, double beta, int available) {
        this.bar = bar;
        this.alpha = alpha;
        this.beta = beta;
        this.available = available;
        parts = bar.requirements().stream()
                .map(requirement -> Part.of(requirement, alpha, beta))
                .toList();
    }

    /** Adds what happened to the next example. */
    public void add(Outcome outcome) {
        if (outcomes.size() >= available) {
            throw new IllegalStateException("all " + available + " examples are in");
        }
        if (!examples.add(outcome.example())) {
            throw new IllegalArgumentException(outcome.example() + " is in already");
        }
        outcomes.add(outcome);
        reached = null;
        measured = null;
        parts.forEach(part -> part.add(outcome));
        if (outcomes.size() == available) {
            if (parts.stream().anyMatch(MacroF1Part.class::isInstance)) {
                measured(); // resampled once, for the last look and for display
            }
            parts.forEach(Part::finish);
        }
    }

    /** Tells whether nothing is proved of the whole bar yet; cheap, to be asked after every row. */
    public boolean isOpen() {
        return !isFailed() && parts.stream().anyMatch(part -> part.state() != Part.State.PASSED);
    }

    /** Tells whether it is proved that the bar is missed; cheap, to be asked after every row. */
    public boolean isFailed() {
        return parts.stream().anyMatch(part -> part.state() == Part.State.FAILED);
    }

    /** Returns the verdict on the whole bar. */
    public Verdict verdict() {
        Verdict verdict = reached;
        if (verdict == null) {
            verdict = conclude();
            reached = verdict;
        }
        return verdict;
    }

    private Verdict conclude() {
        for (Part part : parts) {
            if (part.state() == Part.State.FAILED) {
                return verdict(part);
            }
        }
        return isOpen() ? open() : passed();
    }

    private Verdict passed() {
        if (parts.size() == 1) {
            return verdict(parts.getFirst());
        }
        StringBuilder sentence = new StringBuilder();
        for (Part part : parts) {
            sentence.append(sentences().proof(part)).append("; ");
        }
        return new Verdict.Pass(sentence + "all " + parts.size() + " parts of the bar: PASS");
    }

    // The open part that needs the most examples says what is missing; one that no number would settle comes first.
    private Verdict open() {
        Verdict.NotEnough worst = null;
        for (Part part : parts) {
            if (part.state() == Part.State.OPEN
                    && verdict(part) instanceof Verdict.NotEnough next
                    && (worst == null || more(next) > more(worst))) {
                worst = next;
            }
        }
        if (worst == null) {
            throw new IllegalStateException("no part is open");
        }
        return worst;
    }

    private static long more(Verdict.NotEnough verdict) {
        return verdict.moreExamples().orElse(Long.MAX_VALUE);
    }

    /** Returns the verdict, the estimate and the number of examples for each requirement, in the bar's order. */
    public List<RequirementVerdict> parts() {
        measured();
        return parts.stream()
                .map(part -> new RequirementVerdict(
                        part.requirement(), verdict(part), estimate(part.requirement()), part.n()))
                .toList();
    }

    private Verdict verdict(Part part) {
        return switch (part.state()) {
            case PASSED -> new Verdict.Pass(sentences().proof(part) + ": PASS");
            case FAILED -> new Verdict.Fail(part.requirement(), sentences().refutation(part) + ": FAIL");
            case OPEN ->
                new Verdict.NotEnough(sentences().open(part) + ": NOT ENOUGH EVIDENCE", part.moreRows(outcomes.size()));
        };
    }

    private Sentences sentences() {
        return new Sentences(Math.min(bar.confidence(), 1 - alpha), beta, outcomes.size());
    }

    /** Returns every metric seen, the judge score where the bar asks for one, the p50 and p95 latency and the cost of a thousand answers, with two-sided intervals at the bar's confidence. */
    public List<Estimate> estimates() {
        List<Estimate> all = new ArrayList<>(measured());
        for (Requirement requirement : bar.requirements()) {
            if (requirement instanceof Requirement.JudgeScoreAtLeast && !outcomes.isEmpty()) {
                all.add(estimate(requirement));
            }
        }
        return all;
    }

    /** Returns one metric's estimate: cheap for rates, to be shown while rows arrive. */
    public Estimate estimate(Metric metric) {
        return Estimates.metric(metric, outcomes, bar.confidence());
    }

    /** Returns one requirement's estimate, known as soon as a row bears on it. */
    public Estimate estimate(Requirement requirement) {
        if (measured != null) {
            for (Estimate estimate : measured) {
                if (estimate.key().equals(Estimates.key(requirement))) {
                    return estimate;
                }
            }
        }
        return Estimates.of(requirement, outcomes, bar.confidence());
    }

    // All at once, since what is resampled shares its draws.
    private List<Estimate> measured() {
        List<Estimate> all = measured;
        if (all == null) {
            all = Estimates.all(outcomes, bar.confidence(), this::macroF1);
            measured = all;
        }
        return all;
    }

    private MacroF1 macroF1() {
        for (Part part : parts) {
            if (part instanceof MacroF1Part macro) {
                return macro.figure();
            }
        }
        return MacroF1.of(outcomes);
    }

    /** Returns the first metric of the bar on every slice of the outcomes, or null where the bar has no metric of which more is better. */
    public @Nullable SliceTable slices() {
        for (Requirement requirement : bar.requirements()) {
            if (requirement instanceof Requirement.AtLeast(Metric metric, double floor)) {
                return SliceTable.of(outcomes, metric, bar.confidence());
            }
        }
        return null;
    }

    /** Tells whether the estimates so far reach every quality that the bar asks for: a guess, not a proof. */
    public boolean looksGood() {
        return bar.requirements().stream()
                .allMatch(requirement ->
                        reaches(requirement, estimate(requirement).estimate()));
    }

    // What is not known yet (not a number) is not short of anything.
    private static boolean reaches(Requirement requirement, double value) {
        return switch (requirement) {
            case Requirement.AtLeast(Metric metric, double floor) -> !(value < floor);
            case Requirement.AtMost(Metric metric, double ceiling) -> !(value > ceiling);
            case Requirement.MacroF1AtLeast(double floor) -> !(value < floor);
            case Requirement.JudgeScoreAtLeast(double floor, int judgedPerLabel, String judge) -> !(value < floor);
            case Requirement.OnSlice(Slice slice, Requirement.Mean mean) -> reaches(mean, value);
            case Requirement.LatencyAtMost latency -> true;
            case Requirement.CostAtMost cost -> true;
        };
    }

    public List<Outcome> outcomes() {
        return Collections.unmodifiableList(outcomes);
    }

    public Bar bar() {
        return bar;
    }

    public double alpha() {
        return alpha;
    }

    public double beta() {
        return beta;
    }

    public int available() {
        return available;
    }
}
