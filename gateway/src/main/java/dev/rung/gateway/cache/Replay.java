package dev.rung.gateway.cache;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.gateway.policy.Operation;
import dev.rung.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Makes of a reply what is given to an equal call: the same reply, in which nothing was used.
 *
 * <p>Only an answer that came to its own end can be given again. Errors, answers that were cut at a limit, refusals and calls of tools cannot: the next
 * attempt may go better, and a tool that was called once need not be called twice.
 */
final class Replay {
    private static final Set<String> GOOD_ENDS = Set.of("stop", "end_turn", "stop_sequence", "STOP", "completed");
    private static final Set<String> ENDS = Set.of("finish_reason", "stop_reason", "finishReason");
    private static final Set<String> USAGE = Set.of("usage", "usageMetadata");
    private static final Set<String> MUST_BE_EMPTY = Set.of(
            "tool_calls", "function_call", "functionCall", "refusal", "error", "incomplete_details", "blockReason");
    private static final Set<String> CALLS = Set.of(
            "tool_use",
            "server_tool_use",
            "mcp_tool_use",
            "function_call",
            "custom_tool_call",
            "computer_call",
            "web_search_call",
            "file_search_call",
            "code_interpreter_call",
            "mcp_call",
            "local_shell_call",
            "refusal",
            "error");

    private boolean ended;
    private boolean good = true;

    private Replay() {}

    /** Returns the bytes to be given to equal calls; empty for a reply that must not be given again. */
    static Optional<byte[]> of(byte[] body, String contentType, Operation operation) {
        Replay replay = new Replay();
        String text = new String(body, StandardCharsets.UTF_8);
        try {
            String again = contentType.startsWith("text/event-stream") ? replay.events(text) : replay.whole(text);
            boolean enough = operation != Operation.GENERATE || replay.ended;
            return replay.good && enough ? Optional.of(again.getBytes(StandardCharsets.UTF_8)) : Optional.empty();
        } catch (RungException.WrongInput e) {
            return Optional.empty();
        }
    }

    private String whole(String text) {
        Json json = JsonText.parse(text, "the reply");
        look(json);
        return unused(json).compact();
    }

    private String events(String text) {
        StringBuilder again = new StringBuilder();
        boolean last = false;
        for (String line : text.split("\n", -1)) {
            String data = line.startsWith("data:") ? line.substring(5).strip() : "";
            if (data.startsWith("{")) {
                Json json = JsonText.parse(data, "an event");
                look(json);
                again.append("data: ").append(unused(json).compact());
                last = last || terminal(json);
            } else {
                again.append(line);
                last = last || data.equals("[DONE]");
            }
            again.append('\n');
        }
        again.setLength(again.length() - 1);
        ended &= last;
        return again.toString();
    }

    // What ends a stream: [DONE] of chat completions aside, an event that says so; Gemini's ends with its reason.
    private static boolean terminal(Json json) {
        return json instanceof Json.Obj event
                && (event.get("candidates") != null
                        || (event.get("type") instanceof Json.Str(String type)
                                && (type.equals("message_stop") || type.equals("response.completed"))));
    }

    private void look(Json json) {
        switch (json) {
            case Json.Obj(SequencedMap<String, Json> members) -> members.forEach(this::look);
            case Json.Arr(List<Json> items) -> items.forEach(this::look);
            case Json.Str text -> {}
            case Json.Num number -> {}
            case Json.Bool bool -> {}
            case Json.Nil nil -> {}
        }
    }

    private void look(String key, Json value) {
        if (MUST_BE_EMPTY.contains(key)) {
            good &= empty(value);
        } else if (ENDS.contains(key) && value instanceof Json.Str(String reason)) {
            ended = true;
            good &= GOOD_ENDS.contains(reason);
        } else if (key.equals("type") && value instanceof Json.Str(String type)) {
            good &= !CALLS.contains(type);
        } else if (key.equals("status") && value instanceof Json.Str(String status)) {
            ended |= status.equals("completed");
            good &= !status.equals("incomplete") && !status.equals("failed") && !status.equals("cancelled");
        }
        look(value);
    }

    private static boolean empty(Json value) {
        return value instanceof Json.Nil
                || (value instanceof Json.Arr(List<Json> items) && items.isEmpty())
                || (value instanceof Json.Str(String text) && text.isEmpty());
    }

    private static Json unused(Json json) {
        if (!(json instanceof Json.Obj(SequencedMap<String, Json> members))) {
            return json;
        }
        SequencedMap<String, Json> copy = new LinkedHashMap<>();
        for (Map.Entry<String, Json> member : members.entrySet()) {
            String key = member.getKey();
            copy.put(
                    key,
                    USAGE.contains(key)
                            ? zero(member.getValue())
                            : key.equals("message") || key.equals("response")
                                    ? unused(member.getValue())
                                    : member.getValue());
        }
        return new Json.Obj(copy);
    }

    private static Json zero(Json json) {
        return switch (json) {
            case Json.Num number -> Json.of(0L);
            case Json.Obj(SequencedMap<String, Json> members) -> {
                SequencedMap<String, Json> copy = new LinkedHashMap<>();
                members.forEach((key, value) -> copy.put(key, zero(value)));
                yield new Json.Obj(copy);
            }
            case Json.Arr(List<Json> items) ->
                Json.array(items.stream().map(Replay::zero).toList());
            case Json.Str text -> text;
            case Json.Bool bool -> bool;
            case Json.Nil nil -> nil;
        };
    }
}
