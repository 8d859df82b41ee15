package dev.rung.wire;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Conversation;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Fields;
import dev.rung.wire.form.Malformed;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Target;
import dev.rung.wire.form.Written;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Questions for the number of tokens of a request, in the dialects that have them: all but chat completions.
 *
 * <p>The questions are Anthropic's {@code /v1/messages/count_tokens}, OpenAI's {@code /v1/responses/input_tokens} and Gemini's {@code countTokens}.
 */
public final class TokenCount {
    private static final Set<String> RESPONSES_FIELDS = Set.of(
            "conversation",
            "input",
            "instructions",
            "model",
            "parallel_tool_calls",
            "previous_response_id",
            "reasoning",
            "text",
            "tool_choice",
            "tools",
            "truncation");
    private static final Set<String> ANTHROPIC_FIELDS = Set.of(
            "cache_control",
            "context_management",
            "mcp_servers",
            "messages",
            "model",
            "output_config",
            "speed",
            "system",
            "thinking",
            "tool_choice",
            "tools");

    private TokenCount() {}

    /** Reads a question; {@code model} is what the path names, or null. What the dialect does not allow is {@link Malformed}. */
    public static Conversation read(Dialect dialect, Json.Obj body, @Nullable String model) {
        return switch (dialect) {
            case OPENAI -> throw new Malformed(Place.BODY, "chat completions have no question for a count of tokens");
            case RESPONSES, ANTHROPIC -> Codecs.of(dialect).read(body, model, false);
            case GEMINI -> {
                Json.Obj whole = body.get("generateContentRequest") instanceof Json.Obj request ? request : body;
                yield Codecs.of(dialect).read(whole, model, false);
            }
        };
    }

    /** Writes a question for {@code target}, or returns nothing where its dialect has none. */
    public static Optional<Written> write(Dialect dialect, Conversation conversation, Target target) {
        return switch (dialect) {
            case OPENAI -> Optional.empty();
            case RESPONSES -> Optional.of(only(Codecs.of(dialect).write(conversation, target), RESPONSES_FIELDS));
            case ANTHROPIC -> Optional.of(only(Codecs.of(dialect).write(conversation, target), ANTHROPIC_FIELDS));
            case GEMINI -> {
                Written whole = Codecs.of(dialect).write(conversation, target);
                Json.Obj request = Members.of(whole.body())
                        .put("model", "models/" + target.model())
                        .build();
                yield Optional.of(new Written(Json.object("generateContentRequest", request), whole.lost()));
            }
        };
    }

    /** Takes away what a question must not have, because it says how to answer. */
    private static Written only(Written whole, Set<String> names) {
        Members body = Members.of(whole.body());
        whole.body().members().keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(body::remove);
        return new Written(body.build(), whole.lost());
    }

    /** Reads the number of tokens out of an answer. */
    public static long readReply(Dialect dialect, Json.Obj body) {
        String name = switch (dialect) {
            case OPENAI, RESPONSES, ANTHROPIC -> "input_tokens";
            case GEMINI -> "totalTokens";
        };
        Long count = new Fields(body, Place.BODY, new ArrayList<>(0)).whole(name);
        if (count == null) {
            throw Malformed.found(Place.BODY.member(name), null, "a number");
        }
        return count;
    }

    /** Writes the answer to a question. */
    public static Json.Obj writeReply(Dialect dialect, long tokens) {
        return switch (dialect) {
            case OPENAI, RESPONSES ->
                Json.object("object", Json.of("response.input_tokens"), "input_tokens", Json.of(tokens));
            case ANTHROPIC -> Json.object("input_tokens", Json.of(tokens));
            case GEMINI -> Json.object("totalTokens", Json.of(tokens));
        };
    }
}
