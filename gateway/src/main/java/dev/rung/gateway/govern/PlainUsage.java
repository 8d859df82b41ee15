package dev.rung.gateway.govern;

import dev.rung.core.json.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A provider's usage record as it would be had there been no prompt cache. */
final class PlainUsage {
    private static final List<String> ADDED = List.of("cache_read_input_tokens", "cache_creation_input_tokens");
    private static final String INPUT = "input_tokens";

    private PlainUsage() {}

    /** Returns the record in which everything that a cache gave or took is plain input: OpenAI and Gemini count it there anyway, Anthropic beside it. */
    static Json.Obj of(Json.Obj usage) {
        SequencedMap<String, Json> members = new LinkedHashMap<>(usage.members());
        for (String name : ADDED) {
            if (members.get(name) instanceof Json.Num(BigDecimal count)) {
                members.put(name, Json.of(0));
                members.computeIfPresent(
                        INPUT,
                        (any, input) ->
                                input instanceof Json.Num(BigDecimal plain) ? Json.of(plain.add(count)) : input);
            }
        }
        members.remove("cache_creation");
        for (String name : List.of("cachedContentTokenCount", "cached_tokens")) {
            members.computeIfPresent(name, (any, count) -> Json.of(0));
        }
        for (String name : List.of("prompt_tokens_details", "input_tokens_details")) {
            members.computeIfPresent(name, (any, details) -> details instanceof Json.Obj object ? of(object) : details);
        }
        return new Json.Obj(members);
    }
}
