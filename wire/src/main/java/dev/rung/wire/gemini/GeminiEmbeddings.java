package dev.rung.wire.gemini;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Embedding;
import dev.rung.wire.form.Fields;
import dev.rung.wire.form.Losses;
import dev.rung.wire.form.Malformed;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Unknown;
import dev.rung.wire.form.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gemini's embedContent and batchEmbedContents; a body with {@code requests} is the latter's. */
public final class GeminiEmbeddings implements Embedding.Codec {
    @Override
    public Dialect dialect() {
        return Dialect.GEMINI;
    }

    @Override
    public Embedding.Request read(Json.Obj body, @Nullable String model) {
        List<Unknown> unknown = new ArrayList<>(0);
        Fields fields = new Fields(body, Place.BODY, unknown);
        boolean many = body.get("requests") != null;
        List<Fields> requests = many ? fields.each("requests") : List.of(fields);
        List<Embedding.Input> inputs = new ArrayList<>(requests.size());
        String named = model;
        String task = null;
        String title = null;
        Long dimensions = null;
        for (Fields request : requests) {
            String own = request.text("model");
            named = named == null ? own : named;
            inputs.add(new Embedding.Input.Text(text(request)));
            task = same(task, request.text(Names.of(request, "taskType")), inputs.size(), request, "taskType");
            title = same(title, request.text("title"), inputs.size(), request, "title");
            dimensions = same(
                    dimensions,
                    request.whole(Names.of(request, "outputDimensionality")),
                    inputs.size(),
                    request,
                    "outputDimensionality");
            request.finish();
        }
        if (many) {
            fields.finish();
        }
        if (named == null || inputs.isEmpty()) {
            throw Malformed.found(Place.BODY, body, "a model in the path and a content");
        }
        return new Embedding.Request(
                Dialect.GEMINI,
                named.startsWith("models/") ? named.substring("models/".length()) : named,
                inputs,
                many,
                dimensions,
                false,
                task,
                title,
                null,
                unknown,
                body);
    }

    /** A batch whose requests differ in more than their text has no counterpart, and is refused. */
    private static <T> @Nullable T same(@Nullable T before, @Nullable T now, int count, Fields request, String name) {
        if (count > 1 && !Objects.equals(before, now)) {
            throw new Malformed(request.place(name), "found another value than in the request before it, expected one");
        }
        return now;
    }

    private static String text(Fields request) {
        Fields content = request.fields("content");
        if (content == null) {
            throw Malformed.found(request.place("content"), null, "an object");
        }
        StringBuilder text = new StringBuilder();
        for (Fields part : content.each("parts")) {
            text.append(part.requireText("text"));
            part.finish();
        }
        content.pass("role");
        content.finish();
        return text.toString();
    }

    @Override
    public Written write(Embedding.Request request, String model) {
        if (request.dialect() == Dialect.GEMINI) {
            return new Written(request.source(), List.of());
        }
        Losses losses = new Losses();
        losses.unknown(request.unknown(), request.dialect());
        if (request.user() != null) {
            losses.hint(request.user().place(), Dialect.GEMINI.title() + " has nothing like it");
        }
        List<Json> requests = new ArrayList<>(request.inputs().size());
        for (Embedding.Input input : request.inputs()) {
            switch (input) {
                case Embedding.Input.Text(String text) -> {
                    Json content = Json.object("parts", Json.array(List.of(Json.object("text", Json.of(text)))));
                    Members one = request.many() ? new Members().put("model", "models/" + model) : new Members();
                    requests.add(one.put("content", content)
                            .put("outputDimensionality", request.dimensions())
                            .build());
                }
                case Embedding.Input.Tokens tokens ->
                    losses.meaning(Place.BODY.member("input"), "must be text, and is the numbers of tokens");
            }
        }
        Json.Obj body = request.many() || requests.isEmpty()
                ? Json.object("requests", Json.array(requests))
                : (Json.Obj) requests.getFirst();
        return new Written(body, losses.list());
    }

    @Override
    public Embedding.Reply readReply(Json.Obj body) {
        Fields fields = new Fields(body, Place.BODY, new ArrayList<>(0));
        List<Embedding.Vector> vectors = new ArrayList<>();
        Fields one = fields.fields("embedding");
        for (Fields embedding : one == null ? fields.each("embeddings") : List.of(one)) {
            vectors.add(new Embedding.Vector(embedding.items("values")));
        }
        Fields usage = fields.fields("usageMetadata");
        return new Embedding.Reply(vectors, usage == null ? null : usage.whole("promptTokenCount"));
    }

    @Override
    public Json.Obj writeReply(Embedding.Reply reply, Embedding.Request asked) {
        List<Json> vectors = new ArrayList<>(reply.vectors().size());
        for (Embedding.Vector vector : reply.vectors()) {
            vectors.add(Json.object("values", Json.array(vector.numbers())));
        }
        return asked.many()
                ? Json.object("embeddings", Json.array(vectors))
                : Json.object("embedding", vectors.getFirst());
    }
}
