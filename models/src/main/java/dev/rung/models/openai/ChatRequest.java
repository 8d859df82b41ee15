package dev.rung.models.openai;

import dev.rung.core.Sha256;
import dev.rung.core.json.Json;
import dev.rung.core.model.Message;
import dev.rung.core.model.Prompt;
import dev.rung.core.model.Tenant;
import dev.rung.models.catalog.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A question to a server, before it is turned into its JSON.
 *
 * @param schema that the answer is to satisfy, or null
 * @param logprobs whether the tokens' log-probabilities are asked for
 */
record ChatRequest(List<Message> messages, int maxTokens, Json.@Nullable Obj schema, boolean logprobs) {
    private static final int KEY_LENGTH = 32;

    ChatRequest {
        messages = List.copyOf(messages);
    }

    /** Returns the question with a contract before the prompt, where it is the same for every question and prefix caches keep it. */
    static ChatRequest withContract(String contract, Prompt prompt, int maxTokens, boolean logprobs) {
        List<Message> messages = new ArrayList<>();
        messages.add(Message.system(contract));
        messages.addAll(prompt.messages());
        return new ChatRequest(messages, maxTokens, null, logprobs);
    }

    /** Returns the question again, with the answer that was wrong and what was wrong with it. */
    ChatRequest repaired(String answer, String complaint) {
        List<Message> more = new ArrayList<>(messages);
        more.add(Message.assistant(answer.isBlank() ? "(nothing)" : answer));
        more.add(Message.user(complaint));
        return new ChatRequest(more, maxTokens, schema, logprobs);
    }

    /** Returns what requests with the same instructions of the same tenant share; no other tenant's, so that none learns by its bill what another asks. Null without instructions. */
    private @Nullable String cacheKey() {
        List<Json> same = new ArrayList<>();
        for (Message message : messages) {
            if (message.role() != Message.Role.SYSTEM) {
                break;
            }
            same.add(Json.of(message.text()));
        }
        return same.isEmpty()
                ? null
                : Sha256.of(Tenant.current() + "\n" + Json.array(same).compact())
                        .hex()
                        .substring(0, KEY_LENGTH);
    }

    Json.Obj toJson(Engine.OpenAi server) {
        List<Json> turns = new ArrayList<>();
        for (Message message : messages) {
            turns.add(Json.object(
                    "role", Json.of(message.role().name().toLowerCase(Locale.ROOT)),
                    "content", Json.of(message.text())));
        }
        Json.Obj json = Json.object("model", Json.of(server.model()), "messages", Json.array(turns))
                .with(server.maxTokensKey(), Json.of((long) maxTokens + server.reasoningTokens()));
        if (schema != null) {
            Json.Obj format = Json.object(
                    "name", Json.of("answer"), "strict", Json.of(StrictSchema.fits(schema)), "schema", schema);
            json = json.with("response_format", Json.object("type", Json.of("json_schema"), "json_schema", format));
        }
        if (logprobs) {
            json = json.with("logprobs", Json.of(true));
        }
        String key = server.promptCache() ? cacheKey() : null;
        if (key != null) {
            json = json.with("prompt_cache_key", Json.of(key));
        }
        for (Map.Entry<String, Json> parameter : server.parameters().members().entrySet()) {
            json = json.with(parameter.getKey(), parameter.getValue());
        }
        return json;
    }
}
