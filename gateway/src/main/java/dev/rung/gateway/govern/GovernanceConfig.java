package dev.rung.gateway.govern;

import dev.rung.gateway.ledger.Durability;
import dev.rung.gateway.observe.GenAiNames;
import dev.rung.gateway.observe.Spans;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway is governed, as far as it is not in the rules of scopes.
 *
 * @param durability how surely requests get into the ledger
 * @param unboundedOutput how many tokens an answer is taken to have that the request does not bound
 * @param names under which telemetry is told
 * @param spans where a span of each request goes; null for nowhere. The governance closes it
 */
public record GovernanceConfig(
        Durability durability,
        long unboundedOutput,
        GenAiNames names,
        @Nullable Spans spans) {
    /** Rows in batches, 4,096 tokens of output where a request does not bound it, the older names, no spans. */
    public static final GovernanceConfig DEFAULTS =
            new GovernanceConfig(Durability.ASYNC, 4_096, GenAiNames.of(Map.of()), null);
}
