package dev.rung.gateway.config;

import dev.rung.core.model.Residency;
import dev.rung.gateway.policy.Dialect;
import dev.rung.gateway.policy.Target;
import org.jspecify.annotations.Nullable;

/**
 * A model at an upstream.
 *
 * @param weight its share among the deployments of a model, from 1 to 1,000
 */
public record Deployment(Target target, Upstream upstream, int weight) {
    /** Returns the deployment of a model in this process. */
    static Deployment here(String model, int weight, @Nullable String price) {
        Target target =
                new Target(Target.LOCAL + "/" + model, Target.LOCAL, Dialect.OPENAI, model, Residency.LOCAL, price);
        return new Deployment(target, Upstream.HERE, weight);
    }

    /** Returns the deployment's name, which is unique among those that differ. */
    public String name() {
        return target.name();
    }
}
