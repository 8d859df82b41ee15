package dev.rung.wire.gemini;

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
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a request for content. Reads one request. */
final class ContentsReader {
    /** The settings that are members of {@code generationConfig}. */
    static final Knobs KNOBS = new Knobs(
            Dialect.GEMINI,
            Map.ofEntries(
                    Map.entry(Knob.TEMPERATURE, "temperature"),
                    Map.entry(Knob.TOP_P, "topP"),
                    Map.entry(Knob.TOP_K, "topK"),
                    Map.entry(Knob.MAX_TOKENS, "maxOutputTokens"),
                    Map.entry(Knob.STOP, "stopSequences"),
                    Map.entry(Knob.CHOICES, "candidateCount"),
                    Map.entry(Knob.SEED, "seed"),
                    Map.entry(Knob.PRESENCE_PENALTY, "presencePenalty"),
                    Map.entry(Knob.FREQUENCY_PENALTY, "frequencyPenalty"),
                    Map.entry(Knob.LOGPROBS, "responseLogprobs"),
                    Map.entry(Knob.TOP_LOGPROBS, "logprobs")));

    private final List<Unknown> unknown = new ArrayList<>(0);

    Conversation read(Json.Obj body, @Nullable String pathModel, boolean stream) {
        Fields fields = new Fields(body, Place.BODY, unknown);
        String named = fields.text("model");
        String model = pathModel == null ? named : pathModel;
        if (model == null) {
            throw Malformed.found(fields.place("model"), null, "a model in the path");
        }
        PartReader parts = new PartReader();
        List<Turn> turns = new ArrayList<>();
        Fields system = fields.fields(Names.of(fields, "systemInstruction"));
        if (system != null) {
            turns.add(turn(system, Turn.Role.SYSTEM, parts));
        }
        for (Fields content : fields.each("contents")) {
            turns.add(turn(content, Turn.Role.USER, parts));
        }
        List<Tool> tools = new ArrayList<>();
        for (Fields group : fields.each("tools")) {
            tools(group, tools);
        }
        ToolChoice choice = choice(fields.fields(Names.of(fields, "toolConfig")), tools);
        Map<Knob, Setting> settings = new EnumMap<>(Knob.class);
        Fields config = fields.fields(Names.of(fields, "generationConfig"));
        AnswerFormat format = null;
        Thinking thinking = null;
        if (config != null) {
            KNOBS.read(config, settings);
            format = format(config);
            thinking = thinking(config.fields("thinkingConfig"));
            Json modalities = config.take("responseModalities");
            if (modalities != null && !modalities.equals(Json.strings(List.of("TEXT")))) {
                unknown.add(new Unknown(config.place("responseModalities"), modalities));
            }
            config.finish();
        }
        fields.finish();
        return new Conversation(
                Dialect.GEMINI,
                model.startsWith("models/") ? model.substring("models/".length()) : model,
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

    private static Turn turn(Fields content, Turn.Role usual, PartReader parts) {
        String role = content.text("role");
        // The server does not look at the role of instructions, and some clients write "model" there.
        boolean model = "model".equals(role) && usual != Turn.Role.SYSTEM;
        Turn.Role who = model ? Turn.Role.ASSISTANT : usual;
        List<Part> read = new ArrayList<>();
        for (Fields part : content.each("parts")) {
            parts.read(part, read);
        }
        content.finish();
        return new Turn(who, read, content.place());
    }

    private void tools(Fields group, List<Tool> tools) {
        for (Fields declaration : group.each(Names.of(group, "functionDeclarations"))) {
            Json.Obj older = declaration.object("parameters");
            Json.Obj schema = declaration.object(Names.of(declaration, "parametersJsonSchema"));
            if (schema == null && older != null) {
                schema = OpenApiSchema.toJsonSchema(older);
            }
            tools.add(new Tool.Function(
                    declaration.requireText("name"),
                    declaration.text("description"),
                    schema,
                    null,
                    null,
                    declaration.place()));
            declaration.finish();
        }
        group.source().members().forEach((kind, tool) -> {
            if (!kind.equals("functionDeclarations") && !kind.equals("function_declarations")) {
                tools.add(new Tool.Opaque(Dialect.GEMINI, kind, group.source(), group.place(kind)));
            }
        });
    }

    /** In the mode VALIDATED the model may call or speak, and calls satisfy their schemas: tools become strict. */
    private @Nullable ToolChoice choice(@Nullable Fields config, List<Tool> tools) {
        Fields calling = config == null ? null : config.fields(Names.of(config, "functionCallingConfig"));
        if (config == null || calling == null) {
            return null;
        }
        String mode = calling.text("mode");
        String names = Names.of(calling, "allowedFunctionNames");
        List<Json> allowed = calling.items(names);
        Place place = calling.place();
        ToolChoice choice = switch (mode == null ? "AUTO" : mode) {
            case "AUTO", "MODE_UNSPECIFIED" -> new ToolChoice.Auto(place);
            case "NONE" -> new ToolChoice.None(place);
            case "ANY" ->
                allowed.size() == 1 && allowed.getFirst() instanceof Json.Str(String name)
                        ? new ToolChoice.Named(name, place)
                        : new ToolChoice.Required(place);
            case "VALIDATED" -> {
                tools.replaceAll(ContentsReader::strict);
                yield new ToolChoice.Auto(place);
            }
            default ->
                throw Malformed.found(
                        calling.place("mode"), Json.of(String.valueOf(mode)), "AUTO, ANY, NONE or VALIDATED");
        };
        if (!allowed.isEmpty() && !(choice instanceof ToolChoice.Named)) {
            unknown.add(new Unknown(calling.place(names), Json.array(allowed)));
        }
        calling.finish();
        config.finish();
        return choice;
    }

    private static Tool strict(Tool tool) {
        return switch (tool) {
            case Tool.Function f ->
                new Tool.Function(f.name(), f.description(), f.schema(), true, f.cache(), f.place());
            case Tool.Opaque opaque -> opaque;
        };
    }

    private @Nullable AnswerFormat format(Fields config) {
        String type = config.text(Names.of(config, "responseMimeType"));
        Json.Obj schema = config.object(Names.of(config, "responseJsonSchema"));
        Json.Obj older = config.object(Names.of(config, "responseSchema"));
        Place place = config.place(
                schema != null ? "responseJsonSchema" : older != null ? "responseSchema" : "responseMimeType");
        if (schema == null && older != null) {
            schema = OpenApiSchema.toJsonSchema(older);
        }
        if (schema != null) {
            return new AnswerFormat.JsonSchema(null, null, schema, null, place);
        }
        if (type == null || type.equals("text/plain")) {
            return null;
        }
        if (!type.equals("application/json")) {
            unknown.add(new Unknown(config.place("responseMimeType"), Json.of(type)));
            return null;
        }
        return new AnswerFormat.JsonObject(place);
    }

    private static @Nullable Thinking thinking(@Nullable Fields config) {
        if (config == null) {
            return null;
        }
        Long budget = config.whole(Names.of(config, "thinkingBudget"));
        String level = config.text(Names.of(config, "thinkingLevel"));
        String shown = config.isTrue(Names.of(config, "includeThoughts")) ? "auto" : null;
        config.finish();
        Thinking.Mode mode = budget == null
                ? Thinking.Mode.UNSAID
                : budget == 0 ? Thinking.Mode.OFF : budget < 0 ? Thinking.Mode.ADAPTIVE : Thinking.Mode.ON;
        return new Thinking(
                mode,
                level == null || level.equals("THINKING_LEVEL_UNSPECIFIED") ? null : level.toLowerCase(Locale.ROOT),
                budget != null && budget > 0 ? budget : null,
                shown,
                config.place());
    }
}
