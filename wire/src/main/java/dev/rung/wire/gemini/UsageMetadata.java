package dev.rung.wire.gemini;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Fields;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Usage as Gemini counts: what is read from a cache counts within the prompt, reasoning apart from the answer. Counts of 0 are left out.
 */
final class UsageMetadata {
    private UsageMetadata() {}

    static Usage read(Json.Obj source) {
        Fields usage = new Fields(source, Place.BODY.member("usageMetadata"), new ArrayList<>(0));
        Long prompt = usage.whole("promptTokenCount");
        Long cached = usage.whole("cachedContentTokenCount");
        Long answer = usage.whole("candidatesTokenCount");
        if (answer == null) {
            answer = usage.whole("responseTokenCount");
        }
        Long thoughts = usage.whole("thoughtsTokenCount");
        long tools = Usage.known(usage.whole("toolUsePromptTokenCount"));
        Long total = usage.whole("totalTokenCount");
        if (answer == null && total != null && prompt != null) {
            answer = Math.max(0, total - prompt - tools - Usage.known(thoughts));
        }
        return new Usage(
                prompt == null ? null : Long.valueOf(Math.max(0, prompt - Usage.known(cached)) + tools),
                cached,
                null,
                null,
                null,
                answer == null ? null : Long.valueOf(answer + Usage.known(thoughts)),
                thoughts,
                audio(source.get("promptTokensDetails")),
                audio(source.get("candidatesTokensDetails")),
                source);
    }

    private static @Nullable Long audio(@Nullable Json details) {
        if (details instanceof Json.Arr(List<Json> items)) {
            for (Json item : items) {
                if (item instanceof Json.Obj object
                        && Json.of("AUDIO").equals(object.get("modality"))
                        && object.get("tokenCount") instanceof Json.Num(BigDecimal count)) {
                    return count.longValue();
                }
            }
        }
        return null;
    }

    static Json.Obj write(Usage usage) {
        long reasoning = Usage.known(usage.reasoning());
        Members written = new Members().put("promptTokenCount", usage.allInput());
        if (Usage.known(usage.cacheRead()) > 0) {
            written.put("cachedContentTokenCount", usage.cacheRead());
        }
        written.put("candidatesTokenCount", Math.max(0, usage.allOutput() - reasoning));
        if (reasoning > 0) {
            written.put("thoughtsTokenCount", reasoning);
        }
        return written.put("totalTokenCount", usage.allInput() + usage.allOutput())
                .build();
    }
}
