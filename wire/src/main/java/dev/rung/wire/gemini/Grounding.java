package dev.rung.wire.gemini;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Citation;
import dev.rung.wire.form.Dialect;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Citations of pages: which stretch of the answer rests on which page. Stretches are counted in bytes of UTF-8. */
final class Grounding {
    private Grounding() {}

    static List<Citation> read(Json.@Nullable Obj metadata, String answer) {
        List<Citation> citations = new ArrayList<>(0);
        if (metadata == null
                || !(metadata.get("groundingChunks") instanceof Json.Arr(List<Json> chunks))
                || !(metadata.get("groundingSupports") instanceof Json.Arr(List<Json> supports))) {
            return citations;
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        for (Json support : supports) {
            if (support instanceof Json.Obj object
                    && object.get("segment") instanceof Json.Obj segment
                    && object.get("groundingChunkIndices") instanceof Json.Arr(List<Json> indices)) {
                Long from = characters(bytes, segment.get("startIndex"));
                Long to = characters(bytes, segment.get("endIndex"));
                for (Json index : indices) {
                    if (index instanceof Json.Num(BigDecimal number)
                            && number.intValue() >= 0
                            && number.intValue() < chunks.size()
                            && chunks.get(number.intValue()) instanceof Json.Obj chunk
                            && chunk.get("web") instanceof Json.Obj web) {
                        citations.add(new Citation(
                                Dialect.GEMINI,
                                web.get("uri") instanceof Json.Str(String uri) ? uri : null,
                                web.get("title") instanceof Json.Str(String title) ? title : null,
                                from,
                                to,
                                web));
                    }
                }
            }
        }
        return citations;
    }

    private static Long characters(byte[] bytes, @Nullable Json index) {
        int at = index instanceof Json.Num(BigDecimal number) ? number.intValue() : 0;
        return (long) new String(bytes, 0, Math.max(0, Math.min(at, bytes.length)), StandardCharsets.UTF_8).length();
    }
}
