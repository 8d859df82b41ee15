package dev.rung.wire.anthropic;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Fields;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Usage;
import java.util.ArrayList;

/** Usage of a message: input excludes what was read from a cache or written to one. */
final class MessageUsage {
    private MessageUsage() {}

    static Usage read(Json.Obj source) {
        Fields usage = new Fields(source, Place.BODY.member("usage"), new ArrayList<>(0));
        Fields split = usage.fields("cache_creation");
        Long fiveMinutes = split == null ? null : split.whole("ephemeral_5m_input_tokens");
        Long hour = split == null ? null : split.whole("ephemeral_1h_input_tokens");
        Long written = usage.whole("cache_creation_input_tokens");
        // With tools that the vendor runs, the total is more than the split tells of.
        Long rest = written == null
                ? null
                : Long.valueOf(Math.max(0, written - Usage.known(fiveMinutes) - Usage.known(hour)));
        Fields details = usage.fields("output_tokens_details");
        return new Usage(
                usage.whole("input_tokens"),
                usage.whole("cache_read_input_tokens"),
                fiveMinutes,
                hour,
                rest,
                usage.whole("output_tokens"),
                details == null ? null : details.whole("thinking_tokens"),
                null,
                null,
                source);
    }

    static Members write(Usage usage) {
        Members split = new Members()
                .put("ephemeral_5m_input_tokens", Usage.known(usage.cacheWrite5m()))
                .put("ephemeral_1h_input_tokens", Usage.known(usage.cacheWrite1h()));
        return new Members()
                .put("input_tokens", Usage.known(usage.input()))
                .put("cache_creation_input_tokens", usage.written())
                .put("cache_read_input_tokens", Usage.known(usage.cacheRead()))
                .put("cache_creation", split.build())
                .put("output_tokens", usage.allOutput());
    }

    /** Returns {@code before} with what {@code after} says instead: counts in a stream are totals until then. */
    static Json.Obj superseded(Json.Obj before, Json.Obj after) {
        Members merged = Members.of(before);
        after.members().forEach((name, value) -> {
            if (!(value instanceof Json.Nil)) {
                merged.put(name, value);
            }
        });
        return merged.build();
    }
}
