package dev.rung.wire.gemini;

import dev.rung.core.json.Json;
import dev.rung.wire.form.AnswerFormat;
import dev.rung.wire.form.Conversation;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Efforts;
import dev.rung.wire.form.Knob;
import dev.rung.wire.form.Losses;
import dev.rung.wire.form.Members;
import dev.rung.wire.form.Target;
import dev.rung.wire.form.Thinking;
import dev.rung.wire.form.Tool;
import dev.rung.wire.form.ToolChoice;
import dev.rung.wire.form.Turn;
import dev.rung.wire.form.Written;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Writes a request for content. Writes one request. */
final class ContentsWriter {
    private static final Set<Knob> NONE = EnumSet.noneOf(Knob.class);

    private final Conversation conversation;
    private final Target target;
    private final Losses losses = new Losses();
    private final Members body = new Members();

    private ContentsWriter(Conversation conversation, Target target) {
        this.conversation = conversation;
        this.target = target;
    }

    static Written write(Conversation conversation, Target target) {
        if (conversation.dialect() == Dialect.GEMINI) {
            return new Written(conversation.source(), List.of());
        }
        return new ContentsWriter(conversation, target).write();
    }

    private Written write() {
        losses.unknown(conversation.unknown(), conversation.dialect());
        turns();
        tools();
        Members config = new Members();
        ContentsReader.KNOBS.write(conversation.settings(), NONE, config, losses);
        format(config);
        thinking(config);
        body.put("generationConfig", config.orNull());
        return new Written(body.build(), losses.list());
    }

    private void turns() {
        PartWriter parts = new PartWriter(losses, conversation, isThird());
        List<Turn> turns = conversation.turns();
        List<Json> system = new ArrayList<>(0);
        int first = 0;
        while (first < turns.size() && turns.get(first).instructs()) {
            system.addAll(parts.parts(turns.get(first).parts()));
            first++;
        }
        if (!system.isEmpty()) {
            body.put("systemInstruction", Json.object("parts", Json.array(system)));
        }
        List<Json> contents = new ArrayList<>();
        String speaker = "";
        List<Json> said = new ArrayList<>();
        for (Turn turn : turns.subList(first, turns.size())) {
            if (turn.instructs()) {
                losses.meaning(turn.place().member("role"), "is an instruction after the conversation began");
                continue;
            }
            String role = turn.role() == Turn.Role.ASSISTANT ? "model" : "user";
            if (!role.equals(speaker)) {
                end(speaker, said, contents);
                speaker = role;
            }
            said.addAll(parts.parts(turn.parts()));
        }
        end(speaker, said, contents);
        body.put("contents", contents);
    }

    private static void end(String speaker, List<Json> said, List<Json> contents) {
        if (!said.isEmpty()) {
            contents.add(new Members().put("role", speaker).put("parts", said).build());
        }
        said.clear();
    }

    private void tools() {
        List<Json> declarations = new ArrayList<>();
        boolean strict = false;
        for (Tool tool : conversation.tools()) {
            switch (tool) {
                case Tool.Function function -> {
                    strict |= function.strict() != null && function.strict();
                    if (function.cache() != null) {
                        losses.hint(function.place().member("cache_control"), PartWriter.CACHES_BY_ITSELF);
                    }
                    declarations.add(new Members()
                            .put("name", function.name())
                            .put("description", function.description())
                            .put("parametersJsonSchema", function.schema())
                            .build());
                }
                case Tool.Opaque opaque ->
                    losses.meaning(
                            opaque.place(),
                            "is a tool that only " + opaque.dialect().title() + " has");
            }
        }
        if (!declarations.isEmpty()) {
            body.put("tools", List.of(Json.object("functionDeclarations", Json.array(declarations))));
        }
        // Calls satisfy their schemas in the modes ANY and VALIDATED.
        Members calling = switch (conversation.toolChoice()) {
            case null -> strict ? mode("VALIDATED") : null;
            case ToolChoice.Auto auto -> mode(strict ? "VALIDATED" : "AUTO");
            case ToolChoice.None none -> mode("NONE");
            case ToolChoice.Required required -> mode("ANY");
            case ToolChoice.Named named -> mode("ANY").put("allowedFunctionNames", List.of(Json.of(named.name())));
        };
        if (calling != null) {
            body.put("toolConfig", Json.object("functionCallingConfig", calling.build()));
        }
    }

    private static Members mode(String mode) {
        return new Members().put("mode", mode);
    }

    private void format(Members config) {
        switch (conversation.format()) {
            case null -> {}
            case AnswerFormat.JsonObject object -> config.put("responseMimeType", "application/json");
            case AnswerFormat.JsonSchema schema ->
                config.put("responseMimeType", "application/json").put("responseJsonSchema", schema.schema());
        }
    }

    /** From Gemini 3 on a level says how much to reason; before, a budget. */
    private boolean isThird() {
        String model = target.model();
        int at = model.indexOf("gemini-");
        return at >= 0 && model.length() > at + 7 && model.charAt(at + 7) >= '3' && model.charAt(at + 7) <= '9';
    }

    private void thinking(Members config) {
        Thinking thinking = conversation.thinking();
        if (thinking == null) {
            return;
        }
        Members written = new Members();
        String word = Efforts.word(thinking);
        if (isThird()) {
            if (word != null) {
                written.put("thinkingLevel", level(word));
            }
        } else if (thinking.budget() != null) {
            written.put("thinkingBudget", thinking.budget());
        } else if (word != null) {
            written.put("thinkingBudget", budget(word));
        } else if (thinking.mode() == Thinking.Mode.ADAPTIVE) {
            written.put("thinkingBudget", -1L);
        }
        boolean asks = thinking.shown() == null
                ? thinking.mode() == Thinking.Mode.ON || thinking.mode() == Thinking.Mode.ADAPTIVE
                : !thinking.shown().equals("omitted");
        if (asks) {
            written.put("includeThoughts", true);
        }
        config.put("thinkingConfig", written.orNull());
    }

    private static String level(String word) {
        return switch (word) {
            case "none", "minimal" -> "minimal";
            case "low", "medium" -> word;
            default -> "high";
        };
    }

    private static long budget(String word) {
        return switch (word) {
            case "none" -> 0;
            case "minimal", "low" -> 1_024;
            case "medium" -> 8_192;
            default -> 24_576;
        };
    }
}
