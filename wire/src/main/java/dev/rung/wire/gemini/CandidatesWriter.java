package dev.rung.wire.gemini;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Asked;
import dev.rung.wire.form.Choice;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Losses;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Reply;
import dev.rung.wire.form.ReplyId;
import dev.rung.wire.form.Written;
import java.util.ArrayList;
import java.util.List;

/** Writes a whole reply. */
final class CandidatesWriter {
    private CandidatesWriter() {}

    static Written write(Reply reply, Asked asked) {
        if (reply.dialect() == Dialect.GEMINI) {
            return new Written(reply.source().with("modelVersion", Json.of(asked.model())), List.of());
        }
        Losses losses = new Losses();
        losses.unknown(reply.unknown(), reply.dialect());
        List<Json> candidates = new ArrayList<>(reply.choices().size());
        for (Choice choice : reply.choices()) {
            boolean declined = choice.parts().stream().anyMatch(Part.Refusal.class::isInstance);
            List<Json> parts = new PartWriter(losses, null, false).parts(choice.parts());
            Members candidate = new Members()
                    .put("content", content(parts))
                    .put("finishReason", FinishReasons.write(choice.stop(), declined))
                    .put("index", (long) choice.index());
            if (!choice.scores().isEmpty()) {
                candidate.put("logprobsResult", Scores.write(choice.scores()));
            }
            candidates.add(candidate.build());
        }
        Json.Obj body = new Members()
                .put("candidates", candidates)
                .put("usageMetadata", UsageMetadata.write(reply.usage()))
                .put("modelVersion", asked.model())
                .put("responseId", ReplyId.of(Dialect.GEMINI, reply.id()))
                .build();
        return new Written(body, losses.list());
    }

    static Json.Obj content(List<Json> parts) {
        return new Members().put("parts", parts).put("role", "model").build();
    }
}
