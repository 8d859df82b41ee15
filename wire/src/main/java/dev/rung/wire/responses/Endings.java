package dev.rung.wire.responses;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Stop;
import org.jspecify.annotations.Nullable;

/** Why a response ended: its status, and the reason why it is incomplete. */
final class Endings {
    private Endings() {}

    static Stop read(Json.Obj response, boolean called) {
        String status = response.get("status") instanceof Json.Str(String word) ? word : "";
        String reason = response.get("incomplete_details") instanceof Json.Obj details
                        && details.get("reason") instanceof Json.Str(String word)
                ? word
                : "";
        if (status.equals("completed")) {
            return Stop.of(called ? Stop.Reason.TOOL_CALLS : Stop.Reason.END, status);
        }
        return switch (reason) {
            case "max_output_tokens" -> Stop.of(Stop.Reason.LENGTH, reason);
            case "content_filter" -> Stop.of(Stop.Reason.FILTER, reason);
            default -> Stop.of(Stop.Reason.OTHER, reason.isEmpty() ? status : reason);
        };
    }

    /** Returns why it is incomplete, or null for a response that is complete. */
    static @Nullable String incomplete(Stop stop) {
        return switch (stop.reason()) {
            case END, STOP_SEQUENCE, TOOL_CALLS, PAUSE -> null;
            case LENGTH, CONTEXT_FULL -> "max_output_tokens";
            case REFUSAL, FILTER, OTHER -> "content_filter";
        };
    }
}
