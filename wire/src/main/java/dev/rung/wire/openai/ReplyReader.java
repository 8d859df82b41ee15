package dev.rung.wire.openai;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Choice;
import dev.rung.wire.form.Citation;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Fields;
import dev.rung.wire.form.Malformed;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Reply;
import dev.rung.wire.form.Unknown;
import dev.rung.wire.form.Usage;
import java.util.ArrayList;
import java.util.List;

/** Reads a whole chat completion. */
final class ReplyReader {
    private ReplyReader() {}

    static Reply read(Json.Obj body) {
        List<Unknown> unknown = new ArrayList<>(0);
        Fields fields = new Fields(body, Place.BODY, unknown);
        List<Choice> choices = new ArrayList<>(1);
        for (Fields choice : fields.each("choices")) {
            choices.add(choice(choice, unknown));
        }
        Json.Obj usage = fields.object("usage");
        String id = fields.text("id");
        String model = fields.text("model");
        fields.pass("object");
        Long created = fields.whole("created");
        fields.finish();
        return new Reply(
                Dialect.OPENAI,
                id == null ? "" : id,
                model == null ? "" : model,
                created,
                choices,
                usage == null ? Usage.UNKNOWN : ChatUsage.read(usage),
                unknown,
                body);
    }

    private static Choice choice(Fields choice, List<Unknown> unknown) {
        Fields message = choice.fields("message");
        if (message == null) {
            throw Malformed.found(choice.place("message"), null, "an object");
        }
        Long index = choice.whole("index");
        String finish = choice.text("finish_reason");
        Fields logprobs = choice.fields("logprobs");
        List<Part> parts = new ArrayList<>();
        List<Citation> citations = Annotations.read(Dialect.OPENAI, message.items("annotations"));
        MessageReader.assistant(message, parts, unknown);
        message.pass("role");
        message.finish();
        choice.finish();
        return new Choice(
                index == null ? 0 : index.intValue(),
                withCitations(said(parts), citations),
                Finishes.read(finish == null ? "" : finish),
                logprobs == null ? List.of() : Scores.read(logprobs.items("content")));
    }

    /** Servers write an empty text beside calls; nothing was said. */
    private static List<Part> said(List<Part> parts) {
        return parts.stream()
                .filter(part -> !(part instanceof Part.Text text && text.text().isEmpty()))
                .toList();
    }

    private static List<Part> withCitations(List<Part> parts, List<Citation> citations) {
        if (citations.isEmpty()) {
            return parts;
        }
        List<Part> cited = new ArrayList<>(parts.size());
        boolean given = false;
        for (Part part : parts) {
            if (!given && part instanceof Part.Text text) {
                cited.add(new Part.Text(text.text(), citations, null, text.place()));
                given = true;
            } else {
                cited.add(part);
            }
        }
        return cited;
    }
}
