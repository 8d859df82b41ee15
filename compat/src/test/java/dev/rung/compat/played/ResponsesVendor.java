package dev.rung.compat.played;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OpenAI's responses, and its count of their input tokens. */
public record ResponsesVendor() implements Vendor {
    @Override
    public String dialect() {
        return "responses";
    }

    @Override
    public String model() {
        return "gpt-5-mini";
    }

    @Override
    public boolean asksForStream(PlayedServer.Request request) {
        return Json.of(true).equals(Look.at(request.json(), "stream"));
    }

    private static Json.Obj response(String status, List<Json> output, String usage) {
        return (Json.Obj)
                JsonText.parse("""
                {"id":"resp_Played1","object":"response","created_at":1790000000,"status":"%s","background":false,"error":null,"incomplete_details":null,\
                "instructions":null,"max_output_tokens":null,"max_tool_calls":null,"model":"gpt-5-mini-2026-08-07","output":%s,"parallel_tool_calls":true,\
                "previous_response_id":null,"reasoning":{"effort":"medium","summary":null},"service_tier":"default","store":false,"temperature":1.0,\
                "text":{"format":{"type":"text"},"verbosity":"medium"},"tool_choice":"auto","tools":[],"top_logprobs":0,"top_p":1.0,"truncation":"disabled",\
                "usage":%s,"user":null,"metadata":{}}""".formatted(status, Json.array(output).compact(), usage));
    }

    private static String usage(Say say) {
        return """
               {"input_tokens":%d,"input_tokens_details":{"cached_tokens":0},"output_tokens":%d,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":%d}""".formatted(say.input(), say.output(), say.input() + say.output());
    }

    private static Json part(String text) {
        return JsonText.parse("{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":%s}"
                .formatted(Json.of(text).compact()));
    }

    private static Json message(String status, List<Json> content) {
        return JsonText.parse(
                "{\"id\":\"msg_Played1\",\"type\":\"message\",\"status\":\"%s\",\"content\":%s,\"role\":\"assistant\"}"
                        .formatted(status, Json.array(content).compact()));
    }

    private static Json call(Say.Call call, String status, String arguments) {
        return JsonText.parse(
                """
                {"id":"fc_%s","type":"function_call","status":"%s","arguments":%s,"call_id":"%s","name":"%s"}""".formatted(call.id(), status, Json.of(arguments).compact(), call.id(), call.name()));
    }

    private static List<Json> output(Say say) {
        List<Json> output = new ArrayList<>();
        if (!say.words().isEmpty()) {
            output.add(message("completed", List.of(part(say.text()))));
        }
        say.calls().forEach(call -> output.add(call(call, "completed", call.arguments())));
        return output;
    }

    @Override
    public Json whole(Say say) {
        return response("completed", output(say), usage(say));
    }

    /** Numbers events and names their types. */
    private static final class Events {
        private final List<String> all = new ArrayList<>();

        void add(String type, String members) {
            Json.Obj event = (Json.Obj) JsonText.parse(
                    "{\"type\":\"response.%s\",\"sequence_number\":%d,%s}".formatted(type, all.size(), members));
            all.add(Vendor.typed(event));
        }
    }

    @Override
    public List<String> events(Say say) {
        Events events = new Events();
        String begun =
                "\"response\":" + response("in_progress", List.of(), "null").compact();
        events.add("created", begun);
        events.add("in_progress", begun);
        int index = 0;
        if (!say.words().isEmpty()) {
            String at = "\"item_id\":\"msg_Played1\",\"output_index\":0,\"content_index\":0,";
            events.add(
                    "output_item.added",
                    "\"output_index\":0,\"item\":"
                            + message("in_progress", List.of()).compact());
            events.add("content_part.added", at + "\"part\":" + part("").compact());
            for (String piece : say.words()) {
                events.add(
                        "output_text.delta",
                        at + "\"logprobs\":[],\"obfuscation\":\"q9\",\"delta\":"
                                + Json.of(piece).compact());
            }
            events.add(
                    "output_text.done",
                    at + "\"logprobs\":[],\"text\":" + Json.of(say.text()).compact());
            events.add("content_part.done", at + "\"part\":" + part(say.text()).compact());
            events.add(
                    "output_item.done",
                    "\"output_index\":0,\"item\":"
                            + message("completed", List.of(part(say.text()))).compact());
            index++;
        }
        for (Say.Call call : say.calls()) {
            String at = "\"output_index\":%d,".formatted(index);
            String of = at + "\"item_id\":\"fc_%s\",".formatted(call.id());
            events.add(
                    "output_item.added",
                    at + "\"item\":" + call(call, "in_progress", "").compact());
            for (String fragment : call.fragments()) {
                events.add(
                        "function_call_arguments.delta",
                        of + "\"delta\":" + Json.of(fragment).compact());
            }
            events.add(
                    "function_call_arguments.done",
                    of + "\"name\":\"" + call.name() + "\",\"arguments\":"
                            + Json.of(call.arguments()).compact());
            events.add(
                    "output_item.done",
                    at + "\"item\":" + call(call, "completed", call.arguments()).compact());
            index++;
        }
        events.add(
                "completed",
                "\"response\":" + response("completed", output(say), usage(say)).compact());
        return events.all;
    }

    /** After the announcements of the response, its item and its part. */
    @Override
    public int firstContent() {
        return 4;
    }

    @Override
    public Json error(int status, String message) {
        return Json.object("error", OpenAiVendor.openAiError(status, message));
    }

    @Override
    public String overloaded(String message) {
        return Vendor.typed((Json.Obj) JsonText.parse(
                "{\"type\":\"error\",\"code\":\"server_overloaded\",\"message\":%s,\"param\":null,\"sequence_number\":9}"
                        .formatted(Json.of(message).compact())));
    }

    @Override
    public Told told(PlayedServer.Request request) {
        Json body = request.json();
        StringBuilder system = new StringBuilder(Look.text(body, "instructions"));
        List<String> said = new ArrayList<>();
        List<Told.Called> calls = new ArrayList<>();
        List<String> results = new ArrayList<>();
        String attachment = null;
        if (Look.at(body, "input") instanceof Json.Str(String text)) {
            said.add(text);
        }
        for (Json item : Look.items(body, "input")) {
            Json content = Look.at(item, "content");
            switch (Look.text(item, "type")) {
                case "function_call" ->
                    calls.add(new Told.Called(Look.text(item, "name"), Look.parsed(item, "arguments")));
                case "function_call_output" -> results.add(Look.joined(Look.at(item, "output")));
                default -> {
                    if (Look.text(item, "role").equals("user")) {
                        said.add(Look.joined(content));
                    } else {
                        system.append(Look.joined(content));
                    }
                    for (Json part : Look.items(content)) {
                        attachment = switch (Look.text(part, "type")) {
                            case "input_image" -> OpenAiVendor.plain(Look.text(part, "image_url"));
                            case "input_file" -> OpenAiVendor.plain(Look.text(part, "file_data"));
                            default -> attachment;
                        };
                    }
                }
            }
        }
        List<Told.Tool> tools = new ArrayList<>();
        Look.items(body, "tools")
                .forEach(tool -> tools.add(new Told.Tool(Look.text(tool, "name"), Look.value(tool, "parameters"))));
        Map<String, @Nullable Json> settings = new HashMap<>();
        settings.put("effort", Look.at(body, "reasoning", "effort"));
        return new Told(
                Look.text(body, "model"),
                system.isEmpty() ? null : system.toString(),
                said,
                attachment,
                tools,
                calls,
                results,
                Look.at(body, "text", "format", "schema"),
                Look.present(settings));
    }
}
