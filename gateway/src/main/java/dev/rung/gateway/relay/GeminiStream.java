package dev.rung.gateway.relay;

import dev.rung.gateway.scan.Members;

/** Gemini's responses as events: nothing marks the last one, but it has the reason for which the answer ended. */
final class GeminiStream extends StreamReader {
    private boolean finished;

    @Override
    Mark marked(EventView event) {
        boolean content = false;
        boolean error = false;
        Members members = event.members();
        while (members.next()) {
            if (members.named("candidates")) {
                content = true;
            } else if (members.named("promptFeedback")) {
                content = true;
                finished |= event.mentions("\"blockReason\"");
            } else if (members.named("usageMetadata") && members.kind() == '{') {
                setUsage(members.json(), null);
            } else if (members.named("modelVersion")) {
                model(members);
            } else if (members.named("error") && members.kind() == '{') {
                error = true;
            }
        }
        finished |= event.mentions("\"finishReason\"");
        return error ? Mark.ERROR : content ? Mark.CONTENT : Mark.PREAMBLE;
    }

    @Override
    boolean isComplete() {
        return finished;
    }

    @Override
    int status(EventView error) {
        return ErrorStatus.google(error.members());
    }
}
