package dev.rung.gateway.models;

import dev.rung.core.json.Json;
import dev.rung.gateway.http.Refused;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Models as Anthropic lists them: the newest first, in pages around a model's name.
 *
 * @see <a href="https://platform.claude.com/docs/en/api/models-list">List Models</a>
 */
final class AnthropicModels {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MOST = 1_000;
    /** The stage in the life of a model of everything that answers here. */
    private static final String ACTIVE = "active";

    private static final Comparator<Listed> NEWEST_FIRST =
            Comparator.comparing(Listed::created).reversed().thenComparing(Listed::name);

    private AnthropicModels() {}

    static Json.Obj list(Collection<Listed> models, Query query) {
        List<Listed> sorted = query.wants("lifecycle", ACTIVE)
                ? models.stream().sorted(NEWEST_FIRST).toList()
                : List.of();
        int limit = query.number("limit", 1, DEFAULT_LIMIT);
        if (limit > MOST) {
            throw Refused.field("limit", "invalid_value", "Found %d, expected at most %d.".formatted(limit, MOST));
        }
        String after = query.text("after_id");
        String before = query.text("before_id");
        if (after != null && before != null) {
            throw Refused.field(
                    "before_id", "invalid_value", "It does not go with after_id: a page has one direction.");
        }
        int from = 0;
        int to = Math.min(limit, sorted.size());
        boolean more = to < sorted.size();
        if (after != null) {
            from = index(sorted, "after_id", after) + 1;
            to = Math.min(from + limit, sorted.size());
            more = to < sorted.size();
        } else if (before != null) {
            to = index(sorted, "before_id", before);
            from = Math.max(0, to - limit);
            more = from > 0;
        }
        List<Listed> page = sorted.subList(from, to);
        return Json.object(
                "data",
                Json.array(page.stream().map(AnthropicModels::one).toList()),
                "has_more",
                Json.of(more),
                "first_id",
                Json.ofNullable(page.isEmpty() ? null : page.getFirst().name()),
                "last_id",
                Json.ofNullable(page.isEmpty() ? null : page.getLast().name()));
    }

    private static int index(List<Listed> models, String parameter, String name) {
        for (int i = 0; i < models.size(); i++) {
            if (models.get(i).name().equals(name)) {
                return i;
            }
        }
        throw Refused.field(
                parameter, "invalid_value", "Found %s, expected the id of a model of this list.".formatted(name));
    }

    /** Returns the model; the vendor too gives the epoch for a date that it does not know. */
    static Json.Obj one(Listed model) {
        Json.Obj told = Json.object(
                        "type", Json.of("model"),
                        "id", Json.of(model.name()),
                        "display_name", Json.of(model.name()),
                        "created_at", Json.of(DateTimeFormatter.ISO_INSTANT.format(model.created())))
                .with("lifecycle", Json.of(ACTIVE));
        @Nullable Integer context = model.contextTokens();
        return context == null ? told : told.with("max_input_tokens", Json.of(context));
    }
}
