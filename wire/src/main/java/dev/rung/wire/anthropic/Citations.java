package dev.rung.wire.anthropic;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Citation;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Members;
import org.jspecify.annotations.Nullable;

/** Citations of pages and of documents. */
final class Citations {
    private Citations() {}

    static Citation read(Json.Obj source) {
        return new Citation(
                Dialect.ANTHROPIC,
                text(source, "url"),
                text(source, "title") == null ? text(source, "document_title") : text(source, "title"),
                null,
                null,
                source);
    }

    /** Writes a citation; {@code text} is the answer's, of which it may support a range. */
    static Json.Obj write(Citation citation, String text) {
        if (citation.dialect() == Dialect.ANTHROPIC) {
            return citation.source();
        }
        Long from = citation.from();
        Long to = citation.to();
        String cited = from != null && to != null && from >= 0 && from <= to && to <= text.length()
                ? text.substring(from.intValue(), to.intValue())
                : "";
        return Members.typed("web_search_result_location")
                .put("url", citation.url() == null ? "" : citation.url())
                .put("title", citation.title() == null ? "" : citation.title())
                .put("encrypted_index", "")
                .put("cited_text", cited)
                .build();
    }

    private static @Nullable String text(Json.Obj source, String name) {
        return source.get(name) instanceof Json.Str(String text) ? text : null;
    }
}
