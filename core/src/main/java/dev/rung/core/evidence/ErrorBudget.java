package dev.rung.core.evidence;

import dev.rung.core.RungException;
import java.util.ArrayList;
import java.util.List;

/**
 * The chance of a false PASS that one sealed set may spend over its life: every certification attempt, of every climb and recheck, draws its share in order.
 *
 * <p>An attempt draws a part of what is left, fixed before it opens a sealed row from what does not depend on sealed rows, and may spend no more. By the union bound anything below the bar is ever promoted with
 * probability at most {@code total}, whatever made an attempt worth trying. A draw counts even when its attempt is cut short; the same attempt that goes on
 * later has its draw already. Not thread-safe.
 */
public final class ErrorBudget {
    private final double total;
    private final List<Draw> draws;

    /**
     * Continues a budget.
     *
     * @param total one less the bar's confidence
     * @param spent every draw so far, in order
     */
    public ErrorBudget(double total, List<Draw> spent) {
        if (!(total > 0 && total < 1)) {
            throw new IllegalArgumentException("an error budget lies strictly between 0 and 1: " + total);
        }
        this.total = total;
        draws = new ArrayList<>(spent);
        for (int i = 0; i < draws.size(); i++) {
            if (draws.get(i).order() != i + 1) {
                throw new IllegalArgumentException(
                        "draw " + (i + 1) + " has order " + draws.get(i).order());
            }
        }
    }

    public double total() {
        return total;
    }

    /** Returns what no attempt has drawn yet. */
    public double left() {
        double left = total;
        for (Draw draw : draws) {
            left -= draw.alpha();
        }
        return Math.max(0, left);
    }

    /**
     * Returns the draw of an attempt, which must be recorded before it opens a sealed row: what it drew before, or else {@code part} of what is left.
     *
     * @param attempt names the attempt, and with it all that determines its outcomes, such as the hash of its solution
     * @param part strictly between 0 and 1, so that something is always left
     * @throws RungException.Unavailable when nothing is left, which happens only when the total was lowered
     */
    public Draw draw(String attempt, double part) {
        if (!(part > 0 && part < 1)) {
            throw new IllegalArgumentException("a part of what is left lies strictly between 0 and 1: " + part);
        }
        for (Draw draw : draws) {
            if (draw.attempt().equals(attempt)) {
                return draw;
            }
        }
        double left = left();
        if (!(left > 0)) {
            throw new RungException.Unavailable("the error budget of these sealed examples is spent: " + draws.size()
                    + " attempts drew all of " + total + "; add fresh sealed examples");
        }
        int order = draws.size() + 1;
        Draw draw = new Draw(order, attempt, part * left);
        draws.add(draw);
        return draw;
    }

    /** Returns every draw so far, in order. */
    public List<Draw> draws() {
        return List.copyOf(draws);
    }
}
