package dev.rung.ladder.climb;

import dev.rung.core.Sha256;
import dev.rung.core.evidence.Draw;
import dev.rung.core.evidence.RowsToProve;
import dev.rung.core.evidence.Verdict;
import dev.rung.core.rung.Solution;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Requirement;
import dev.rung.store.ErrorBudget;
import dev.rung.store.SealedSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The error budget of one sealed set, from which each certification attempt draws a share of what is left before it opens a row.
 *
 * <p>A draw belongs to a solution, a bar and the sealed rows: the same solution on the same rows in the same order comes to the same verdict on the same bar, so
 * a climb that is started again draws nothing more for it.
 */
public final class ErrorShares {
    /** What a candidate draws that is likely to pass. */
    static final double LIKELY = 0.5;
    /** What one draws that is not. */
    static final double UNLIKELY = 0.05;

    private static final double POWER = 0.8;

    private final Book book;
    private final Sha256 sealed;
    private final int rows;
    private final Bar bar;
    private final String beside;
    private final double total;

    /** Where the draws on one sealed set are written down, each before its attempt opens a row. */
    public interface Book {
        /** Writes down that {@code attempt} draws {@code share} of what is left of {@code total}, unless it has drawn before; returns whether it has a draw now. */
        boolean draw(String attempt, String candidate, double share, double total);

        /** Notes how an attempt ended. */
        void settle(String attempt, String verdict);

        /** Returns every draw that counts against the sealed set, in the order in which they were made. */
        List<Draw> draws();
    }

    /** @param rows how many sealed rows there are */
    public ErrorShares(ErrorBudget budget, SealedSet sealed, int rows, Bar bar) {
        this(budget, sealed, rows, bar, Guard.NONE);
    }

    /**
     * @param rows how many sealed rows there are
     * @param guard what is claimed of a candidate beside the bar
     */
    public ErrorShares(ErrorBudget budget, SealedSet sealed, int rows, Bar bar, Guard guard) {
        this(new Ledgered(budget, sealed), sealed.hash(), rows, bar, guard);
    }

    /**
     * @param sealed the hash of the sealed rows in order
     * @param rows how many sealed rows there are
     */
    public ErrorShares(Book book, Sha256 sealed, int rows, Bar bar) {
        this(book, sealed, rows, bar, Guard.NONE);
    }

    private ErrorShares(Book book, Sha256 sealed, int rows, Bar bar, Guard guard) {
        this.book = book;
        this.sealed = sealed;
        this.rows = rows;
        this.bar = bar;
        this.beside = guard.claim();
        this.total = 1 - bar.confidence();
    }

    /** What came of asking for a share of the budget. */
    sealed interface Share {
        /** The candidate may open sealed rows. */
        record Granted(Draw draw) implements Share {}

        /** So little is left that not even a flawless run could pass. */
        record Refused(Candidate.Unfunded why) implements Share {}
    }

    /**
     * Draws for {@code solution}, or returns what it drew before.
     *
     * @param share of what is left, strictly between 0 and 1
     */
    Share draw(Solution solution, double share) {
        String test = attempt(solution);
        List<Draw> before = draws();
        double left = left(before);
        if (find(before, test) == null && usedUp(share * left)) {
            return refused("the error budget of these sealed examples is used up: " + before.size()
                    + " attempts have drawn " + percent(total - left) + " of " + percent(total) + ", and not even "
                    + rows + " right answers of " + rows + " would prove the bar with what is left");
        }
        if (!book.draw(test, solution.name(), share, total)) {
            return refused("the error budget of these sealed examples is spent: of " + percent(total) + ", "
                    + percent(total - left) + " was drawn before");
        }
        Draw drawn = find(draws(), test);
        if (drawn == null) {
            throw new IllegalStateException("a draw that is not in the ledger: " + test);
        }
        return new Share.Granted(drawn);
    }

    private Share refused(String reason) {
        int fresh = freshRows(bar);
        return new Share.Refused(new Candidate.Unfunded(
                reason + "; add about " + fresh + " fresh sealed rows and take out those that were opened", fresh));
    }

