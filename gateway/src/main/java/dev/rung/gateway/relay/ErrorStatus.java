package dev.rung.gateway.relay;

import dev.rung.gateway.scan.Members;
import org.jspecify.annotations.Nullable;

/** Which HTTP status an error stands for that came without one: inside a stream, or inside a reply with status 200. */
final class ErrorStatus {
    private static final int UNKNOWN = 500;

    private ErrorStatus() {}

    static int of(Verb verb, Members body) {
        return switch (verb.dialect()) {
            case OPENAI, RESPONSES -> openAi(body);
            case ANTHROPIC -> anthropic(body);
            case GEMINI -> google(body);
        };
    }

    /** Returns the status for an object with OpenAI's {@code error}; routers put a status into its {@code code}. */
    static int openAi(Members body) {
        Members error = error(body);
        int status = UNKNOWN;
        while (error != null && error.next()) {
            if (error.named("code") || error.named("status")) {
                status = error.kind() == '"' ? ofOpenAiCode(error.text()) : number(error.json());
                if (status != UNKNOWN) {
                    return status;
                }
            } else if (error.named("type") && error.kind() == '"' && status == UNKNOWN) {
                status = ofOpenAiCode(error.text());
            }
        }
        return status;
    }

    static int ofOpenAiCode(String code) {
        return switch (code) {
            case "rate_limit_exceeded", "rate_limit_error", "insufficient_quota", "tokens", "requests" -> 429;
            case "invalid_request_error", "invalid_prompt", "context_length_exceeded", "content_filter" -> 400;
            case "authentication_error", "invalid_api_key" -> 401;
            case "permission_error" -> 403;
            case "not_found_error", "model_not_found" -> 404;
            case "overloaded_error", "engine_overloaded", "overloaded", "server_overloaded" -> 503;
            case "timeout", "timeout_error" -> 504;
            default -> number(code);
        };
    }

    static int anthropic(Members body) {
        Members error = error(body);
        while (error != null && error.next()) {
            if (error.named("type") && error.kind() == '"') {
                return switch (error.text()) {
                    case "invalid_request_error" -> 400;
                    case "authentication_error" -> 401;
                    case "billing_error" -> 402;
                    case "permission_error" -> 403;
                    case "not_found_error" -> 404;
                    case "request_too_large" -> 413;
                    case "rate_limit_error" -> 429;
                    case "timeout_error" -> 504;
                    case "overloaded_error" -> 529;
                    default -> UNKNOWN;
                };
            }
        }
        return UNKNOWN;
    }

    static int google(Members body) {
        Members error = error(body);
        while (error != null && error.next()) {
            if (error.named("code")) {
                return number(error.json());
            }
        }
        return UNKNOWN;
    }

    private static @Nullable Members error(Members body) {
        while (body.next()) {
            if (body.named("error") && body.kind() == '{') {
                return body.inside();
            }
        }
        return null;
    }

    private static int number(String text) {
        try {
            int status = Integer.parseInt(text.strip());
            return status >= 400 && status <= 599 ? status : UNKNOWN;
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }
}
