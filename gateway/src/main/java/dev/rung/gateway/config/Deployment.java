package dev.rung.gateway.config;

import dev.rung.gateway.policy.Target;

/**
 * A model at an upstream.
 *
 * @param weight its share among the deployments of a model, from 1 to 1,000
 */
public record Deployment(Target target, Upstream upstream, int weight) {
    /** Returns the deployment's name, which is unique among those that differ. */
    public String name() {
        return target.name();
    }
}
