package dev.rung.wire.form;

import dev.rung.core.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Where a statement of the answer comes from.
 *
 * @param dialect whose words {@code source} is in
 * @param url the page, or null when the source is a document of the request
 * @param title of the page or the document, or null
 * @param from the first character of the answer's text that it supports, or null where the dialect does not say
 * @param to the one after the last
 * @param source as it was written
 */
public record Citation(
        Dialect dialect,
        @Nullable String url,
        @Nullable String title,
        @Nullable Long from,
        @Nullable Long to,
        Json.Obj source) {}
