package dev.rung.gateway.models;

import dev.rung.core.json.Json;
import dev.rung.gateway.http.Refused;
import dev.rung.gateway.policy.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Models as Gemini lists them: by name, in pages, each of which goes on after the last name of the one before, also when that one has gone meanwhile.
 *
 * @see <a href="https://ai.google.dev/api/models">Models</a>
 */
final class GeminiModels {
    private static final int DEFAULT_SIZE = 50;
    private static final int MOST = 1_000;

    private GeminiModels() {}

    static Json.Obj list(Collection<Listed> models, Query query) {
        int asked = query.number("pageSize", 0, DEFAULT_SIZE);
        int size = asked == 0 ? DEFAULT_SIZE : Math.min(asked, MOST);
        String token = query.text("pageToken");
        String after = token == null ? "" : after(token);
        List<Listed> rest = models.stream()
                .filter(model -> model.name().compareTo(after) > 0)
                .sorted(Comparator.comparing(Listed::name))
                .toList();
        List<Listed> page = rest.subList(0, Math.min(size, rest.size()));
        Json.Obj told = Json.object(
                "models", Json.array(page.stream().map(GeminiModels::one).toList()));
        return page.size() == rest.size()
                ? told
                : told.with("nextPageToken", Json.of(token(page.getLast().name())));
    }

    private static String token(String last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }

    private static String after(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refused.field(
                    "pageToken", "invalid_value", "Found %s, expected a nextPageToken of this list.".formatted(token));
        }
    }

    static Json.Obj one(Listed model) {
        Json.Obj told = Json.object(
                "name", Json.of("models/" + model.name()),
                "baseModelId", Json.of(model.name()),
                "displayName", Json.of(model.name()),
                "supportedGenerationMethods", Json.strings(methods(model)));
        @Nullable Integer context = model.contextTokens();
        return context == null ? told : told.with("inputTokenLimit", Json.of(context));
    }

    private static List<String> methods(Listed model) {
        List<String> methods = new ArrayList<>();
        if (model.operations().contains(Operation.GENERATE)) {
            methods.add("generateContent");
            methods.add("streamGenerateContent");
        }
        if (model.operations().contains(Operation.COUNT_TOKENS)) {
            methods.add("countTokens");
        }
        if (model.operations().contains(Operation.EMBED)) {
            methods.add("embedContent");
            methods.add("batchEmbedContents");
        }
        return methods;
    }
}
