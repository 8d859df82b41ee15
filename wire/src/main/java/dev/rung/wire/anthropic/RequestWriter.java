package dev.rung.wire.anthropic;

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
import dev.rung.wire.form.Turn;
import dev.rung.wire.form.Written;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a request for a message. Writes one request. */
final class RequestWriter {
    private static final Set<Knob> WRITTEN_HERE = EnumSet.of(
            Knob.MAX_TOKENS,
            Knob.PARALLEL_CALLS,
            Knob.USER,
            Knob.SAFETY_IDENTIFIER,
            Knob.SERVICE_TIER,
            Knob.TEMPERATURE);

    private final Conversation conversation;
    private final Target target;
    private final Losses losses = new Losses();
    private final Members body = new Members();

    private RequestWriter(Conversation conversation, Target target) {
        this.conversation = conversation;
        this.target = target;
    }

    static Written write(Conversation conversation, Target target) {
        if (conversation.dialect() == Dialect.ANTHROPIC) {
            return new Written(conversation.source().with("model", Json.of(target.model())), List.of());
        }
        return new RequestWriter(conversation, target).write();
    }

    private Written write() {
        losses.unknown(conversation.unknown(), conversation.dialect());
        body.put("model", target.model());
        long most = mostTokens();
        body.put("max_tokens", most);
        turns();
        RequestReader.KNOBS.write(conversation.settings(), WRITTEN_HERE, body, losses);
        settings();
        tools();
        Members output = new Members();
        thinking(most, output);
        format(output);
        body.put("output_config", output.orNull());
        if (conversation.stream()) {
            body.put("stream", true);
        }
        return new Written(body.build(), losses.list());
    }

    private long mostTokens() {
        Setting limit = conversation.settings().get(Knob.MAX_TOKENS);
        return limit == null ? target.mostTokens() : limit.number().longValue();
    }

    private void turns() {
        BlockWriter blocks = new BlockWriter(losses, false);
        List<Json> system = new ArrayList<>(0);
        List<Turn> turns = conversation.turns();
        int first = 0;
        while (first < turns.size() && turns.get(first).instructs()) {
            system.addAll(blocks.blocks(turns.get(first).parts()));
            first++;
        }
        if (!system.isEmpty()) {
            body.put("system", alone(system));
        }
        List<Json> messages = new ArrayList<>();
        String speaker = "";
        List<Json> content = new ArrayList<>();
        for (Turn turn : turns.subList(first, turns.size())) {
            String role = turn.role() == Turn.Role.ASSISTANT ? "assistant" : "user";
            if (turn.instructs()) {
                losses.meaning(turn.place().member("role"), "is an instruction after the conversation began");
                continue;
            }
            if (!role.equals(speaker)) {
                end(speaker, content, messages);
                speaker = role;
            }
            content.addAll(blocks.blocks(turn.parts()));
        }
        end(speaker, content, messages);
        body.put("messages", messages);
    }

    private static void end(String speaker, List<Json> content, List<Json> messages) {
        if (!content.isEmpty()) {
            messages.add(new Members()
                    .put("role", speaker)
                    .put("content", alone(content))
                    .build());
        }
        content.clear();
    }

    /** One plain text is written as a string. */
    private static Json alone(List<Json> blocks) {
        return blocks.size() == 1
                        && blocks.getFirst() instanceof Json.Obj block
                        && block.members().size() == 2
                        && block.get("text") instanceof Json.Str text
                ? text
                : Json.array(blocks);
    }

