package dev.rung.wire.openai;

import dev.rung.core.json.Json;
import dev.rung.wire.form.AnswerFormat;
import dev.rung.wire.form.Conversation;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Efforts;
import dev.rung.wire.form.Knob;
import dev.rung.wire.form.Losses;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Setting;
import dev.rung.wire.form.Target;
import dev.rung.wire.form.Thinking;
import dev.rung.wire.form.Tool;
import dev.rung.wire.form.ToolChoice;
import dev.rung.wire.form.Written;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a request for a chat completion. */
final class ChatWriter {
    private static final Set<Knob> WRITTEN_HERE = EnumSet.of(Knob.MAX_TOKENS, Knob.STOP);

    private ChatWriter() {}

    static Written write(Conversation conversation, Target target) {
        if (conversation.dialect() == Dialect.OPENAI) {
            return new Written(asWritten(conversation, target), List.of());
        }
        Losses losses = new Losses();
        losses.unknown(conversation.unknown(), conversation.dialect());
        Members body = new Members().put("model", target.model());
        Map<String, Place> origins = new HashMap<>();
        body.put("messages", new MessageWriter(losses, origins).messages(conversation.turns()));
        ChatReader.KNOBS.origins(conversation.settings(), origins);
        ChatReader.KNOBS.write(conversation.settings(), WRITTEN_HERE, body, losses);
        Setting limit = conversation.settings().get(Knob.MAX_TOKENS);
        if (limit != null) {
            String name = target.oldTokenLimit() ? "max_tokens" : "max_completion_tokens";
            body.put(name, limit.value());
            origins.put(name, limit.place());
        }
        Setting stop = conversation.settings().get(Knob.STOP);
        if (stop != null) {
            body.put("stop", stop.value());
            origins.put("stop", stop.place());
        }
        tools(conversation, body, losses);
        body.put("response_format", format(conversation.format()));
        origins(conversation, origins);
        Thinking thinking = conversation.thinking();
        if (thinking != null) {
            body.put("reasoning_effort", Efforts.word(thinking));
        }
        if (conversation.stream()) {
            streamed(body);
        }
        return new Written(body.build(), losses.list(), origins);
    }

    private static void origins(Conversation conversation, Map<String, Place> origins) {
        if (!conversation.tools().isEmpty()) {
            origins.put("tools", Place.BODY.member("tools")); // as all dialects call it
        }
        ToolChoice choice = conversation.toolChoice();
        if (choice != null) {
            origins.put("tool_choice", choice.place());
        }
        AnswerFormat format = conversation.format();
        if (format != null) {
            origins.put("response_format", format.place());
        }
        Thinking thinking = conversation.thinking();
        if (thinking != null) {
            origins.put("reasoning_effort", thinking.place());
        }
    }

    private static Json.Obj asWritten(Conversation conversation, Target target) {
        Members body = Members.of(conversation.source()).put("model", target.model());
        if (conversation.stream()) {
            streamed(body);
        }
        return body.build();
    }

    /** Asks for usage always: what a stream costs must be known, and who did not ask for it does not see it. */
    private static void streamed(Members body) {
        body.put("stream", true);
        Json.Obj written = body.build();
        Json.Obj options = written.get("stream_options") instanceof Json.Obj there ? there : Json.object();
        body.put("stream_options", options.with("include_usage", Json.of(true)));
    }

    private static void tools(Conversation conversation, Members body, Losses losses) {
        List<Json> tools = new ArrayList<>();
        for (Tool tool : conversation.tools()) {
            switch (tool) {
                case Tool.Function function -> {
                    if (function.cache() != null) {
                        losses.hint(function.place().member("cache_control"), MessageWriter.CACHES_BY_ITSELF);
                    }
                    tools.add(Members.typed("function")
                            .put(
                                    "function",
                                    new Members()
                                            .put("name", function.name())
                                            .put("description", function.description())
                                            .put("parameters", function.schema())
                                            .put("strict", function.strict())
                                            .build())
                            .build());
                }
                case Tool.Opaque opaque ->
                    losses.meaning(opaque.place(), "is a tool that " + Dialect.OPENAI.title() + " do not have");
            }
        }
        body.putUnlessEmpty("tools", tools);
        switch (conversation.toolChoice()) {
            case null -> {}
            case ToolChoice.Auto auto -> body.put("tool_choice", "auto");
            case ToolChoice.None none -> body.put("tool_choice", "none");
            case ToolChoice.Required required -> body.put("tool_choice", "required");
            case ToolChoice.Named named ->
                body.put(
                        "tool_choice",
                        Members.typed("function")
                                .put("function", Json.object("name", Json.of(named.name())))
                                .build());
        }
    }

    private static Json.@Nullable Obj format(@Nullable AnswerFormat format) {
        return switch (format) {
            case null -> null;
            case AnswerFormat.JsonObject object -> Json.object("type", Json.of("json_object"));
            case AnswerFormat.JsonSchema schema ->
                Members.typed("json_schema")
                        .put(
                                "json_schema",
                                new Members()
                                        .put("name", schema.name() == null ? "answer" : schema.name())
                                        .put("description", schema.description())
                                        .put("schema", schema.schema())
                                        .put("strict", schema.strict())
                                        .build())
                        .build();
        };
    }
}
