package dev.rung.wire.responses;

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

/** Reads a request for a response. Reads one request. */
final class InputReader {
    /** The settings that are members of the body. */
    static final Knobs KNOBS = new Knobs(
            Dialect.RESPONSES,
            Map.ofEntries(
                    Map.entry(Knob.TEMPERATURE, "temperature"),
                    Map.entry(Knob.TOP_P, "top_p"),
                    Map.entry(Knob.MAX_TOKENS, "max_output_tokens"),
                    Map.entry(Knob.TOP_LOGPROBS, "top_logprobs"),
                    Map.entry(Knob.PARALLEL_CALLS, "parallel_tool_calls"),
                    Map.entry(Knob.USER, "user"),
                    Map.entry(Knob.SAFETY_IDENTIFIER, "safety_identifier"),
                    Map.entry(Knob.METADATA, "metadata"),
                    Map.entry(Knob.SERVICE_TIER, "service_tier"),
                    Map.entry(Knob.PROMPT_CACHE_KEY, "prompt_cache_key"),
                    Map.entry(Knob.PROMPT_CACHE_RETENTION, "prompt_cache_retention"),
                    Map.entry(Knob.STORE, "store")));

    static final String SCORES = "message.output_text.logprobs";
    static final String ENCRYPTED = "reasoning.encrypted_content";

    private final List<Unknown> unknown = new ArrayList<>(0);

    Conversation read(Json.Obj body) {
        Fields fields = new Fields(body, Place.BODY, unknown);
        String model = fields.requireText("model");
        List<Turn> turns = new ArrayList<>();
        String instructions = fields.text("instructions");
        if (instructions != null) {
            Place place = fields.place("instructions");
            turns.add(new Turn(Turn.Role.SYSTEM, List.of(new Part.Text(instructions, place)), place));
        }
        input(fields, turns);
        List<Tool> tools = new ArrayList<>();
        for (Fields tool : fields.each("tools")) {
            tools.add(tool(tool));
        }
        Map<Knob, Setting> settings = new EnumMap<>(Knob.class);
        KNOBS.read(fields, settings);
        include(fields, settings);
        ToolChoice choice = choice(fields);
        Fields text = fields.fields("text");
        AnswerFormat format = null;
        if (text != null) {
            format = format(text.fields("format"));
            Json verbosity = text.take("verbosity");
            if (verbosity != null) {
                settings.put(Knob.VERBOSITY, new Setting(verbosity, text.place("verbosity")));
            }
            text.finish();
        }
        Thinking thinking = thinking(fields.fields("reasoning"));
        boolean stream = fields.isTrue("stream");
        neutral(fields);
        fields.finish();
        return new Conversation(
                Dialect.RESPONSES,
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

    private void input(Fields fields, List<Turn> turns) {
        Place place = fields.place("input");
        switch (fields.take("input")) {
            case null -> {} // with an earlier response or a stored prompt, which are unknown elsewhere
            case Json.Str(String text) ->
                turns.add(new Turn(Turn.Role.USER, List.of(new Part.Text(text, place)), place));
            case Json.Arr(List<Json> items) -> {
                ItemReader reader = new ItemReader(unknown);
                for (int i = 0; i < items.size(); i++) {
                    Turn turn = reader.turn(Fields.of(items.get(i), place.item(i), unknown));
                    if (turn != null) {
                        join(turn, turns);
                    }
                }
            }
            case Json other -> throw Malformed.found(place, other, "a string or an array");
        }
    }

    /** What an assistant says comes in several items, which are one turn. */
    private static void join(Turn turn, List<Turn> turns) {
        if (turn.role() == Turn.Role.ASSISTANT
                && !turns.isEmpty()
                && turns.getLast().role() == Turn.Role.ASSISTANT) {
            Turn before = turns.removeLast();
            List<Part> both = new ArrayList<>(before.parts());
            both.addAll(turn.parts());
            turns.add(new Turn(Turn.Role.ASSISTANT, both, before.place()));
        } else {
            turns.add(turn);
        }
    }

    private static Tool tool(Fields tool) {
        String type = tool.requireText("type");
        if (!type.equals("function")) {
            return new Tool.Opaque(Dialect.RESPONSES, type, tool.source(), tool.place());
        }
        Tool read = new Tool.Function(
                tool.requireText("name"),
                tool.text("description"),
                tool.object("parameters"),
                tool.bool("strict"),
                null,
                tool.place());
        tool.finish();
        return read;
    }

    private void include(Fields fields, Map<Knob, Setting> settings) {
        Place place = fields.place("include");
        List<Json> unread = new ArrayList<>(0);
        for (Json wish : fields.items("include")) {
            if (wish.equals(Json.of(SCORES))) {
                settings.put(Knob.LOGPROBS, new Setting(Json.of(true), place));
            } else if (!wish.equals(Json.of(ENCRYPTED))) {
                unread.add(wish);
            }
        }
        if (!unread.isEmpty()) {
            unknown.add(new Unknown(place, Json.array(unread)));
        }
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
                && Json.of("function").equals(object.get("type"))
                && object.get("name") instanceof Json.Str(String name)) {
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
            case "json_schema" -> {
                Json.Obj schema = format.object("schema");
                if (schema == null) {
                    throw Malformed.found(format.place("schema"), null, "a JSON Schema");
                }
                yield new AnswerFormat.JsonSchema(
                        format.text("name"), format.text("description"), schema, format.bool("strict"), format.place());
            }
            default -> throw Malformed.found(format.place("type"), Json.of(type), "text, json_object or json_schema");
        };
        format.finish();
        return read;
    }

    private static @Nullable Thinking thinking(@Nullable Fields reasoning) {
        if (reasoning == null) {
            return null;
        }
        String effort = reasoning.text("effort");
        String summary = reasoning.text("summary");
        String older = reasoning.text("generate_summary");
        reasoning.finish();
        Thinking.Mode mode = "none".equals(effort) ? Thinking.Mode.OFF : Thinking.Mode.UNSAID;
        return new Thinking(mode, effort, null, summary == null ? older : summary, reasoning.place());
    }

    /** Marks fields as known where they ask for what happens anyway. */
    private static void neutral(Fields fields) {
        Json.Obj body = fields.source();
        if (Json.of("disabled").equals(body.get("truncation"))) {
            fields.pass("truncation");
        }
        if (Json.of(false).equals(body.get("background"))) {
            fields.pass("background");
        }
        Fields options = fields.fields("stream_options");
        if (options != null) {
            options.pass("include_obfuscation");
            options.finish();
        }
    }
}
