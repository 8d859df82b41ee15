package dev.rung.gateway.config;

import java.util.List;

/**
 * What answers for one model name.
 *
 * @param name as callers know it
 * @param chain the deployments to choose from, then those of each fallback, in order
 * @param attempts the most requests within one link of the chain, the first included; changes of key do not count
 * @param promptCache whether what is the same in many requests is marked for the provider's prompt cache
 */
public record ModelRoute(
        String name, List<List<Deployment>> chain, Deadlines deadlines, int attempts, boolean promptCache) {
    public ModelRoute {
        chain = chain.stream().map(List::copyOf).toList();
        if (chain.isEmpty() || chain.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a model has deployments");
        }
    }

    /** Tells whether this is a model in this process under its own name. */
    public boolean isHere() {
        Deployment first = chain.getFirst().getFirst();
        return first.upstream().isHere() && first.target().model().equals(name);
    }
}
