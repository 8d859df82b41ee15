package dev.rung.wire.openai;

import dev.rung.wire.form.Stop;

/** Why an answer ended, in the words of chat completions. */
final class Finishes {
    private Finishes() {}

    static Stop read(String word) {
        Stop.Reason reason = switch (word) {
            case "stop" -> Stop.Reason.END;
            case "length" -> Stop.Reason.LENGTH;
            case "tool_calls", "function_call" -> Stop.Reason.TOOL_CALLS;
            case "content_filter" -> Stop.Reason.FILTER;
            default -> Stop.Reason.OTHER;
        };
        return Stop.of(reason, word);
    }

    /** What was cut for a reason without a word here is {@code content_filter}: it must not look complete. */
    static String write(Stop stop) {
        return switch (stop.reason()) {
            case END, STOP_SEQUENCE, PAUSE -> "stop";
            case LENGTH, CONTEXT_FULL -> "length";
            case TOOL_CALLS -> "tool_calls";
            case REFUSAL, FILTER, OTHER -> "content_filter";
        };
    }
}
