package dev.rung.ladder.climb;

import dev.rung.core.model.ModelCard;
import dev.rung.core.rung.ReleaseId;
import dev.rung.core.rung.Solver;
import java.util.List;

/**
 * A solution that passed before, loaded to label rows that nobody has labelled.
 *
 * @param models what is known of every model that it may call or read
 */
public record Validated(ReleaseId release, Solver solver, List<ModelCard> models) implements AutoCloseable {
    public Validated {
        models = List.copyOf(models);
    }

    @Override
    public void close() {
        solver.close();
    }
}
