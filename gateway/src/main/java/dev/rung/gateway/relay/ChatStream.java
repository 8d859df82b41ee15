package dev.rung.gateway.relay;

import dev.rung.gateway.scan.Members;

/** OpenAI's chat completion chunks, which end in {@code [DONE]}. */
final class ChatStream extends StreamReader {
    private boolean named;

    @Override
    Mark marked(EventView event) {
        if (event.dataBegins("[DONE]")) {
            return Mark.LAST;
        }
        if (named && !event.mentions("\"usage\"") && !event.mentions("\"error\"")) {
            return Mark.CONTENT;
        }
        boolean choices = false;
        String usage = null;
        String tier = null;
        boolean error = false;
        Members members = event.members();
        while (members.next()) {
            if (members.named("choices")) {
                choices = members.kind() == '[' && says(members.items());
            } else if (members.named("usage") && members.kind() == '{') {
                usage = members.json();
            } else if (members.named("service_tier") && members.kind() == '"') {
                tier = members.json();
            } else if (members.named("error") && members.kind() != 'n') {
                error = true;
            } else if (members.named("model")) {
                model(members);
            }
        }
        if (usage != null) {
            setUsage(usage, tier);
        }
        if (error) {
            return Mark.ERROR;
        }
        named |= choices;
        // Azure begins with a chunk that has only the verdict of its filter on the prompt, and no choices; then, as
        // everywhere, comes one that only has a role.
        return choices ? Mark.CONTENT : usage != null ? Mark.USAGE : Mark.PREAMBLE;
    }

    /** Tells whether there is a choice that is more than the announcement of who speaks. */
    private static boolean says(Members choices) {
        while (choices.next()) {
            if (choices.kind() != '{' || !isAnnouncement(choices.inside())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAnnouncement(Members choice) {
        boolean role = false;
        while (choice.next()) {
            if (choice.named("delta") && choice.kind() == '{') {
                Members delta = choice.inside();
                while (delta.next()) {
                    boolean who = delta.named("role");
                    role |= who;
                    if (!who && !delta.is("null") && !delta.is("\"\"") && !delta.is("[]")) {
                        return false;
                    }
                }
            } else if (!choice.named("index") && !choice.is("null")) {
                return false;
            }
        }
        return role;
    }

    @Override
    int status(EventView error) {
        return ErrorStatus.openAi(error.members());
    }
}
