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
        boolean usage = false;
        boolean error = false;
        Members members = event.members();
        while (members.next()) {
            if (members.named("choices")) {
                choices = members.kind() == '[' && !isEmpty(members);
            } else if (members.named("usage") && members.kind() == '{') {
                usage = true;
                setUsage(members.json());
            } else if (members.named("error") && members.kind() != 'n') {
                error = true;
            } else if (members.named("model")) {
                model(members);
            }
        }
        if (error) {
            return Mark.ERROR;
        }
        named |= choices;
        // Azure begins with a chunk that has only the verdict of its filter on the prompt, and no choices.
        return choices ? Mark.CONTENT : usage ? Mark.USAGE : Mark.PREAMBLE;
    }

    private static boolean isEmpty(Members list) {
        return list.json().substring(1).stripLeading().startsWith("]");
    }

    @Override
    int status(EventView error) {
        return ErrorStatus.openAi(error.members());
    }
}
