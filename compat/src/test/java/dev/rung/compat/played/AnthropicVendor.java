package dev.rung.compat.played;

import dev.rung.core.json.Json;
import dev.rung.json.JsonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Anthropic's messages and its count of their tokens. */
public record AnthropicVendor() implements Vendor {
    @Override
    public String dialect() {
        return "anthropic";
    }

    @Override
    public String model() {
        return "claude-sonnet-4-6";
    }

    @Override
    public boolean asksForStream(PlayedServer.Request request) {
        return Json.of(true).equals(Look.at(request.json(), "stream"));
    }

    private static Json.Obj message(List<Json> content, String stop, String usage) {
        return (Json.Obj) JsonText.parse("""
                {"id":"msg_Played1","type":"message","role":"assistant","model":"claude-sonnet-4-6","content":%s,"stop_reason":%s,"stop_sequence":null,\
                "container":null,"stop_details":null,"usage":%s}""".formatted(Json.array(content).compact(), stop, usage));
    }

    private static String usage(long input, long output) {
        return """
               {"input_tokens":%d,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,\
               "cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},"output_tokens":%d,"service_tier":"standard",\
               "server_tool_use":null,"inference_geo":null,"output_tokens_details":{"thinking_tokens":0}}""".formatted(input, output);
    }

    private static String stop(Say say) {
        return say.calls().isEmpty() ? "\"end_turn\"" : "\"tool_use\"";
    }

    private static Json text(String text) {
        return JsonText.parse("{\"type\":\"text\",\"citations\":null,\"text\":%s}"
                .formatted(Json.of(text).compact()));
    }

    private static Json use(Say.Call call, String input) {
        return JsonText.parse("""
                {"type":"tool_use","id":"%s","name":"%s","input":%s,"caller":{"type":"direct"}}""".formatted(call.id(), call.name(), input));
    }

    @Override
    public Json whole(Say say) {
        List<Json> content = new ArrayList<>();
        if (!say.words().isEmpty()) {
            content.add(text(say.text()));
        }
        say.calls().forEach(call -> content.add(use(call, call.arguments())));
        return message(content, stop(say), usage(say.input(), say.output()));
    }

    private static String event(String json) {
        return Vendor.typed((Json.Obj) JsonText.parse(json));
    }

    @Override
    public List<String> events(Say say) {
        List<String> events = new ArrayList<>();
        events.add(event("{\"type\":\"message_start\",\"message\":%s}"
                .formatted(message(List.of(), "null", usage(say.input(), 1)).compact())));
        int index = 0;
        if (!say.words().isEmpty()) {
            events.add(event("{\"type\":\"content_block_start\",\"index\":0,\"content_block\":%s}"
                    .formatted(text("").compact())));
            events.add(event("{\"type\":\"ping\"}"));
            for (String piece : say.words()) {
                events.add(event("""
                        {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":%s}}""".formatted(Json.of(piece).compact())));
            }
            events.add(event("{\"type\":\"content_block_stop\",\"index\":0}"));
            index++;
        }
        for (Say.Call call : say.calls()) {
            events.add(event("{\"type\":\"content_block_start\",\"index\":%d,\"content_block\":%s}"
                    .formatted(index, use(call, "{}").compact())));
            events.add(event("""
                    {"type":"content_block_delta","index":%d,"delta":{"type":"input_json_delta","partial_json":""}}""".formatted(index)));
            for (String fragment : call.fragments()) {
                events.add(event("""
                        {"type":"content_block_delta","index":%d,"delta":{"type":"input_json_delta","partial_json":%s}}""".formatted(index, Json.of(fragment).compact())));
            }
            events.add(event("{\"type\":\"content_block_stop\",\"index\":%d}".formatted(index)));
            index++;
        }
        events.add(event("""
                {"type":"message_delta","delta":{"stop_reason":%s,"stop_sequence":null,"container":null,"stop_details":null},\
                "usage":{"input_tokens":%d,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":%d,"server_tool_use":null,"output_tokens_details":{"thinking_tokens":0}}}""".formatted(stop(say), say.input(), say.output())));
        events.add(event("{\"type\":\"message_stop\"}"));
        return events;
    }

    /** After the announcements of the message and its block. */
    @Override
    public int firstContent() {
        return 3;
    }

    @Override
    public Json error(int status, String message) {
        String type = switch (status) {
            case 400 -> "invalid_request_error";
            case 401 -> "authentication_error";
            case 404 -> "not_found_error";
            case 429 -> "rate_limit_error";
            case 529 -> "overloaded_error";
            default -> "api_error";
        };
        return JsonText.parse("""
                {"type":"error","error":{"type":"%s","message":%s},"request_id":"req_Played1"}""".formatted(type, Json.of(message).compact()));
    }

    @Override
    public String overloaded(String message) {
        return Vendor.typed((Json.Obj) error(529, message));
    }

    @Override
    public Told told(PlayedServer.Request request) {
        Json body = request.json();
        List<String> said = new ArrayList<>();
        List<Told.Called> calls = new ArrayList<>();
        List<String> results = new ArrayList<>();
        String attachment = null;
        for (Json message : Look.items(body, "messages")) {
            Json content = Look.at(message, "content");
            String text = Look.joined(content);
            if (Look.text(message, "role").equals("user") && !text.isEmpty()) {
                said.add(text);
            }
            for (Json block : Look.items(content)) {
                switch (Look.text(block, "type")) {
                    case "tool_use" -> calls.add(new Told.Called(Look.text(block, "name"), Look.value(block, "input")));
                    case "tool_result" -> results.add(Look.joined(Look.at(block, "content")));
                    case "image", "document" ->
                        attachment =
                                Look.text(block, "source", "media_type") + " " + Look.text(block, "source", "data");
                    default -> {}
                }
            }
        }
        List<Told.Tool> tools = new ArrayList<>();
        Look.items(body, "tools")
                .forEach(tool -> tools.add(new Told.Tool(Look.text(tool, "name"), Look.value(tool, "input_schema"))));
        Json system = Look.at(body, "system");
        Map<String, @Nullable Json> settings = new HashMap<>();
        settings.put("stop", Look.at(body, "stop_sequences"));
        settings.put("top_k", Look.at(body, "top_k"));
        settings.put("effort", Look.at(body, "output_config", "effort"));
        return new Told(
                Look.text(body, "model"),
                system == null ? null : Look.joined(system),
                said,
                attachment,
                tools,
                calls,
                results,
                Look.at(body, "output_config", "format", "schema"),
                Look.present(settings));
    }
}
