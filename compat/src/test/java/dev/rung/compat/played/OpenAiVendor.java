package dev.rung.compat.played;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OpenAI's chat completions and embeddings. */
public record OpenAiVendor() implements Vendor {
    private static final String HEAD = """
            "id":"chatcmpl-Played1","object":"%s","created":1790000000,"model":"gpt-5-mini-2026-08-07","service_tier":"default","system_fingerprint":"fp_played\"""";

    @Override
    public String dialect() {
        return "openai";
    }

    @Override
    public String model() {
        return "gpt-5-mini";
    }

    @Override
    public boolean asksForStream(PlayedServer.Request request) {
        return Json.of(true).equals(Look.at(request.json(), "stream"));
    }

    private static String usage(Say say) {
        return """
               {"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},\
               "completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}""".formatted(say.input(), say.output(), say.input() + say.output());
    }

    private static String finish(Say say) {
        return say.calls().isEmpty() ? "stop" : "tool_calls";
    }

    private static Json function(Say.Call call) {
        return Json.object("name", Json.of(call.name()), "arguments", Json.of(call.arguments()));
    }

    @Override
    public Json whole(Say say) {
        List<Json> calls = new ArrayList<>();
        say.calls()
                .forEach(call -> calls.add(Json.object(
                        "id", Json.of(call.id()), "type", Json.of("function"), "function", function(call))));
        Json.Obj message = Json.object(
                "role",
                Json.of("assistant"),
                "content",
                Json.ofNullable(say.words().isEmpty() ? null : say.text()),
                "refusal",
                Json.Nil.NULL,
                "annotations",
                Json.array(List.of()));
        return JsonText.parse("""
                {%s,"choices":[{"index":0,"message":%s,"logprobs":null,"finish_reason":"%s"}],"usage":%s}""".formatted(
                        HEAD.formatted("chat.completion"),
                        (calls.isEmpty() ? message : message.with("tool_calls", Json.array(calls))).compact(),
                        finish(say),
                        usage(say)));
    }

    private static String chunk(String delta, @Nullable String finish) {
        return Vendor.data(JsonText.parse("""
                {%s,"choices":[{"index":0,"delta":%s,"logprobs":null,"finish_reason":%s}],"usage":null,"obfuscation":"x7"}""".formatted(
                HEAD.formatted("chat.completion.chunk"), delta, finish == null ? "null" : "\"" + finish + "\"")));
    }

    private static String begin(int index, Say.Call call) {
        return chunk("""
                {"tool_calls":[{"index":%d,"id":"%s","type":"function","function":{"name":"%s","arguments":""}}]}""".formatted(index, call.id(), call.name()), null);
    }

    private static String fragment(int index, String text) {
        return chunk("""
                {"tool_calls":[{"index":%d,"function":{"arguments":%s}}]}""".formatted(index, Json.of(text).compact()), null);
    }

    @Override
    public List<String> events(Say say) {
        List<String> events = new ArrayList<>();
        events.add(chunk("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", null));
        for (String piece : say.words()) {
            events.add(chunk(Json.object("content", Json.of(piece)).compact(), null));
        }
        if (say.interleaved()) {
            for (int i = 0; i < say.calls().size(); i++) {
                events.add(begin(i, say.calls().get(i)));
            }
            int most = say.calls().stream()
                    .mapToInt(call -> call.fragments().size())
                    .max()
                    .orElse(0);
            for (int fragment = 0; fragment < most; fragment++) {
                for (int i = 0; i < say.calls().size(); i++) {
                    List<String> fragments = say.calls().get(i).fragments();
                    if (fragment < fragments.size()) {
                        events.add(fragment(i, fragments.get(fragment)));
                    }
                }
            }
        } else {
            for (int i = 0; i < say.calls().size(); i++) {
                Say.Call call = say.calls().get(i);
                events.add(begin(i, call));
                List<String> fragments = call.fragments().isEmpty() ? List.of("{}") : call.fragments();
                for (String fragment : fragments) {
                    events.add(fragment(i, fragment));
                }
            }
        }
        events.add(chunk("{}", finish(say)));
        events.add(Vendor.data(JsonText.parse(
                "{%s,\"choices\":[],\"usage\":%s}".formatted(HEAD.formatted("chat.completion.chunk"), usage(say)))));
        events.add("data: [DONE]\n\n");
        return events;
    }

    @Override
    public int firstContent() {
        return 1;
    }

    @Override
    public Json error(int status, String message) {
        return Json.object("error", openAiError(status, message));
    }

    static Json.Obj openAiError(int status, String message) {
        String type = switch (status) {
            case 400, 401, 404 -> "invalid_request_error";
            case 429 -> "rate_limit_error";
            default -> "server_error";
        };
        String code = switch (status) {
            case 401 -> "invalid_api_key";
            case 404 -> "model_not_found";
            case 429 -> "rate_limit_exceeded";
            default -> null;
        };
        return Json.object(
                "message",
                Json.of(message),
                "type",
                Json.of(type),
                "param",
                Json.Nil.NULL,
                "code",
                Json.ofNullable(code));
    }

    @Override
    public String overloaded(String message) {
        return Vendor.data(Json.object("error", openAiError(503, message).with("code", Json.of("server_overloaded"))));
    }

    static String plain(String url) {
        return url.replace("data:", "").replace(";base64,", " ");
    }

    @Override
    public Told told(PlayedServer.Request request) {
        Json body = request.json();
        StringBuilder system = new StringBuilder();
        List<String> said = new ArrayList<>();
        List<Told.Called> calls = new ArrayList<>();
        List<String> results = new ArrayList<>();
        String attachment = null;
        for (Json message : Look.items(body, "messages")) {
            Json content = Look.at(message, "content");
            switch (Look.text(message, "role")) {
                case "system", "developer" -> system.append(Look.joined(content));
                case "tool" -> results.add(Look.joined(content));
                case "assistant" ->
                    Look.items(message, "tool_calls")
                            .forEach(call -> calls.add(new Told.Called(
                                    Look.text(call, "function", "name"), Look.parsed(call, "function", "arguments"))));
                default -> {
                    said.add(Look.joined(content));
                    for (Json part : Look.items(content)) {
                        attachment = switch (Look.text(part, "type")) {
                            case "image_url" -> plain(Look.text(part, "image_url", "url"));
                            case "file" -> plain(Look.text(part, "file", "file_data"));
                            default -> attachment;
                        };
                    }
                }
            }
        }
        List<Told.Tool> tools = new ArrayList<>();
        Look.items(body, "tools")
                .forEach(tool -> tools.add(new Told.Tool(
                        Look.text(tool, "function", "name"), Look.value(tool, "function", "parameters"))));
        Map<String, @Nullable Json> settings = new HashMap<>();
        settings.put(
                "stop",
                Look.at(body, "stop") instanceof Json.Str one ? Json.array(List.of(one)) : Look.at(body, "stop"));
        settings.put("seed", Look.at(body, "seed"));
        settings.put("answers", Look.at(body, "n"));
        settings.put("top_k", Look.at(body, "top_k"));
        settings.put("effort", Look.at(body, "reasoning_effort"));
        return new Told(
                Look.text(body, "model"),
                system.isEmpty() ? null : system.toString(),
                said,
                attachment,
                tools,
                calls,
                results,
                Look.at(body, "response_format", "json_schema", "schema"),
                Look.present(settings));
    }
}
