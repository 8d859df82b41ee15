package dev.rung.wire.form;

import java.util.List;

/** The id of a reply as each vendor's clients know it: with the vendor's own prefix before what the server called it. */
public final class ReplyId {
    private static final List<String> PREFIXES = List.of("chatcmpl-", "msg_", "resp_");

    private ReplyId() {}

    /** Returns {@code id} with the prefix of {@code dialect} in place of another's; when it is empty, one made of {@code now}, in seconds. */
    public static String of(Dialect dialect, String id, long now) {
        String prefix = switch (dialect) {
            case OPENAI -> "chatcmpl-";
            case ANTHROPIC -> "msg_";
            case RESPONSES -> "resp_";
            case GEMINI -> "";
        };
        String bare = bare(id);
        return prefix + (bare.isEmpty() ? String.valueOf(now) : bare);
    }

    /** Returns {@code id} without any vendor's prefix. */
    public static String bare(String id) {
        for (String prefix : PREFIXES) {
            if (id.startsWith(prefix)) {
                return id.substring(prefix.length());
            }
        }
        return id;
    }
}
