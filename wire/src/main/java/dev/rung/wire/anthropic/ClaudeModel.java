package dev.rung.wire.anthropic;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a model's abilities its name tells.
 *
 * <p>From 4.6 on, models of Anthropic reason as they like under an effort, and later ones refuse a budget of tokens; before, there is only the budget.
 */
final class ClaudeModel {
    private static final Pattern VERSION = Pattern.compile("claude-[a-z]+-(\\d{1,2})(?:[-.](\\d{1,2}))?(?!\\d)");

    private ClaudeModel() {}

    /** Tells whether the model takes adaptive thinking and an effort; one whose name says nothing does. */
    static boolean isAdaptive(String model) {
        if (model.contains("claude-3") || model.contains("claude-2")) {
            return false;
        }
        int version = version(model);
        return version < 0 || version >= 406;
    }

    /** Returns the effort by the name that the model knows. */
    static String effort(String effort, String model) {
        return switch (effort) {
            case "minimal" -> "low";
            case "xhigh" -> version(model) == 406 ? "max" : "xhigh";
            default -> effort;
        };
    }

    private static int version(String model) {
        Matcher match = VERSION.matcher(model);
        if (!match.find()) {
            return -1;
        }
        String minor = match.group(2);
        return 100 * Integer.parseInt(match.group(1)) + (minor == null ? 0 : Integer.parseInt(minor));
    }
}
