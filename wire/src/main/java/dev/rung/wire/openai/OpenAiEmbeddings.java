package dev.rung.wire.openai;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Embedding;
import dev.rung.wire.form.Fields;
import dev.rung.wire.form.Losses;
import dev.rung.wire.form.Malformed;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Setting;
import dev.rung.wire.form.Unknown;
import dev.rung.wire.form.Written;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** OpenAI's embeddings. */
public final class OpenAiEmbeddings implements Embedding.Codec {
    @Override
    public Dialect dialect() {
        return Dialect.OPENAI;
    }

    @Override
    public Embedding.Request read(Json.Obj body, @Nullable String model) {
        List<Unknown> unknown = new ArrayList<>(0);
        Fields fields = new Fields(body, Place.BODY, unknown);
        String named = fields.requireText("model");
        Json input = fields.take("input");
        List<Embedding.Input> inputs = new ArrayList<>();
        boolean many = false;
        if (input instanceof Json.Arr(List<Json> items) && !(items.isEmpty() || items.getFirst() instanceof Json.Num)) {
            many = true;
            for (int i = 0; i < items.size(); i++) {
                inputs.add(input(items.get(i), fields.place("input").item(i)));
            }
        } else {
            inputs.add(input(input, fields.place("input")));
        }
        String encoding = fields.text("encoding_format");
        Json user = fields.take("user");
        Long dimensions = fields.whole("dimensions");
        fields.finish();
        return new Embedding.Request(
                Dialect.OPENAI,
                named,
                inputs,
                many,
                dimensions,
                "base64".equals(encoding),
                null,
                null,
                user == null ? null : new Setting(user, fields.place("user")),
                unknown,
                body);
    }

    private static Embedding.Input input(@Nullable Json input, Place place) {
        if (input instanceof Json.Str(String text)) {
            return new Embedding.Input.Text(text);
        }
        if (input instanceof Json.Arr(List<Json> items) && !items.isEmpty()) {
            List<Long> tokens = new ArrayList<>(items.size());
            for (Json item : items) {
                if (!(item instanceof Json.Num(BigDecimal number))) {
                    throw Malformed.found(place, item, "the number of a token");
                }
                tokens.add(number.longValue());
            }
            return new Embedding.Input.Tokens(tokens);
        }
        throw Malformed.found(place, input, "a text, or the numbers of tokens");
    }

    @Override
    public Written write(Embedding.Request request, String model) {
        if (request.dialect() == Dialect.OPENAI) {
            return new Written(request.source().with("model", Json.of(model)), List.of());
        }
        Losses losses = new Losses();
        losses.unknown(request.unknown(), request.dialect());
        if (request.task() != null) {
            losses.meaning(Place.BODY.member("taskType"), "has no counterpart");
        }
        if (request.title() != null) {
            losses.meaning(Place.BODY.member("title"), "has no counterpart");
        }
        List<Json> inputs = new ArrayList<>(request.inputs().size());
        for (Embedding.Input input : request.inputs()) {
            inputs.add(
                    switch (input) {
                        case Embedding.Input.Text(String text) -> Json.of(text);
                        case Embedding.Input.Tokens(List<Long> tokens) ->
                            Json.array(tokens.stream().map(Json::of).toList());
                    });
        }
        Json.Obj body = new Members()
                .put("model", model)
                .put("input", request.many() ? Json.array(inputs) : inputs.getFirst())
                .put("encoding_format", "float")
                .put("dimensions", request.dimensions())
                .build();
        return new Written(body, losses.list());
    }

    @Override
    public Embedding.Reply readReply(Json.Obj body) {
        Fields fields = new Fields(body, Place.BODY, new ArrayList<>(0));
        List<Fields> data = fields.each("data");
        Embedding.Vector[] vectors = new Embedding.Vector[data.size()];
        for (int i = 0; i < vectors.length; i++) {
            Long index = data.get(i).whole("index");
            int at = index == null ? i : index.intValue();
            if (at < 0 || at >= vectors.length || vectors[at] != null) {
                throw Malformed.found(data.get(i).place("index"), Json.of(at), "each index once");
            }
            vectors[at] = switch (data.get(i).take("embedding")) {
                case Json.Arr(List<Json> numbers) -> new Embedding.Vector(numbers);
                case Json.Str(String base64) -> Embedding.Vector.ofBase64(base64);
                case null -> throw Malformed.found(data.get(i).place("embedding"), null, "an array");
                case Json other -> throw Malformed.found(data.get(i).place("embedding"), other, "an array");
            };
        }
        Fields usage = fields.fields("usage");
        return new Embedding.Reply(List.of(vectors), usage == null ? null : usage.whole("prompt_tokens"));
    }

    @Override
    public Json.Obj writeReply(Embedding.Reply reply, Embedding.Request asked) {
        List<Json> data = new ArrayList<>(reply.vectors().size());
        for (Embedding.Vector vector : reply.vectors()) {
            data.add(new Members()
                    .put("object", "embedding")
                    .put("index", (long) data.size())
                    .put("embedding", asked.base64() ? Json.of(vector.base64()) : Json.array(vector.numbers()))
                    .build());
        }
        long tokens = reply.tokens() == null ? 0 : reply.tokens();
        return new Members()
                .put("object", "list")
                .put("data", data)
                .put("model", asked.model())
                .put(
                        "usage",
                        new Members()
                                .put("prompt_tokens", tokens)
                                .put("total_tokens", tokens)
                                .build())
                .build();
    }
}
