package dev.rung.wire.anthropic;

import dev.rung.core.json.Json;
import dev.rung.wire.form.AnswerFormat;
import dev.rung.wire.form.Conversation;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Fields;
import dev.rung.wire.form.Knob;
import dev.rung.wire.form.Knobs;
import dev.rung.wire.form.Malformed;
import dev.rung.wire.form.Part;
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

/** Reads a request for a message, or for the count of its tokens. Reads one request. */
final class RequestReader {
    /** The settings that are members of the body. */
    static final Knobs KNOBS = new Knobs(
            Dialect.ANTHROPIC,
            Map.of(
                    Knob.TEMPERATURE, "temperature",
                    Knob.TOP_P, "top_p",
                    Knob.TOP_K, "top_k",
                    Knob.MAX_TOKENS, "max_tokens",
                    Knob.STOP, "stop_sequences",
                    Knob.SERVICE_TIER, "service_tier",
                    Knob.CACHE_ALL, "cache_control"));

    private final List<Unknown> unknown = new ArrayList<>(0);

    Conversation read(Json.Obj body) {
        Fields fields = new Fields(body, Place.BODY, unknown);
        String model = fields.requireText("model");
        BlockReader blocks = new BlockReader(unknown);
        List<Turn> turns = new ArrayList<>();
        Json system = fields.take("system");
        if (system != null) {
            Place place = fields.place("system");
            turns.add(new Turn(Turn.Role.SYSTEM, blocks.content(system, place), place));
        }
        for (Fields message : fields.each("messages")) {
            turns.add(message(message, blocks));
        }
        Map<Knob, Setting> settings = new EnumMap<>(Knob.class);
        KNOBS.read(fields, settings);
        user(fields.fields("metadata"), settings);
        List<Tool> tools = new ArrayList<>();
        for (Fields tool : fields.each("tools")) {
            tools.add(tool(tool));
        }
        ToolChoice choice = choice(fields.fields("tool_choice"), settings);
        Fields output = fields.fields("output_config");
        Thinking thinking = thinking(fields.fields("thinking"), output);
        AnswerFormat format = format(output == null ? null : output.fields("format"));
        if (format == null) {
            format = format(fields.fields("output_format"));
        }
        if (output != null) {
            output.finish();
        }
        boolean stream = fields.isTrue("stream");
        fields.finish();
        return new Conversation(
                Dialect.ANTHROPIC,
                model,
                turns,
                tools,
                choice,
                settings,
                format,
                thinking,
                stream,
                true,
                unknown,
                body);
    }

    private static Turn message(Fields message, BlockReader blocks) {
        String role = message.requireText("role");
        Turn.Role who = switch (role) {
            case "user" -> Turn.Role.USER;
            case "assistant" -> Turn.Role.ASSISTANT;
            case "system" -> Turn.Role.SYSTEM;
            default -> throw Malformed.found(message.place("role"), Json.of(role), "user or assistant");
        };
        Json content = message.take("content");
        if (content == null) {
            throw Malformed.found(message.place("content"), null, "a string or an array");
        }
        List<Part> parts = blocks.content(content, message.place("content"));
        message.finish();
        return new Turn(who, parts, message.place());
    }

    private static void user(@Nullable Fields metadata, Map<Knob, Setting> settings) {
        if (metadata != null) {
            Json user = metadata.take("user_id");
            if (user != null) {
                settings.put(Knob.USER, new Setting(user, metadata.place("user_id")));
            }
            metadata.finish();
        }
    }

    private static Tool tool(Fields tool) {
        String type = tool.text("type");
        if (type != null && !type.equals("custom")) {
            return new Tool.Opaque(Dialect.ANTHROPIC, type, tool.source(), tool.place());
        }
        Tool read = new Tool.Function(
                tool.requireText("name"),
                tool.text("description"),
                tool.object("input_schema"),
                tool.bool("strict"),
                BlockReader.cache(tool),
                tool.place());
        tool.finish();
        return read;
    }

    private static @Nullable ToolChoice choice(@Nullable Fields choice, Map<Knob, Setting> settings) {
        if (choice == null) {
            return null;
        }
        if (choice.isTrue("disable_parallel_tool_use")) {
            settings.put(Knob.PARALLEL_CALLS, new Setting(Json.of(false), choice.place("disable_parallel_tool_use")));
        }
        String type = choice.requireText("type");
        ToolChoice read = switch (type) {
            case "auto" -> new ToolChoice.Auto(choice.place());
            case "any" -> new ToolChoice.Required(choice.place());
            case "none" -> new ToolChoice.None(choice.place());
            case "tool" -> new ToolChoice.Named(choice.requireText("name"), choice.place());
            default -> throw Malformed.found(choice.place("type"), Json.of(type), "auto, any, tool or none");
        };
        choice.finish();
        return read;
    }

    private static @Nullable Thinking thinking(@Nullable Fields thinking, @Nullable Fields output) {
        String effort = output == null ? null : output.text("effort");
        if (thinking == null) {
            return effort == null || output == null
                    ? null
                    : new Thinking(Thinking.Mode.UNSAID, effort, null, null, output.place("effort"));
        }
        String type = thinking.requireText("type");
        Thinking.Mode mode = switch (type) {
            case "enabled" -> Thinking.Mode.ON;
            case "disabled" -> Thinking.Mode.OFF;
            case "adaptive" -> Thinking.Mode.ADAPTIVE;
            default -> throw Malformed.found(thinking.place("type"), Json.of(type), "enabled, disabled or adaptive");
        };
        Thinking read =
                new Thinking(mode, effort, thinking.whole("budget_tokens"), thinking.text("display"), thinking.place());
        thinking.finish();
        return read;
    }

    private static @Nullable AnswerFormat format(@Nullable Fields format) {
        if (format == null) {
            return null;
        }
        String type = format.requireText("type");
        Json.Obj schema = format.object("schema");
        if (!type.equals("json_schema") || schema == null) {
            throw Malformed.found(format.place(), format.source(), "the type json_schema and a schema");
        }
        format.finish();
        return new AnswerFormat.JsonSchema(null, null, schema, null, format.place());
    }
}