    private static @Nullable Draw find(List<Draw> draws, String attempt) {
        return draws.stream()
                .filter(draw -> draw.attempt().equals(attempt))
                .findFirst()
                .orElse(null);
    }

    // Two bars are two claims: a solution that failed one may not be tried on another for nothing.
    private String attempt(Solution solution) {
        Sha256 claim = Sha256.of(sealed + "\n" + bar.requirements() + beside);
        return solution.hash().hex() + ":" + claim.brief();
    }

    private double left(List<Draw> draws) {
        double left = total;
        for (Draw draw : draws) {
            left -= draw.alpha();
        }
        return left;
    }

    /** Tells whether so little is left that not even a flawless candidate could pass, though it could have at the start. */
    public boolean usedUp() {
        return usedUp(LIKELY * left(draws()));
    }

    // Too few rows for the bar even at the start are another matter: there the verdict says how many are missing.
    private boolean usedUp(double alpha) {
        for (Requirement requirement : bar.requirements()) {
            double floor = floor(requirement);
            if (floor > 0
                    && floor < 1
                    && RowsToProve.possible(rows, floor, LIKELY * total)
                    && !(alpha > 0 && RowsToProve.possible(rows, floor, alpha))) {
                return true;
            }
        }
        return false;
    }

    private static double floor(Requirement requirement) {
        return switch (requirement) {
            case Requirement.AtLeast(var metric, double floor) -> floor;
            case Requirement.AtMost(var metric, double ceiling) -> 1 - ceiling;
            case Requirement.LatencyAtMost(double quantile, var ceiling) -> quantile;
            case Requirement.CostAtMost cost -> 0;
            // How many rows a slice has is not known beforehand, macro-F1 is no share of rows, and people judge only
            // some.
            case Requirement.OnSlice slice -> 0;
            case Requirement.MacroF1AtLeast macro -> 0;
            case Requirement.JudgeScoreAtLeast judge -> 0;
        };
    }

    /**
     * Returns about how many fresh sealed rows give a good candidate a good chance again: 80 % to pass at the first draw of a fresh budget, when it halves the
     * distance that the bar leaves to 1, and answers no more than the bar asks of it.
     */
    public static int freshRows(Bar bar) {
        double answered = bar.coverage().orElse(1);
        int most = 0;
        for (Requirement requirement : bar.requirements()) {
            double floor = floor(requirement);
            if (floor > 0 && floor < 1) {
                int rows = RowsToProve.of(floor, (1 + floor) / 2, LIKELY * (1 - bar.confidence()), POWER);
                most = Math.max(most, ofAnswers(requirement) ? (int) Math.ceil(rows / answered) : rows);
            }
        }
        return most;
    }

    // What is asked of time and coverage is asked of every question.
    private static boolean ofAnswers(Requirement requirement) {
        return requirement instanceof Requirement.AtMost
                || (requirement instanceof Requirement.AtLeast(var metric, double floor) && !metric.weighsSilence());
    }

    private static String percent(double share) {
        return Math.round(share * 1e4) / 100.0 + " %";
    }

    /** Notes how the attempt of {@code solution} ended. */
    void settle(Solution solution, Verdict verdict) {
        book.settle(attempt(solution), verdict.word());
    }

    /**
     * Returns every draw that counts against these sealed rows, in the order in which they were made; candidates by the hash of their solution. Attempts on other
     * sets of rows that share some with these carry the hash of their set at the end.
     */
    List<Draw> draws() {
        return book.draws();
    }

    /** The ledger's draws. */
    private record Ledgered(ErrorBudget budget, SealedSet sealed) implements Book {
        @Override
        public boolean draw(String attempt, String candidate, double share, double total) {
            return budget.draw(sealed, attempt, candidate, share, total).isPresent();
        }

        @Override
        public void settle(String attempt, String verdict) {
            budget.settle(sealed, attempt, verdict);
        }

        @Override
        public List<Draw> draws() {
            List<Draw> draws = new ArrayList<>();
            for (ErrorBudget.Draw draw : budget.draws(sealed)) {
                draws.add(new Draw(draws.size() + 1, draw.test(), draw.amount()));
            }
            return draws;
        }
    }
}
