package dev.rung.ladder.climb;

import dev.rung.core.rung.Rung;
import java.util.List;

/** A rung's package seen from the climb: it proposes candidates, the cheapest first, and each is built only when its turn comes. */
public interface RungBuilder {
    Rung rung();

    /** Returns what this rung could try for the task at {@code site}; proposing costs nothing. */
    List<Proposal> propose(Site site);
}
