package dev.rung.ladder.climb;

import dev.rung.core.rung.Solver;
import java.util.ArrayList;
import java.util.List;

/** What is made of solvers that do not hold alone. */
@FunctionalInterface
public interface Combination {
    /** A tried candidate, still loaded. */
    record Loaded(Candidate.Tried candidate, Solver solver) {}

    /** Returns what could be made of {@code tried}, in the order in which it was tried. The solvers stay open while the proposals are in use. */
    List<Proposal> propose(Site site, List<Loaded> tried);

    /** Returns the combination that proposes all that this one does, and then all that {@code next} does. */
    default Combination then(Combination next) {
        return (site, tried) -> {
            List<Proposal> all = new ArrayList<>(propose(site, tried));
            all.addAll(next.propose(site, tried));
            return all;
        };
    }
}
