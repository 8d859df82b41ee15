package dev.rung.compat.played;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gemini's generateContent, embeddings and count of tokens. */
public record GeminiVendor() implements Vendor {
    @Override
    public String dialect() {
        return "gemini";
    }

    @Override
    public String model() {
        return "gemini-2.5-flash";
    }

    @Override
    public boolean asksForStream(PlayedServer.Request request) {
        return request.path().contains(":streamGenerateContent");
    }

    private static Json reply(List<Json> parts, boolean last, @Nullable Say usage) {
        String counts = usage == null
                ? "{\"promptTokenCount\":11,\"totalTokenCount\":11}"
                : """
                  {"promptTokenCount":%d,"candidatesTokenCount":%d,"totalTokenCount":%d,"promptTokensDetails":[{"modality":"TEXT","tokenCount":%d}]}""".formatted(usage.input(), usage.output(), usage.input() + usage.output(), usage.input());
        return JsonText.parse(
                """
                {"candidates":[{"content":{"parts":%s,"role":"model"},%s"index":0}],"usageMetadata":%s,"modelVersion":"gemini-2.5-flash","responseId":"Played1"}""".formatted(Json.array(parts).compact(), last ? "\"finishReason\":\"STOP\"," : "", counts));
    }

    private static Json text(String text) {
        return Json.object("text", Json.of(text));
    }

    private static Json call(Say.Call call) {
        return Json.object(
                "functionCall",
                Json.object("id", Json.of(call.id()), "name", Json.of(call.name()), "args", call.argumentsObject()));
    }

    @Override
    public Json whole(Say say) {
        List<Json> parts = new ArrayList<>();
        if (!say.words().isEmpty()) {
            parts.add(text(say.text()));
        }
        say.calls().forEach(call -> parts.add(call(call)));
        return reply(parts, true, say);
    }

    @Override
    public List<String> events(Say say) {
        List<Json> parts = new ArrayList<>();
        say.words().forEach(piece -> parts.add(text(piece)));
        say.calls().forEach(call -> parts.add(call(call)));
        List<String> events = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            events.add(Vendor.data(reply(List.of(parts.get(i)), last, last ? say : null))
                    .replace("\n", "\r\n"));
        }
        return events;
    }

    @Override
    public int firstContent() {
        return 0;
    }

    @Override
    public Json error(int status, String message) {
        String word = switch (status) {
            case 400 -> "INVALID_ARGUMENT";
            case 401 -> "UNAUTHENTICATED";
            case 404 -> "NOT_FOUND";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 503, 529 -> "UNAVAILABLE";
            default -> "INTERNAL";
        };
        return JsonText.parse("{\"error\":{\"code\":%d,\"message\":%s,\"status\":\"%s\"}}"
                .formatted(status, Json.of(message).compact(), word));
    }

    @Override
    public String overloaded(String message) {
        return Vendor.data(error(503, message));
    }

    @Override
    public Told told(PlayedServer.Request request) {
        Json nested = Look.at(request.json(), "generateContentRequest");
        Json body = nested == null ? request.json() : nested;
        List<String> said = new ArrayList<>();
        List<Told.Called> calls = new ArrayList<>();
        List<String> results = new ArrayList<>();
        String attachment = null;
        for (Json content : Look.items(body, "contents")) {
            StringBuilder text = new StringBuilder();
            for (Json part : Look.items(content, "parts")) {
                text.append(Look.text(part, "text"));
                if (Look.has(part, "functionCall")) {
                    calls.add(new Told.Called(
                            Look.text(part, "functionCall", "name"), Look.value(part, "functionCall", "args")));
                }
                if (Look.has(part, "functionResponse")) {
                    results.add(result(Look.value(part, "functionResponse", "response")));
                }
                if (Look.has(part, "inlineData")) {
                    attachment =
                            Look.text(part, "inlineData", "mimeType") + " " + Look.text(part, "inlineData", "data");
                }
            }
            if (!text.isEmpty() && !Look.text(content, "role").equals("model")) {
                said.add(text.toString());
            }
        }
        List<Told.Tool> tools = new ArrayList<>();
        for (Json tool : Look.items(body, "tools")) {
            for (Json one : Look.items(tool, "functionDeclarations")) {
                Json schema = Look.at(one, "parametersJsonSchema");
                tools.add(
                        new Told.Tool(Look.text(one, "name"), schema == null ? Look.value(one, "parameters") : schema));
            }
        }
        String path = request.path();
        Json system = Look.at(body, "systemInstruction", "parts");
        Map<String, @Nullable Json> settings = new HashMap<>();
        settings.put("stop", Look.at(body, "generationConfig", "stopSequences"));
        settings.put("seed", Look.at(body, "generationConfig", "seed"));
        settings.put("answers", Look.at(body, "generationConfig", "candidateCount"));
        settings.put("top_k", Look.at(body, "generationConfig", "topK"));
        settings.put("effort", effort(Look.at(body, "generationConfig", "thinkingConfig", "thinkingBudget")));
        return new Told(
                path.substring(path.indexOf("/models/") + "/models/".length(), path.lastIndexOf(':')),
                system == null ? null : Look.joined(system),
                said,
                attachment,
                tools,
                calls,
                results,
                Look.at(body, "generationConfig", "responseJsonSchema"),
                Look.present(settings));
    }

    /** Returns the word for a budget, as Google relates them for its OpenAI-compatible endpoint. */
    private static @Nullable Json effort(@Nullable Json budget) {
        return Json.of(1_024).equals(budget) ? Json.of("low") : budget;
    }

    private static String result(Json response) {
        for (String name : List.of("output", "result", "response")) {
            if (Look.has(response, name)) {
                return Look.text(response, name);
            }
        }
        return response.compact();
    }
}
