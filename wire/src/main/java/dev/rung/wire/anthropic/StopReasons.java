package dev.rung.wire.anthropic;

import dev.rung.wire.form.Stop;
import org.jspecify.annotations.Nullable;

/** Why a message ended, in Anthropic's words. */
final class StopReasons {
    private StopReasons() {}

    static Stop read(String word, @Nullable String sequence) {
        Stop.Reason reason = switch (word) {
            case "end_turn" -> Stop.Reason.END;
            case "stop_sequence" -> Stop.Reason.STOP_SEQUENCE;
            case "max_tokens" -> Stop.Reason.LENGTH;
            case "tool_use" -> Stop.Reason.TOOL_CALLS;
            case "pause_turn" -> Stop.Reason.PAUSE;
            case "refusal" -> Stop.Reason.REFUSAL;
            case "model_context_window_exceeded" -> Stop.Reason.CONTEXT_FULL;
            default -> Stop.Reason.OTHER;
        };
        return new Stop(reason, sequence, word);
    }

    /** What was cut for a reason without a word here is {@code refusal}: it must not look complete. */
    static String write(Stop stop, boolean declined) {
        return switch (stop.reason()) {
            case END -> declined ? "refusal" : "end_turn";
            case STOP_SEQUENCE -> "stop_sequence";
            case LENGTH -> "max_tokens";
            case TOOL_CALLS -> "tool_use";
            case PAUSE -> "pause_turn";
            case CONTEXT_FULL -> "model_context_window_exceeded";
            case REFUSAL, FILTER, OTHER -> "refusal";
        };
    }
}
