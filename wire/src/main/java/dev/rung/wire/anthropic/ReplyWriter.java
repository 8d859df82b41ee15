package dev.rung.wire.anthropic;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Asked;
import dev.rung.wire.form.Choice;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Losses;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Reply;
import dev.rung.wire.form.ReplyId;
import dev.rung.wire.form.Stop;
import dev.rung.wire.form.Written;
import java.util.List;

/** Writes a whole message. */
final class ReplyWriter {
    private ReplyWriter() {}

    static Written write(Reply reply, Asked asked) {
        if (reply.dialect() == Dialect.ANTHROPIC) {
            return new Written(reply.source().with("model", Json.of(asked.model())), List.of());
        }
        Losses losses = new Losses();
        losses.unknown(reply.unknown(), reply.dialect());
        if (reply.choices().size() > 1) {
            losses.meaning(Place.BODY.member("choices").item(1), "is a second answer, and a message is one");
        }
        Choice choice = reply.choices().isEmpty()
                ? new Choice(0, List.of(), Stop.of(Stop.Reason.OTHER, ""), List.of())
                : reply.choices().getFirst();
        if (!choice.scores().isEmpty()) {
            losses.hint(Place.BODY.member("logprobs"), "have no place");
        }
        boolean declined = choice.parts().stream().anyMatch(Part.Refusal.class::isInstance);
        Json.Obj body = new Members()
                .put("id", ReplyId.of(Dialect.ANTHROPIC, reply.id()))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", asked.model())
                .put("content", new BlockWriter(losses, true).blocks(choice.parts()))
                .put("stop_reason", StopReasons.write(choice.stop(), declined))
                .put("stop_sequence", Json.ofNullable(choice.stop().sequence()))
                .put("usage", MessageUsage.write(reply.usage()).build())
                .build();
        return new Written(body, losses.list());
    }
}
