package dev.rung.models.openai;

import dev.rung.core.json.Json;
import dev.rung.core.model.Completion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a chat completion holds, as far as it concerns us.
 *
 * @param text of the first choice, or of its refusal
 * @param tokens with their log-probabilities; empty where the server sends none
 * @param usage the server's own record; null where it sends none
 */
record ChatReply(String text, Completion.Finish finish, List<Token> tokens, Json.@Nullable Obj usage) {
    ChatReply {
        tokens = List.copyOf(tokens);
    }

    /** A generated token: its text, its bytes if the server tells them, and its log-probability. */
    record Token(String text, List<Json> bytes, double logProbability) {
        Token {
            bytes = List.copyOf(bytes);
        }
    }

    /** Returns the reply in {@code body}; empty when it is no chat completion. Fields that are not known here are passed over. */
    static Optional<ChatReply> read(Json body) {
        if (!(body instanceof Json.Obj root)
                || !(root.get("choices") instanceof Json.Arr(List<Json> choices))
                || choices.isEmpty()
                || !(choices.getFirst() instanceof Json.Obj choice)
                || !(choice.get("message") instanceof Json.Obj message)) {
            return Optional.empty();
        }
        Json.Obj usage = root.get("usage") instanceof Json.Obj record ? record : null;
        String reason = choice.get("finish_reason") instanceof Json.Str(String value) ? value : "stop";
        String refusal = message.get("refusal") instanceof Json.Str(String said) ? said : null;
        String text = content(message.get("content"));
        if (refusal != null || reason.startsWith("content_filter")) {
            return Optional.of(
                    new ChatReply(refusal == null ? text : refusal, Completion.Finish.REFUSAL, List.of(), usage));
        }
        Completion.Finish finish = reason.equals("length") ? Completion.Finish.LENGTH : Completion.Finish.STOP;
        return Optional.of(new ChatReply(text, finish, tokens(choice.get("logprobs")), usage));
    }

    // A string by the book; some servers send a list of parts.
    private static String content(@Nullable Json content) {
        if (content instanceof Json.Str(String text)) {
            return text;
        }
        StringBuilder all = new StringBuilder();
        if (content instanceof Json.Arr(List<Json> parts)) {
            for (Json part : parts) {
                if (part instanceof Json.Obj object && object.get("text") instanceof Json.Str(String text)) {
                    all.append(text);
                }
            }
        }
        return all.toString();
    }

    private static List<Token> tokens(@Nullable Json logprobs) {
        List<Token> tokens = new ArrayList<>();
        if (logprobs instanceof Json.Obj object && object.get("content") instanceof Json.Arr(List<Json> items)) {
            for (Json item : items) {
                if (item instanceof Json.Obj token
                        && token.get("token") instanceof Json.Str(String text)
                        && token.get("logprob") instanceof Json.Num(var value)) {
                    List<Json> bytes = token.get("bytes") instanceof Json.Arr(List<Json> given) ? given : List.of();
                    tokens.add(new Token(text, bytes, value.doubleValue()));
                }
            }
        }
        return tokens;
    }
}
