package dev.rung.wire.responses;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Fields;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Usage;
import java.util.ArrayList;

/** Usage of a response: what is read from a cache counts within the input. */
final class ResponseUsage {
    private ResponseUsage() {}

    static Usage read(Json.Obj source) {
        Fields usage = new Fields(source, Place.BODY.member("usage"), new ArrayList<>(0));
        Long input = usage.whole("input_tokens");
        Fields in = usage.fields("input_tokens_details");
        Fields out = usage.fields("output_tokens_details");
        Long read = in == null ? null : in.whole("cached_tokens");
        Long written = in == null ? null : in.whole("cache_write_tokens");
        return new Usage(
                input == null ? null : Long.valueOf(Math.max(0, input - Usage.known(read) - Usage.known(written))),
                read,
                null,
                null,
                written,
                usage.whole("output_tokens"),
                out == null ? null : out.whole("reasoning_tokens"),
                null,
                null,
                source);
    }

    static Json.Obj write(Usage usage) {
        Members in = new Members().put("cached_tokens", Usage.known(usage.cacheRead()));
        if (usage.written() > 0) {
            in.put("cache_write_tokens", usage.written());
        }
        return new Members()
                .put("input_tokens", usage.allInput())
                .put("input_tokens_details", in.build())
                .put("output_tokens", usage.allOutput())
                .put("output_tokens_details", Json.object("reasoning_tokens", Json.of(Usage.known(usage.reasoning()))))
                .put("total_tokens", usage.allInput() + usage.allOutput())
                .build();
    }
}
