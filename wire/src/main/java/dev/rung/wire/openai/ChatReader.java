package dev.rung.wire.openai;

import dev.rung.core.json.Json;
import dev.rung.wire.form.AnswerFormat;
import dev.rung.wire.form.Cache;
import dev.rung.wire.form.Conversation;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Fields;
import dev.rung.wire.form.Knob;
import dev.rung.wire.form.Knobs;
import dev.rung.wire.form.Malformed;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Setting;
import dev.rung.wire.form.Thinking;
import dev.rung.wire.form.Tool;
import dev.rung.wire.form.ToolChoice;
import dev.rung.wire.form.Turn;
import dev.rung.wire.form.Unknown;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a request for a chat completion. Reads one request. */
final class ChatReader {
    /** The settings that are members of the body. The limit of tokens has two names and is read apart. */
    static final Knobs KNOBS = new Knobs(
            Dialect.OPENAI,
            Map.ofEntries(
                    Map.entry(Knob.TEMPERATURE, "temperature"),
                    Map.entry(Knob.TOP_P, "top_p"),
                    Map.entry(Knob.SEED, "seed"),
                    Map.entry(Knob.FREQUENCY_PENALTY, "frequency_penalty"),
                    Map.entry(Knob.PRESENCE_PENALTY, "presence_penalty"),
                    Map.entry(Knob.CHOICES, "n"),
                    Map.entry(Knob.LOGPROBS, "logprobs"),
                    Map.entry(Knob.TOP_LOGPROBS, "top_logprobs"),
                    Map.entry(Knob.LOGIT_BIAS, "logit_bias"),
                    Map.entry(Knob.PARALLEL_CALLS, "parallel_tool_calls"),
                    Map.entry(Knob.VERBOSITY, "verbosity"),
                    Map.entry(Knob.USER, "user"),
                    Map.entry(Knob.SAFETY_IDENTIFIER, "safety_identifier"),
                    Map.entry(Knob.METADATA, "metadata"),
                    Map.entry(Knob.SERVICE_TIER, "service_tier"),
                    Map.entry(Knob.PROMPT_CACHE_KEY, "prompt_cache_key"),
                    Map.entry(Knob.PROMPT_CACHE_RETENTION, "prompt_cache_retention"),
                    Map.entry(Knob.STORE, "store")));

    private final List<Unknown> unknown = new ArrayList<>(0);

    Conversation read(Json.Obj body) {
        Fields fields = new Fields(body, Place.BODY, unknown);
        String model = fields.requireText("model");
        List<Turn> turns = new ArrayList<>();
        for (Fields message : fields.each("messages")) {
            turns.add(MessageReader.read(message, unknown));
        }
        if (turns.isEmpty()) {
            throw Malformed.found(fields.place("messages"), body.get("messages"), "at least one message");
        }
        List<Tool> tools = new ArrayList<>();
        for (Fields tool : fields.each("tools")) {
            tools.add(tool(tool));
        }
        Map<Knob, Setting> settings = new EnumMap<>(Knob.class);
        KNOBS.read(fields, settings);
        limit(fields, settings);
        Json topK = fields.take("top_k");
        if (topK != null) { // not OpenAI's own, and known to many that speak its dialect
            settings.put(Knob.TOP_K, new Setting(topK, fields.place("top_k")));
        }
        stop(fields, settings);
        ToolChoice choice = choice(fields);
        AnswerFormat format = format(fields.fields("response_format"));
        Thinking thinking = thinking(fields);
        boolean stream = fields.isTrue("stream");
        boolean usage = usage(fields.fields("stream_options"));
        fields.finish();
        return new Conversation(
                Dialect.OPENAI, model, turns, tools, choice, settings, format, thinking, stream, usage, unknown, body);
    }

    private static void limit(Fields fields, Map<Knob, Setting> settings) {
        for (String name : List.of("max_tokens", "max_completion_tokens")) {
            Json value = fields.take(name);
            if (value != null) {
                settings.put(Knob.MAX_TOKENS, new Setting(value, fields.place(name)));
            }
        }
    }

    private static void stop(Fields fields, Map<Knob, Setting> settings) {
        Json stop = fields.take("stop");
        if (stop != null) {
            Json list = stop instanceof Json.Str ? Json.array(List.of(stop)) : stop;
            settings.put(Knob.STOP, new Setting(list, fields.place("stop")));
        }
    }

    private Tool tool(Fields tool) {
        String type = tool.text("type");
        if (!"function".equals(type)) {
            return new Tool.Opaque(Dialect.OPENAI, String.valueOf(type), tool.source(), tool.place());
        }
        Fields function = tool.fields("function");
        if (function == null) {
            throw Malformed.found(tool.place("function"), null, "an object");
        }
        Tool read = new Tool.Function(
                function.requireText("name"),
                function.text("description"),
                function.object("parameters"),
                function.bool("strict"),
                cache(tool),
                tool.place());
        function.finish();
        tool.finish();
        return read;
    }

    static @Nullable Cache cache(Fields fields) {
        Fields cache = fields.fields("cache_control");
        if (cache == null) {
            return null;
        }
        cache.pass("type");
        Cache read = new Cache(cache.text("ttl"));
        cache.finish();
        return read;
    }

    private @Nullable ToolChoice choice(Fields fields) {
        Place place = fields.place("tool_choice");
        Json choice = fields.take("tool_choice");
        if (choice instanceof Json.Str(String word)) {
            return switch (word) {
                case "auto" -> new ToolChoice.Auto(place);
                case "none" -> new ToolChoice.None(place);
                case "required" -> new ToolChoice.Required(place);
                default -> throw Malformed.found(place, choice, "auto, none or required");
            };
        }
        if (choice instanceof Json.Obj object
                && object.get("function") instanceof Json.Obj function
                && function.get("name") instanceof Json.Str(String name)) {
            return new ToolChoice.Named(name, place);
        }
        if (choice != null) {
            unknown.add(new Unknown(place, choice));
        }
        return null;
    }

    private static @Nullable AnswerFormat format(@Nullable Fields format) {
        if (format == null) {
            return null;
        }
        String type = format.requireText("type");
        AnswerFormat read = switch (type) {
            case "text" -> null;
            case "json_object" -> new AnswerFormat.JsonObject(format.place());
            case "json_schema" -> schema(format);
            default -> throw Malformed.found(format.place("type"), Json.of(type), "text, json_object or json_schema");
        };
        format.finish();
        return read;
    }

    private static AnswerFormat schema(Fields format) {
        Fields named = format.fields("json_schema");
        Json.Obj schema = named == null ? null : named.object("schema");
        if (named == null || schema == null) {
            throw Malformed.found(format.place("json_schema").member("schema"), null, "a JSON Schema");
        }
        AnswerFormat read = new AnswerFormat.JsonSchema(
                named.text("name"), named.text("description"), schema, named.bool("strict"), format.place());
        named.finish();
        return read;
    }

    private static @Nullable Thinking thinking(Fields fields) {
        String effort = fields.text("reasoning_effort");
        if (effort == null) {
            return null;
        }
        Thinking.Mode mode = effort.equals("none") ? Thinking.Mode.OFF : Thinking.Mode.UNSAID;
        return new Thinking(mode, effort, null, null, fields.place("reasoning_effort"));
    }

    private static boolean usage(@Nullable Fields options) {
        if (options == null) {
            return false;
        }
        options.pass("include_obfuscation");
        boolean usage = options.isTrue("include_usage");
        options.finish();
        return usage;
    }
}
