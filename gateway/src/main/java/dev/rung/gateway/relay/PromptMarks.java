package dev.rung.gateway.relay;

import dev.rung.core.Sha256;
import dev.rung.core.json.Json;
import dev.rung.gateway.http.Bytes;
import dev.rung.gateway.policy.Operation;
import dev.rung.json.JsonText;
import dev.rung.wire.BodyEdit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Marks what of a request is the same in many, where its dialect has a way to say so, that the provider keep it in its prompt cache.
 *
 * <p>Tools and instructions are taken for what is the same. Anthropic gets a break point on the last block of them, unless the caller has set one anywhere; OpenAI gets a key made of them, or of the caller's
 * own, and of the caller's tenant, so that no tenant learns by its bill or its waiting time what another one asks. Gemini caches by itself. All other bytes stay as they are.
 */
final class PromptMarks {
    private static final String CACHE_CONTROL = "cache_control";
    private static final String CACHE_KEY = "prompt_cache_key";
    private static final Json.Obj BREAK_POINT = Json.object("type", Json.of("ephemeral"));
    private static final int KEY_LENGTH = 32;

    private PromptMarks() {}

    /** Returns the request with its marks; the same when there is nothing to mark. */
    static Inbound on(Inbound inbound, String tenant) {
        if (inbound.verb().operation() != Operation.GENERATE) {
            return inbound;
        }
        byte[] body = inbound.content().array();
        return switch (inbound.verb().dialect()) {
            case ANTHROPIC -> edited(inbound, breakPoint(body));
            case OPENAI, RESPONSES -> edited(inbound, key(inbound, tenant));
            case GEMINI -> inbound;
        };
    }

    private static Inbound edited(Inbound inbound, @Nullable Map<String, Json> members) {
        return members == null
                ? inbound
                : Inbound.read(
                        inbound.verb(), Bytes.of(BodyEdit.with(inbound.content().array(), members)));
    }

    private static @Nullable Map<String, Json> breakPoint(byte[] body) {
        Json.Obj request = object(body);
        if (request == null || mentions(request)) {
            return null;
        }
        return switch (request.get("system")) {
            case Json.Str(String text)
            when !text.isBlank() ->
                Map.of(
                        "system",
                        Json.array(List.of(Json.object(
                                "type", Json.of("text"), "text", Json.of(text), CACHE_CONTROL, BREAK_POINT))));
            case Json.Arr(List<Json> blocks) when !blocks.isEmpty() -> last("system", blocks);
            case null, default ->
                request.get("tools") instanceof Json.Arr(List<Json> tools) && !tools.isEmpty()
                        ? last("tools", tools)
                        : null;
        };
    }

    private static @Nullable Map<String, Json> last(String name, List<Json> blocks) {
        List<Json> marked = new ArrayList<>(blocks);
        if (!(marked.removeLast() instanceof Json.Obj block)) {
            return null;
        }
        marked.add(block.with(CACHE_CONTROL, BREAK_POINT));
        return Map.of(name, Json.array(marked));
    }

    private static boolean mentions(Json json) {
        return switch (json) {
            case Json.Obj object ->
                object.get(CACHE_CONTROL) != null
                        || object.members().values().stream().anyMatch(PromptMarks::mentions);
            case Json.Arr(List<Json> items) -> items.stream().anyMatch(PromptMarks::mentions);
            case Json.Str text -> false;
            case Json.Num number -> false;
            case Json.Bool truth -> false;
            case Json.Nil nil -> false;
        };
    }

    private static @Nullable Map<String, Json> key(Inbound inbound, String tenant) {
        String own = inbound.affinity();
        String shared = own == null ? prefix(inbound) : own;
        return shared == null
                ? null
                : Map.of(
                        CACHE_KEY,
                        Json.of(Sha256.of(tenant + "\n" + shared).hex().substring(0, KEY_LENGTH)));
    }

    /** Returns what stands for the part that is the same in many requests; null when there is none. */
    static @Nullable String prefix(Inbound inbound) {
        Json.Obj request = object(inbound.content().array());
        if (request == null) {
            return null;
        }
        List<Json> same = new ArrayList<>();
        for (String name : List.of("tools", "instructions", "system")) {
            Json value = request.get(name);
            if (value != null && !(value instanceof Json.Nil)) {
                same.add(value);
            }
        }
        Json turns = request.get("messages") == null ? request.get("input") : request.get("messages");
        if (turns instanceof Json.Arr(List<Json> messages)) {
            for (Json message : messages) {
                if (!(message instanceof Json.Obj turn
                        && turn.get("role") instanceof Json.Str(String role)
                        && (role.equals("system") || role.equals("developer")))) {
                    break;
                }
                same.add(message);
            }
        }
        return same.isEmpty() ? null : Sha256.of(Json.array(same).canonical()).hex();
    }

    private static Json.@Nullable Obj object(byte[] body) {
        return JsonText.parse(new String(body, StandardCharsets.UTF_8)) instanceof Json.Obj object ? object : null;
    }
}
