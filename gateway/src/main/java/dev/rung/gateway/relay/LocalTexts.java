package dev.rung.gateway.relay;

import dev.rung.gateway.http.Refused;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Embedding;
import dev.rung.wire.form.Losses;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Untranslatable;
import java.util.ArrayList;
import java.util.List;

/** What an encoder in this process reads of a request for vectors. */
final class LocalTexts {
    private static final String NOT_HERE = "has no counterpart in an encoder in this process";

    private LocalTexts() {}

    /** Returns the texts; numbers of tokens, which are another tokenizer's, are a {@link Refused}. */
    static List<String> of(Embedding.Request request) {
        List<String> texts = new ArrayList<>(request.inputs().size());
        for (Embedding.Input input : request.inputs()) {
            switch (input) {
                case Embedding.Input.Text(String text) -> texts.add(text);
                case Embedding.Input.Tokens tokens ->
                    throw Refused.field(
                            "input",
                            "unsupported_value",
                            "Found the numbers of tokens, expected text: they are another model's.");
            }
        }
        if (texts.isEmpty()) {
            throw Refused.field("input", "empty", "There is no text.");
        }
        return texts;
    }

    /** Returns what has no effect. */
    static List<Untranslatable> lost(Embedding.Request request) {
        Losses losses = new Losses();
        losses.unknown(request.unknown(), request.dialect());
        if (request.task() != null) {
            losses.meaning(Place.BODY.member("taskType"), NOT_HERE);
        }
        if (request.title() != null) {
            losses.meaning(Place.BODY.member("title"), NOT_HERE);
        }
        if (request.user() != null) {
            losses.hint(request.user().place(), NOT_HERE);
        }
        return losses.list();
    }

    /** Returns the caller's name of the size of vectors. */
    static String dimensions(Embedding.Request request) {
        return request.dialect() == Dialect.GEMINI ? "outputDimensionality" : "dimensions";
    }

    /** Returns where the text {@code index} stands. */
    static String place(Embedding.Request request, int index) {
        String all = request.dialect() == Dialect.GEMINI ? "requests" : "input";
        return request.many() ? all + "[" + index + "]" : request.dialect() == Dialect.GEMINI ? "content" : all;
    }
}
