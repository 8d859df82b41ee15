package dev.rung.gateway.relay;

import dev.rung.gateway.scan.Members;

/** Anthropic's message events, which end in {@code message_stop}. */
final class AnthropicStream extends StreamReader {
    @Override
    Mark marked(EventView event) {
        if (event.typed("content_block_delta")) {
            return Mark.CONTENT;
        }
        if (event.typed("ping")) {
            return Mark.PREAMBLE;
        }
        if (event.typed("message_start")) {
            Members members = event.members();
            while (members.next()) {
                if (members.named("message") && members.kind() == '{') {
                    message(members.inside());
                }
            }
            return Mark.PREAMBLE;
        }
        if (event.typed("message_delta")) {
            message(event.members());
            return Mark.CONTENT;
        }
        if (event.typed("message_stop")) {
            return Mark.LAST;
        }
        return event.typed("error") ? Mark.ERROR : Mark.CONTENT;
    }

    private void message(Members message) {
        while (message.next()) {
            if (message.named("model")) {
                model(message);
            } else if (message.named("usage") && message.kind() == '{') {
                addUsage(message.json());
            }
        }
    }

    @Override
    int status(EventView error) {
        return ErrorStatus.anthropic(error.members());
    }
}
