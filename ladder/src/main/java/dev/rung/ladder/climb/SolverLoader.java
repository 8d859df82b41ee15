package dev.rung.ladder.climb;

import dev.rung.core.rung.Solution;
import dev.rung.core.rung.Solver;
import java.nio.file.Path;

/** Reads solutions of one kind back into solvers. */
public interface SolverLoader {
    /** Returns the {@link Solution#kind()} that this loader reads. */
    String kind();

    /** Returns the loaded solution whose artifacts lie in {@code folder} under their own names; the caller closes it. */
    Solver load(Solution solution, Path folder);
}
