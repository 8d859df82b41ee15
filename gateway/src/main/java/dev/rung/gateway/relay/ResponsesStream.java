package dev.rung.gateway.relay;

import dev.rung.gateway.scan.Members;
import java.nio.charset.StandardCharsets;

/** OpenAI's response events, which end in {@code response.completed}, {@code .incomplete} or {@code .failed}. */
final class ResponsesStream extends StreamReader {
    private boolean begun;

    @Override
    Mark marked(EventView event) {
        if (event.typed("error")) {
            return Mark.ERROR;
        }
        if (event.typed("response.created") || event.typed("response.in_progress") || event.typed("response.queued")) {
            response(event);
            return begun ? Mark.CONTENT : Mark.PREAMBLE;
        }
        if (event.typed("response.failed")) {
            response(event);
            return Mark.ERROR;
        }
        begun = true;
        if (event.typed("response.completed") || event.typed("response.incomplete")) {
            response(event);
            return Mark.LAST;
        }
        return Mark.CONTENT;
    }

    private void response(EventView event) {
        Members members = event.members();
        while (members.next()) {
            if (members.named("response") && members.kind() == '{') {
                Members response = members.inside();
                String usage = null;
                String tier = null;
                while (response.next()) {
                    if (response.named("id")) {
                        id(response);
                    } else if (response.named("model")) {
                        model(response);
                    } else if (response.named("usage") && response.kind() == '{') {
                        usage = response.json();
                    } else if (response.named("service_tier") && response.kind() == '"') {
                        tier = response.json();
                    }
                }
                if (usage != null) {
                    setUsage(usage, tier);
                }
            }
        }
    }

    @Override
    int status(EventView error) {
        Members members = error.members();
        while (members.next()) {
            if (members.named("response") && members.kind() == '{') {
                return ErrorStatus.openAi(members.inside());
            }
            if (members.named("error") && members.kind() == '{') {
                return ErrorStatus.openAi(error.members());
            }
            if (members.named("code") && members.kind() == '"') {
                return ErrorStatus.ofOpenAiCode(members.text());
            }
        }
        return 500;
    }

    // As a reply, the error is an object of its own, as everywhere at OpenAI.
    @Override
    byte[] body(EventView error) {
        Members members = error.members();
        String json = error.text();
        while (members.next()) {
            if (members.named("error") && members.kind() == '{') {
                json = members.json();
            } else if (members.named("response") && members.kind() == '{') {
                Members response = members.inside();
                while (response.next()) {
                    if (response.named("error") && response.kind() == '{') {
                        json = response.json();
                    }
                }
            }
        }
        return ("{\"error\":" + json + "}").getBytes(StandardCharsets.UTF_8);
    }
}
