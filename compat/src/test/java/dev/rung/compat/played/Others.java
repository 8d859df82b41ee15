package dev.rung.compat.played;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The vendors' embeddings and counts of tokens. */
public final class Others {
    /** What every question for a count is answered with. */
    public static final long COUNT = 42;

    private Others() {}

    /** Returns the vector of the text with this number. */
    public static List<Float> vector(int number) {
        return List.of(0.5f * number, -0.25f);
    }

    /** Answers by the path: vectors, or the number of tokens. */
    public static void play(PlayedServer.Request request, PlayedServer.Connection to) throws Exception {
        String path = request.path();
        if (path.endsWith("/embeddings")) {
            to.json(200, openAi(request.json()));
        } else if (path.endsWith(":embedContent")) {
            to.json(200, Json.object("embedding", values(0)));
        } else if (path.endsWith(":batchEmbedContents")) {
            List<Json> vectors = new ArrayList<>();
            for (int i = 0; i < Look.items(request.json(), "requests").size(); i++) {
                vectors.add(values(i));
            }
            to.json(200, Json.object("embeddings", Json.array(vectors)));
        } else if (path.endsWith(":countTokens")) {
            to.json(200, JsonText.parse("""
                    {"totalTokens":42,"promptTokensDetails":[{"modality":"TEXT","tokenCount":42}]}"""));
        } else if (path.endsWith("/messages/count_tokens")) {
            to.json(200, JsonText.parse("{\"input_tokens\":42}"));
        } else if (path.endsWith("/responses/input_tokens")) {
            to.json(200, JsonText.parse("{\"object\":\"response.input_tokens\",\"input_tokens\":42}"));
        } else {
            to.json(404, Json.object());
        }
    }

    private static Json openAi(Json request) {
        int texts = Look.at(request, "input") instanceof Json.Str
                ? 1
                : Look.items(request, "input").size();
        boolean base64 = Look.text(request, "encoding_format").equals("base64");
        List<Json> data = new ArrayList<>();
        for (int i = 0; i < texts; i++) {
            ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            vector(i).forEach(bytes::putFloat);
            Json vector = base64 ? Json.of(Base64.getEncoder().encodeToString(bytes.array())) : numbers(i);
            data.add(Json.object("object", Json.of("embedding"), "index", Json.of(i), "embedding", vector));
        }
        return JsonText.parse("""
                {"object":"list","data":%s,"model":"text-embedding-3-small","usage":{"prompt_tokens":5,"total_tokens":5}}""".formatted(Json.array(data).compact()));
    }

    private static Json numbers(int number) {
        return Json.array(vector(number).stream()
                .map(value -> Json.of(value.doubleValue()))
                .toList());
    }

    private static Json values(int number) {
        return Json.object("values", numbers(number));
    }

    /** Returns the texts that are to become vectors. */
    public static List<String> texts(PlayedServer.Request request) {
        Json body = request.json();
        List<String> texts = new ArrayList<>();
        for (Json one : Look.items(body, "requests")) {
            texts.add(Look.joined(Look.at(one, "content", "parts")));
        }
        for (Json one : Look.items(body, "input")) {
            texts.add(((Json.Str) one).value());
        }
        return texts;
    }

    /** Returns every name of the model in the path and the body. */
    public static List<String> models(PlayedServer.Request request) {
        Json body = request.json();
        List<String> models = new ArrayList<>();
        String path = request.path();
        if (path.contains("/models/")) {
            models.add(path.substring(path.indexOf("models/"), path.lastIndexOf(':')));
        }
        if (Look.has(body, "model")) {
            models.add(Look.text(body, "model"));
        }
        for (Json one : Look.items(body, "requests")) {
            models.add(Look.text(one, "model"));
        }
        if (Look.has(body, "generateContentRequest")) {
            models.add(Look.text(body, "generateContentRequest", "model"));
        }
        return models;
    }
}
