package dev.rung.gateway.policy;

import dev.rung.core.model.Residency;
import org.jspecify.annotations.Nullable;

/**
 * Something that could answer a call: a model at an upstream, or a promoted release in this process.
 *
 * @param name of the deployment, unique in a configuration, such as {@code openai-eu/gpt-5-mini}; or the id of the release
 * @param upstream the name of the upstream, or {@link #HERE}
 * @param dialect in which it is asked, and says what was used; before that is known, one that it speaks
 * @param model as the upstream names it; for a release its task
 * @param place where it runs
 * @param price under which the price book knows the model, or null when the configuration names none
 */
public record Target(
        String name,
        String upstream,
        Dialect dialect,
        String model,
        Residency place,
        @Nullable String price) {
    /** The upstream of promoted releases: this process. */
    public static final String HERE = "release";

    /** The upstream of models in this process. */
    public static final String LOCAL = "local";

    /** Returns the target as it is asked in {@code asked}. */
    public Target in(Dialect asked) {
        return asked == dialect ? this : new Target(name, upstream, asked, model, place, price);
    }

    /** Tells whether a model in this process answers. */
    public boolean isLocalModel() {
        return upstream.equals(LOCAL);
    }

    /** Tells whether a promoted release answers, in this process. */
    public boolean isRelease() {
        return upstream.equals(HERE);
    }
}
