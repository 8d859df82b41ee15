package dev.rung.wire.gemini;

import dev.rung.wire.form.Stop;

/** Why an answer ended, in Gemini's words. */
final class FinishReasons {
    private FinishReasons() {}

    /** Gemini says STOP after calls too. */
    static Stop read(String word, boolean called) {
        Stop.Reason reason = switch (word) {
            case "STOP" -> called ? Stop.Reason.TOOL_CALLS : Stop.Reason.END;
            case "MAX_TOKENS" -> Stop.Reason.LENGTH;
            case "SAFETY",
                    "RECITATION",
                    "BLOCKLIST",
                    "PROHIBITED_CONTENT",
                    "SPII",
                    "IMAGE_SAFETY",
                    "IMAGE_PROHIBITED_CONTENT",
                    "IMAGE_RECITATION" -> Stop.Reason.FILTER;
            default -> Stop.Reason.OTHER;
        };
        return Stop.of(reason, word);
    }

    static String write(Stop stop, boolean declined) {
        return switch (stop.reason()) {
            case END -> declined ? "SAFETY" : "STOP";
            case STOP_SEQUENCE, TOOL_CALLS, PAUSE -> "STOP";
            case LENGTH, CONTEXT_FULL -> "MAX_TOKENS";
            case REFUSAL, FILTER -> "SAFETY";
            case OTHER -> "OTHER";
        };
    }
}
