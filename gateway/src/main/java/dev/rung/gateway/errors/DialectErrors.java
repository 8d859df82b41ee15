package dev.rung.gateway.errors;

import dev.rung.core.json.Json;
import dev.rung.gateway.http.Head;
import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.http.Reply;
import dev.rung.gateway.policy.Dialect;
import java.nio.charset.StandardCharsets;

/** Writes refusals in the shape of a dialect, so that each vendor's client raises its own kind of error. */
public final class DialectErrors {
    private DialectErrors() {}

    /** Returns the reply to the caller who sent {@code head}. */
    public static Reply.Whole reply(Head head, Refusal refusal) {
        Dialect dialect = CallerDialect.of(head.path(), head.query(), head.headers());
        return new Reply.Whole(
                refusal.status(), refusal.headers(), body(dialect, refusal).compact(), null, refusal.code());
    }

    /** Returns the body of the reply that tells of {@code refusal}. */
    public static Json.Obj body(Dialect dialect, Refusal refusal) {
        return switch (dialect) {
            case OPENAI, RESPONSES ->
                Json.object(
                        "error",
                        Json.object(
                                "message", Json.of(refusal.message()),
                                "type", Json.of(openAiType(refusal.status())),
                                "param", Json.ofNullable(refusal.parameter()),
                                "code", Json.of(refusal.code())));
            case ANTHROPIC ->
                Json.object(
                        "type",
                        Json.of("error"),
                        "error",
                        Json.object(
                                "type", Json.of(anthropicType(refusal.status())),
                                "message", Json.of(message(dialect, refusal))));
            case GEMINI ->
                Json.object(
                        "error",
                        Json.object(
                                "code", Json.of(refusal.status()),
                                "message", Json.of(message(dialect, refusal)),
                                "status", Json.of(googleStatus(refusal.status()))));
        };
    }

    /** Returns the event that tells of {@code refusal} in a stream whose head has been sent. */
    public static byte[] event(Dialect dialect, Refusal refusal) {
        String text = switch (dialect) {
            case OPENAI, GEMINI -> "data: " + body(dialect, refusal).compact() + "\n\n";
            case ANTHROPIC -> "event: error\ndata: " + body(dialect, refusal).compact() + "\n\n";
            case RESPONSES ->
                "event: error\ndata: "
                        + Json.object(
                                        "type", Json.of("error"),
                                        "code", Json.of(refusal.code()),
                                        "message", Json.of(refusal.message()),
                                        "param", Json.ofNullable(refusal.parameter()))
                                .with("sequence_number", Json.of(0))
                                .compact()
                        + "\n\n";
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the message, with the code and the field where the dialect has no other place for them. */
    public static String message(Dialect dialect, Refusal refusal) {
        return switch (dialect) {
            case OPENAI, RESPONSES -> refusal.message();
            case ANTHROPIC, GEMINI -> {
                String field = refusal.parameter() == null ? "" : refusal.parameter() + ": ";
                yield field + refusal.message() + " (" + refusal.code() + ")";
            }
        };
    }

    private static String openAiType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }

    private static String anthropicType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "billing_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            case 504 -> "timeout_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }

    private static String googleStatus(int status) {
        return switch (status) {
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 409 -> "ABORTED";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 501 -> "UNIMPLEMENTED";
            case 503 -> "UNAVAILABLE";
            case 504 -> "DEADLINE_EXCEEDED";
            default -> status < 500 ? "INVALID_ARGUMENT" : "INTERNAL";
        };
    }
}
