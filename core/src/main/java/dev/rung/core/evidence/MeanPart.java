package dev.rung.core.evidence;

import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Slice;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A requirement on a mean, turned into the mean of a score in [0, 1] against a floor.
 *
 * <p>A latency requirement is the claim that a share {@code quantile} of answers comes within the ceiling. A cost requirement counts no answer at more than {@link #CAP}
 * times the ceiling: without some cap no finite sample bounds a mean; the plain mean must keep the ceiling as well.
 *
 * <p>Rows that repeat a question are no fresh evidence. The requirement must hold counted by row and counted by question (the first row of each cluster), so it
 * passes only when both tests pass, and fails when either fails. Not thread-safe.
 */
final class MeanPart implements Part {
    static final int CAP = 5;
    /** As many equal prices as leave at most one answer in twenty at another one, with 95 % confidence. */
    private static final int CONSTANT_PRICE_ROWS = 59;

    private final Requirement asked;
    private final @Nullable Slice slice;
    private final Requirement.Mean requirement;
    private final boolean binary;
    private TwoSidedTest byRow;
    private TwoSidedTest byQuestion;
    private final Set<String> questions = new HashSet<>();
    private State state = State.OPEN;
    private int unknownPrices;
    private int silent;
    private @Nullable Usd firstPrice;
    private boolean onePrice = true;
    private Usd spent = Usd.ZERO;

    /** Tests {@code requirement} on the examples of {@code slice}, or on all where that is null; {@code asked} is what the bar says. */
    MeanPart(Requirement asked, @Nullable Slice slice, Requirement.Mean requirement, double alpha, double beta) {
        this.asked = asked;
        this.slice = slice;
        this.requirement = requirement;
        binary = switch (requirement) {
            case Requirement.AtLeast(Metric metric, double floor) -> metric.binary();
            case Requirement.AtMost(Metric metric, double ceiling) -> metric.binary();
            case Requirement.LatencyAtMost latency -> true;
            case Requirement.CostAtMost(Usd per1000) -> per1000.amount().signum() <= 0;
        };
        byRow = new TwoSidedTest(floor(), alpha, beta, binary);
        byQuestion = byRow;
    }

    @Override
    public Requirement requirement() {
        return asked;
    }

    /** Returns the requirement without its slice. */
    Requirement.Mean mean() {
        return requirement;
    }

    @Nullable
    Slice slice() {
        return slice;
    }

    @Override
    public int n() {
        return byRow.n();
    }

    boolean binary() {
        return binary;
    }

    /** Returns what the mean score must reach. */
    double floor() {
        return switch (requirement) {
            case Requirement.AtLeast(Metric metric, double floor) -> floor;
            case Requirement.AtMost(Metric metric, double ceiling) -> 1 - ceiling;
            case Requirement.LatencyAtMost(double quantile, Duration ceiling) -> quantile;
            case Requirement.CostAtMost(Usd per1000) -> per1000.amount().signum() <= 0 ? 1 : 1 - 1.0 / CAP;
        };
    }

    @Override
    public void add(Outcome outcome) {
        if (slice != null && !outcome.in(slice)) {
            return;
        }
        if (requirement instanceof Requirement.CostAtMost) {
            addPrice(outcome.price());
        }
        double score = score(outcome);
        if (Double.isNaN(score)) {
            silent += outcome.abstained() ? 1 : 0;
            return;
        }
        boolean repeat = !questions.add(outcome.cluster());
        if (repeat && byQuestion == byRow) {
            byQuestion = byRow.copy();
        }
        boolean fresh = !repeat && byQuestion != byRow;
        if (state != State.OPEN) {
            byRow.keep(score);
            if (fresh) {
                byQuestion.keep(score);
            }
            return;
        }
        byRow.add(score);
        if (fresh) {
            byQuestion.add(score);
        }
        decide();
    }

    /** Returns the score of an outcome, or not a number where the requirement does not apply to it. */
    private double score(Outcome outcome) {
        return switch (requirement) {
            case Requirement.AtLeast(Metric metric, double floor) ->
                outcome.scores().getOrDefault(metric, Double.NaN);
            case Requirement.AtMost(Metric metric, double ceiling) ->
                1 - outcome.scores().getOrDefault(metric, Double.NaN);
            case Requirement.LatencyAtMost(double quantile, Duration ceiling) ->
                outcome.time().compareTo(ceiling) <= 0 ? 1 : 0;
            case Requirement.CostAtMost(Usd per1000) -> thrift(Estimates.dollars(outcome), per1000);
        };
    }

    // 1 for an answer that costs nothing, 0 for one at the cap; the floor stands for the ceiling itself.
    private static double thrift(double dollars, Usd per1000) {
        double ceiling = per1000.amount().doubleValue() / 1000;
        return ceiling <= 0 ? (dollars <= 0 ? 1 : 0) : 1 - Math.clamp(dollars / (CAP * ceiling), 0, 1);
    }

    private void addPrice(Price price) {
        switch (price) {
            case Price.Unknown unknown -> unknownPrices++;
            case Price.Known(Usd amount) -> {
                onePrice &= firstPrice == null || firstPrice.equals(amount);
                firstPrice = firstPrice == null ? amount : firstPrice;
                spent = spent.plus(amount);
            }
        }
    }

    private void decide() {
        if (state == State.OPEN && byRow.provedAbove() && byQuestion.provedAbove() && meanPriceFits()) {
            state = State.PASSED;
        } else if (state == State.OPEN && (byRow.provedBelow() || byQuestion.provedBelow())) {
            state = State.FAILED;
        }
    }

    private boolean meanPriceFits() {
        return !(requirement instanceof Requirement.CostAtMost(Usd per1000))
                || spent.times(1000).compareTo(per1000.times(byRow.n())) <= 0;
    }

    @Override
    public void finish() {
        if (state != State.OPEN) {
            return;
        }
        byRow.finish();
        if (byQuestion != byRow) {
            byQuestion.finish();
        }
        if (byRow.n() > 0) {
            decide();
        }
        if (state == State.OPEN && onePrice && byRow.n() >= CONSTANT_PRICE_ROWS && meanPriceFits()) {
            state = requirement instanceof Requirement.CostAtMost ? State.PASSED : state;
        }
    }

    /** Returns what is proved; a bar of 0 needs no proof, and an unknown price lets nothing be proved of a cost. */
    @Override
    public State state() {
        if (unknownPrices > 0) {
            return State.OPEN;
        }
        return nothingAsked() ? State.PASSED : state;
    }

    /** Tells whether anything at all meets the requirement. */
    boolean nothingAsked() {
        return switch (requirement) {
            case Requirement.AtLeast(Metric metric, double floor) -> floor == 0;
            case Requirement.AtMost(Metric metric, double ceiling) -> ceiling == 1;
            case Requirement.LatencyAtMost latency -> false;
            case Requirement.CostAtMost cost -> false;
        };
    }

    @Override
    public OptionalLong moreRows(int rows) {
        if (n() == 0 || unknownPrices > 0) {
            return OptionalLong.empty();
        }
        long more = byRow.more();
        long moreQuestions = byQuestion.more();
        if (more < 0 || moreQuestions < 0) {
            return OptionalLong.empty();
        }
        // Scaled up where the requirement applies to a share of the rows only.
        double perRow = (double) rows / n();
        double perQuestion = (double) rows / byQuestion.n();
        return OptionalLong.of((long) Math.ceil(Math.max(1, Math.max(more * perRow, moreQuestions * perQuestion))));
    }

    /** Returns how many outcomes do not bear on the requirement because the solver said that it does not know. */
    int silent() {
        return silent;
    }

    int unknownPrices() {
        return unknownPrices;
    }

    /** Returns the mean of the prices that are known, times a thousand. */
    Usd meanPer1000() {
        return new Usd(spent.times(1000).amount().divide(BigDecimal.valueOf(byRow.n()), MathContext.DECIMAL64));
    }

    TwoSidedTest byRow() {
        return byRow;
    }

    TwoSidedTest byQuestion() {
        return byQuestion;
    }

    boolean hasRepeats() {
        return byQuestion != byRow;
    }
}
