package dev.rung.wire.openai;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Citation;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Usage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Citations of pages: what other dialects cite of documents has no counterpart here. */
public final class Annotations {
    private Annotations() {}

    /** Reads annotations, whose page stands in a member of its own or not. */
    public static List<Citation> read(Dialect dialect, List<Json> annotations) {
        List<Citation> citations = new ArrayList<>(annotations.size());
        for (Json annotation : annotations) {
            if (annotation instanceof Json.Obj object) {
                Json.Obj page = object.get("url_citation") instanceof Json.Obj inner ? inner : object;
                citations.add(new Citation(
                        dialect,
                        page.get("url") instanceof Json.Str(String url) ? url : null,
                        page.get("title") instanceof Json.Str(String title) ? title : null,
                        whole(page.get("start_index")),
                        whole(page.get("end_index")),
                        object));
            }
        }
        return citations;
    }

    /** Returns the annotation, or null when the source is no page. */
    static Json.@Nullable Obj write(Citation citation) {
        if (citation.url() == null) {
            return null;
        }
        return Members.typed("url_citation")
                .put("url_citation", page(new Members(), citation).build())
                .build();
    }

    /** Returns the annotation as Responses have it, or null when the source is no page. */
    public static Json.@Nullable Obj flat(Citation citation) {
        return citation.url() == null
                ? null
                : page(Members.typed("url_citation"), citation).build();
    }

    private static Members page(Members to, Citation citation) {
        return to.put("start_index", Usage.known(citation.from()))
                .put("end_index", Usage.known(citation.to()))
                .put("url", citation.url())
                .put("title", citation.title() == null ? "" : citation.title());
    }

    private static @Nullable Long whole(@Nullable Json value) {
        return value instanceof Json.Num(BigDecimal number) ? Long.valueOf(number.longValue()) : null;
    }
}
