package dev.rung.models.openai;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.core.model.Completion;
import dev.rung.json.JsonText;
import dev.rung.models.catalog.Engine;
import dev.rung.models.egress.EgressReply;
import dev.rung.models.egress.RetryAfter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what a server's reply means: an answer, an error for good, or a reason to ask again. */
final class Outcomes {
    private static final int LONGEST_QUOTE = 300;

    private final Engine.OpenAi server;
    private final @Nullable String key;

    Outcomes(Engine.OpenAi server, @Nullable String key) {
        this.server = server;
        this.key = key;
    }

    Outcome of(EgressReply reply, byte[] bytes, Instant now) {
        Json body = json(bytes);
        if (reply.status() / 100 == 2) {
            Optional<ChatReply> answer = body == null ? Optional.empty() : ChatReply.read(body);
            if (answer.isPresent()) {
                return new Outcome.Answered(answer.get());
            }
            if (error(body) == null) {
                return again(
                        "answered with what is no chat completion ("
                                + reply.header("content-type").orElse("no type") + ")",
                        false,
                        Duration.ZERO);
            }
        }
        return failure(reply, body, retryAfter(reply, now));
    }

    private static Duration retryAfter(EgressReply reply, Instant now) {
        return RetryAfter.of(
                reply.header("retry-after-ms").orElse(null),
                reply.header("retry-after").orElse(null),
                now);
    }

    private Outcome failure(EgressReply reply, @Nullable Json body, Duration floor) {
        int status = reply.status() / 100 == 2 ? statusInside(body) : reply.status();
        String code = text(body, "code");
        boolean hopeless =
                reply.header("x-should-retry").orElse("").equals("false") || code.equals("insufficient_quota");
        String where = server.model() + " at " + server.baseUrl();
        if (code.equals("content_filter")) {
            return new Outcome.Answered(new ChatReply(quote(body), Completion.Finish.REFUSAL, List.of(), null));
        }
        return switch (status) {
            case 401, 403 ->
                new Outcome.Final(
                        new RungException.Unavailable(server.baseUrl() + " refused the key (status " + status + "): "
                                + (server.keyVariable() == null
                                        ? "none was sent; name its environment variable under key_env in models.yaml"
                                        : "check " + server.keyVariable())));
            case 402 ->
                new Outcome.Final(
                        new RungException.Unavailable(server.baseUrl() + " wants to be paid first (status 402)"));
            case 404 ->
                new Outcome.Final(new RungException.Unavailable(
                        where + ": no such model or address (status 404); check base_url and model in models.yaml"));
            case 408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529 -> {
                String why = "answered with status " + status + quoted(body);
                yield hopeless
                        ? new Outcome.Final(new RungException.Failed(where + ": " + why))
                        : again(why, status == 429 || !floor.isZero(), floor);
            }
            default ->
                new Outcome.Final(
                        code.equals("context_length_exceeded") || quote(body).contains("context length")
                                ? new RungException.WrongInput(
                                        where + ": the prompt does not fit the context" + quoted(body))
                                : new RungException.Failed(
                                        where + ": the request was refused with status " + status + quoted(body)));
        };
    }

    private static Outcome again(String why, boolean told, Duration floor) {
        return new Outcome.Again(why, true, told, floor);
    }

    // Some routers answer 200 and put the true status into the error.
    private static int statusInside(@Nullable Json body) {
        Json.Obj error = error(body);
        return error != null && error.get("code") instanceof Json.Num(var value) ? value.intValue() : 500;
    }

    private static Json.@Nullable Obj error(@Nullable Json body) {
        return body instanceof Json.Obj root && root.get("error") instanceof Json.Obj error ? error : null;
    }

    private static String text(@Nullable Json body, String member) {
        Json.Obj error = error(body);
        return error != null && error.get(member) instanceof Json.Str(String text) ? text : "";
    }

    private String quoted(@Nullable Json body) {
        String quote = quote(body);
        return quote.isEmpty() ? "" : " (\"" + quote + "\")";
    }

    // Servers like to repeat what they were sent.
    private String quote(@Nullable Json body) {
        String message = text(body, "message").strip().replaceAll("\\s+", " ");
        if (key != null) {
            message = message.replace(key, "…");
        }
        message = message.replaceAll("\\b(sk|key)-[A-Za-z0-9_*-]{6,}", "…");
        return message.length() > LONGEST_QUOTE ? message.substring(0, LONGEST_QUOTE) + "…" : message;
    }

    private static @Nullable Json json(byte[] bytes) {
        try {
            return JsonText.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (RungException.WrongInput e) {
            return null;
        }
    }
}
