package dev.rung.wire.openai;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Fields;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Usage;
import java.util.ArrayList;

/** Usage of a chat completion: what is read from a cache counts within the prompt. */
final class ChatUsage {
    private ChatUsage() {}

    static Usage read(Json.Obj source) {
        Fields usage = new Fields(source, Place.BODY.member("usage"), new ArrayList<>(0));
        Long prompt = usage.whole("prompt_tokens");
        Long output = usage.whole("completion_tokens");
        Fields in = usage.fields("prompt_tokens_details");
        Fields out = usage.fields("completion_tokens_details");
        Long read = in == null ? null : in.whole("cached_tokens");
        Long written = in == null ? null : in.whole("cache_write_tokens");
        Long fresh = prompt == null ? null : Math.max(0, prompt - Usage.known(read) - Usage.known(written));
        return new Usage(
                fresh,
                read,
                null,
                null,
                written,
                output,
                out == null ? null : out.whole("reasoning_tokens"),
                in == null ? null : in.whole("audio_tokens"),
                out == null ? null : out.whole("audio_tokens"),
                source);
    }

    static Json.Obj write(Usage usage) {
        Members in = new Members().put("cached_tokens", Usage.known(usage.cacheRead()));
        if (usage.written() > 0) {
            in.put("cache_write_tokens", usage.written());
        }
        in.put("audio_tokens", usage.audioInput());
        Members out = new Members()
                .put("reasoning_tokens", Usage.known(usage.reasoning()))
                .put("audio_tokens", usage.audioOutput());
        return new Members()
                .put("prompt_tokens", usage.allInput())
                .put("completion_tokens", usage.allOutput())
                .put("total_tokens", usage.allInput() + usage.allOutput())
                .put("prompt_tokens_details", in.build())
                .put("completion_tokens_details", out.build())
                .build();
    }
}
