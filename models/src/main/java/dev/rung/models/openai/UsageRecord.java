package dev.rung.models.openai;

import dev.rung.core.json.Json;
import dev.rung.core.model.Usage;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a server's usage record, and adds up those of several requests for one answer. */
final class UsageRecord {
    private UsageRecord() {}

    /** Returns the token counts in {@code raw}; a record that is missing stays missing, so that no price is made up for it. */
    static Usage read(Json.@Nullable Obj raw) {
        if (raw == null) {
            return Usage.NONE;
        }
        long input = count(raw, "prompt_tokens");
        long cached =
                raw.get("prompt_tokens_details") instanceof Json.Obj details ? count(details, "cached_tokens") : 0;
        // Where completion_tokens leave reasoning out, or are missing, the total still has everything.
        long output = Math.max(count(raw, "completion_tokens"), count(raw, "total_tokens") - input);
        return new Usage(input, Math.min(cached, input), output, raw);
    }

    /** Returns the record of two requests together: the sum wherever both have a number; missing as soon as one is. */
    static Json.@Nullable Obj sum(Json.@Nullable Obj first, Json.@Nullable Obj second) {
        if (first == null || second == null) {
            return null;
        }
        Json.Obj sum = first;
        for (Map.Entry<String, Json> member : second.members().entrySet()) {
            Json mine = first.get(member.getKey());
            sum = sum.with(member.getKey(), mine == null ? member.getValue() : sum(mine, member.getValue()));
        }
        return sum;
    }

    private static Json sum(Json mine, Json theirs) {
        if (mine instanceof Json.Num(BigDecimal a) && theirs instanceof Json.Num(BigDecimal b)) {
            return Json.of(a.add(b));
        }
        if (mine instanceof Json.Obj a && theirs instanceof Json.Obj b) {
            Json.Obj both = sum(a, b);
            return both == null ? mine : both;
        }
        return mine instanceof Json.Nil ? theirs : mine;
    }

    private static long count(Json.Obj object, String key) {
        return object.get(key) instanceof Json.Num(BigDecimal value) ? Math.max(0, value.longValue()) : 0;
    }
}
