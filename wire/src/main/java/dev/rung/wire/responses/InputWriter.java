package dev.rung.wire.responses;

import dev.rung.core.json.Json;
import dev.rung.wire.form.AnswerFormat;
import dev.rung.wire.form.Conversation;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Efforts;
import dev.rung.wire.form.Knob;
import dev.rung.wire.form.Losses;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Setting;
import dev.rung.wire.form.Target;
import dev.rung.wire.form.Thinking;
import dev.rung.wire.form.Tool;
import dev.rung.wire.form.ToolChoice;
import dev.rung.wire.form.Written;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a request for a response: nothing is stored, so that the conversation stays with the caller. */
final class InputWriter {
    private static final Set<Knob> WRITTEN_HERE = EnumSet.of(Knob.VERBOSITY, Knob.LOGPROBS, Knob.STORE);

    private InputWriter() {}

    static Written write(Conversation conversation, Target target) {
        if (conversation.dialect() == Dialect.RESPONSES) {
            return new Written(conversation.source().with("model", Json.of(target.model())), List.of());
        }
        Losses losses = new Losses();
        losses.unknown(conversation.unknown(), conversation.dialect());
        Members body = new Members().put("model", target.model());
        body.put("input", new ItemWriter(losses).items(conversation.turns()));
        InputReader.KNOBS.write(conversation.settings(), WRITTEN_HERE, body, losses);
        Setting store = conversation.settings().get(Knob.STORE);
        body.put("store", store != null && store.bool());
        tools(conversation, body, losses);
        Members text = new Members().put("format", format(conversation.format()));
        Setting verbosity = conversation.settings().get(Knob.VERBOSITY);
        if (verbosity != null) {
            text.put("verbosity", verbosity.value());
        }
        body.put("text", text.orNull());
        List<Json> include = new ArrayList<>(0);
        Setting scores = conversation.settings().get(Knob.LOGPROBS);
        if (scores != null && scores.bool()) {
            include.add(Json.of(InputReader.SCORES));
        }
        thinking(conversation.thinking(), body, include);
        body.putUnlessEmpty("include", include);
        if (conversation.stream()) {
            body.put("stream", true);
        }
        return new Written(body.build(), losses.list());
    }

    private static void tools(Conversation conversation, Members body, Losses losses) {
        List<Json> tools = new ArrayList<>();
        for (Tool tool : conversation.tools()) {
            switch (tool) {
                case Tool.Function function -> {
                    if (function.cache() != null) {
                        losses.hint(function.place().member("cache_control"), ItemWriter.CACHES_BY_ITSELF);
                    }
                    // Strict is the rule here and the exception elsewhere, so it is always said.
                    tools.add(Members.typed("function")
                            .put("name", function.name())
                            .put("description", function.description())
                            .put("parameters", function.schema())
                            .put("strict", function.strict() != null && function.strict())
                            .build());
                }
                case Tool.Opaque opaque ->
                    losses.meaning(
                            opaque.place(),
                            "is a tool that only " + opaque.dialect().title() + " has");
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
                        Members.typed("function").put("name", named.name()).build());
        }
    }

    private static Json.@Nullable Obj format(@Nullable AnswerFormat format) {
        return switch (format) {
            case null -> null;
            case AnswerFormat.JsonObject object -> Json.object("type", Json.of("json_object"));
            case AnswerFormat.JsonSchema schema ->
                Members.typed("json_schema")
                        .put("name", schema.name() == null ? "answer" : schema.name())
                        .put("description", schema.description())
                        .put("schema", schema.schema())
                        .put("strict", schema.strict())
                        .build();
        };
    }

    /** Asks for the encrypted reasoning, without which it could not go on in the next request. */
    private static void thinking(@Nullable Thinking thinking, Members body, List<Json> include) {
        if (thinking == null) {
            return;
        }
        boolean asks = thinking.shown() == null
                ? thinking.mode() == Thinking.Mode.ON || thinking.mode() == Thinking.Mode.ADAPTIVE
                : !thinking.shown().equals("omitted");
        String shown = thinking.shown();
        boolean known = "auto".equals(shown) || "concise".equals(shown) || "detailed".equals(shown);
        Members reasoning = new Members().put("effort", Efforts.word(thinking));
        if (asks) {
            reasoning.put("summary", known ? shown : "auto");
        }
        body.put("reasoning", reasoning.orNull());
        if (thinking.mode() != Thinking.Mode.OFF) {
            include.add(Json.of(InputReader.ENCRYPTED));
        }
    }
}