    private void settings() {
        Map<Knob, Setting> settings = conversation.settings();
        Setting user = settings.get(Knob.USER);
        Setting safety = settings.get(Knob.SAFETY_IDENTIFIER);
        if (user != null && safety != null) {
            losses.hint(safety.place(), "has no place beside the user");
        }
        Setting shown = user == null ? safety : user;
        if (shown != null) {
            body.put("metadata", Json.object("user_id", shown.value()));
        }
        Setting tier = settings.get(Knob.SERVICE_TIER);
        if (tier != null) {
            switch (tier.text()) {
                case "auto" -> body.put("service_tier", "auto");
                case "default", "standard_only" -> body.put("service_tier", "standard_only");
                default -> losses.hint(tier.place(), "is a tier that Anthropic does not have");
            }
        }
        Setting temperature = settings.get(Knob.TEMPERATURE);
        if (temperature != null) {
            if (temperature.number().compareTo(BigDecimal.ONE) > 0) {
                losses.meaning(temperature.place(), "goes to 1 only");
            } else {
                body.put("temperature", temperature.value());
            }
        }
    }

    private void tools() {
        List<Json> tools = new ArrayList<>();
        for (Tool tool : conversation.tools()) {
            switch (tool) {
                case Tool.Function function ->
                    tools.add(new Members()
                            .put("name", function.name())
                            .put("description", function.description())
                            .put("input_schema", function.schema() == null ? NO_ARGUMENTS : function.schema())
                            .put("strict", function.strict())
                            .put("cache_control", BlockWriter.cache(function.cache()))
                            .build());
                case Tool.Opaque opaque ->
                    losses.meaning(
                            opaque.place(),
                            "is a tool that only " + opaque.dialect().title() + " has");
            }
        }
        body.putUnlessEmpty("tools", tools);
        Setting parallel = conversation.settings().get(Knob.PARALLEL_CALLS);
        boolean one = parallel != null && !parallel.bool();
        Members choice = switch (conversation.toolChoice()) {
            case null -> one && !tools.isEmpty() ? Members.typed("auto") : null;
            case ToolChoice.Auto auto -> Members.typed("auto");
            case ToolChoice.None none -> Members.typed("none");
            case ToolChoice.Required required -> Members.typed("any");
            case ToolChoice.Named named -> Members.typed("tool").put("name", named.name());
        };
        if (choice != null) {
            boolean calls = !(conversation.toolChoice() instanceof ToolChoice.None);
            body.put("tool_choice", (one && calls ? choice.put("disable_parallel_tool_use", true) : choice).build());
        }
    }

    private static final Json.Obj NO_ARGUMENTS = Json.object("type", Json.of("object"), "properties", Json.object());

    private void thinking(long most, Members output) {
        Thinking thinking = conversation.thinking();
        if (thinking == null) {
            return;
        }
        boolean adaptive = ClaudeModel.isAdaptive(target.model());
        if (thinking.mode() == Thinking.Mode.OFF) {
            if (!adaptive) {
                body.put("thinking", Json.object("type", Json.of("disabled")));
            }
            return; // newer models do not reason unless asked to
        }
        String effort = thinking.effort();
        if (adaptive) {
            body.put("thinking", Json.object("type", Json.of("adaptive")));
            String word = effort == null ? Efforts.word(thinking) : effort;
            output.put("effort", word == null ? null : ClaudeModel.effort(word, target.model()));
            return;
        }
        Long budget = thinking.budget();
        if (budget == null || budget < 0) {
            budget = Efforts.budget(effort == null ? "medium" : effort, most);
        }
        if (budget < Efforts.LEAST_BUDGET || budget >= most) {
            losses.meaning(
                    thinking.place(),
                    "needs at least " + Efforts.LEAST_BUDGET
                            + " tokens of reasoning, and more than that for the answer as a whole");
            return;
        }
        body.put(
                "thinking",
                Members.typed("enabled").put("budget_tokens", budget).build());
    }

    private void format(Members output) {
        switch (conversation.format()) {
            case null -> {}
            case AnswerFormat.JsonObject object -> losses.meaning(object.place(), "is possible with a schema only");
            case AnswerFormat.JsonSchema schema ->
                output.put(
                        "format",
                        Members.typed("json_schema")
                                .put("schema", schema.schema())
                                .build());
        }
    }
}
