package dev.rung.ladder.climb;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.evidence.Draw;
import dev.rung.core.rung.Solution;
import dev.rung.core.task.TaskName;
import dev.rung.store.ErrorBudget;
import java.util.ArrayList;
import java.util.List;

/**
 * The error budget of one sealed set, from which each certification attempt draws a share of what is left before it opens a row.
 *
 * <p>A draw belongs to a solution: the same solution on the same rows in the same order comes to the same verdict, so a climb that is started again draws
 * nothing more for it.
 */
public final class ErrorShares {
    private final ErrorBudget budget;
    private final TaskName task;
    private final Sha256 sealed;
    private final double total;

    /** @param total one less the bar's confidence */
    public ErrorShares(ErrorBudget budget, TaskName task, Sha256 sealed, double total) {
        this.budget = budget;
        this.task = task;
        this.sealed = sealed;
        this.total = total;
    }

    /**
     * Draws for {@code solution}, or returns what it drew before.
     *
     * @param share of what is left, strictly between 0 and 1
     */
    Draw draw(Solution solution, double share) {
        String test = solution.hash().hex();
        double amount = Math.max(Double.MIN_NORMAL, (total - budget.spent(task, sealed)) * share);
        ErrorBudget.Draw drawn = budget.draw(task, sealed, test, amount, total)
                .orElseThrow(() -> new RungException.Unavailable(
                        "the error budget of these sealed examples is spent: no verdict on " + solution.name()
                                + " could be trusted; add fresh sealed examples"));
        return draws().stream()
                .filter(draw -> draw.attempt().equals(drawn.test()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a draw that is not in the ledger: " + drawn.test()));
    }

    /** Returns every draw on this sealed set, in the order in which they were made; candidates by the hash of their solution. */
    List<Draw> draws() {
        List<Draw> draws = new ArrayList<>();
        for (ErrorBudget.Draw draw : budget.draws(task, sealed)) {
            draws.add(new Draw(draws.size() + 1, draw.test(), draw.amount()));
        }
        return draws;
    }
}
