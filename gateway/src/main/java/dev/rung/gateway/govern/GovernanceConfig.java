package dev.rung.gateway.govern;

import dev.rung.gateway.ledger.Durability;

/**
 * How a gateway is governed, as far as it is not in the rules of scopes.
 *
 * @param durability how surely requests get into the ledger
 * @param unboundedOutput how many tokens an answer is taken to have that the request does not bound
 */
public record GovernanceConfig(Durability durability, long unboundedOutput) {
    public static final GovernanceConfig DEFAULTS = new GovernanceConfig(Durability.ASYNC, 4_096);
}
