package dev.rung.wire.openai;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Asked;
import dev.rung.wire.form.Choice;
import dev.rung.wire.form.Citation;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Losses;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Reply;
import dev.rung.wire.form.ReplyId;
import dev.rung.wire.form.Written;
import java.util.ArrayList;
import java.util.List;

/** Writes a whole chat completion. */
final class ReplyWriter {
    private ReplyWriter() {}

    static Written write(Reply reply, Asked asked) {
        if (reply.dialect() == Dialect.OPENAI) {
            return new Written(reply.source().with("model", Json.of(asked.model())), List.of());
        }
        Losses losses = new Losses();
        losses.unknown(reply.unknown(), reply.dialect());
        List<Json> choices = new ArrayList<>(reply.choices().size());
        for (Choice choice : reply.choices()) {
            choices.add(choice(choice, losses));
        }
        Json.Obj body = new Members()
                .put("id", ReplyId.of(Dialect.OPENAI, reply.id()))
                .put("object", "chat.completion")
                .put("created", reply.created() == null ? Long.valueOf(asked.now()) : reply.created())
                .put("model", asked.model())
                .put("choices", choices)
                .put("usage", ChatUsage.write(reply.usage()))
                .build();
        return new Written(body, losses.list());
    }

    private static Json.Obj choice(Choice choice, Losses losses) {
        Members message = new Members().put("role", "assistant");
        StringBuilder text = new StringBuilder();
        List<Json> annotations = new ArrayList<>(0);
        boolean said = false;
        for (Part part : choice.parts()) {
            if (part instanceof Part.Text words) {
                said = true;
                text.append(words.text());
                for (Citation citation : words.citations()) {
                    Json.Obj annotation = Annotations.write(citation);
                    if (annotation == null) {
                        losses.hint(words.place().member("citations"), "cites a document of the request");
                    } else {
                        annotations.add(annotation);
                    }
                }
            } else if (part instanceof Part.Attachment attachment) {
                losses.meaning(attachment.place(), "is not text");
            }
        }
        if (said) {
            message.put("content", text.toString());
        } else {
            message.nil("content");
        }
        message.nil("refusal");
        MessageWriter.spoken(message, choice.parts(), losses);
        message.putUnlessEmpty("annotations", annotations);
        Json logprobs = choice.scores().isEmpty()
                ? Json.Nil.NULL
                : Json.object("content", Json.array(Scores.write(choice.scores())));
        return new Members()
                .put("index", (long) choice.index())
                .put("message", message.build())
                .put("logprobs", logprobs)
                .put("finish_reason", Finishes.write(choice.stop()))
                .build();
    }
}
