package dev.rung.wire.responses;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Choice;
import dev.rung.wire.form.Dialect;
import dev.rung.wire.form.Fields;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Reply;
import dev.rung.wire.form.TokenScore;
import dev.rung.wire.form.Turn;
import dev.rung.wire.form.Unknown;
import dev.rung.wire.form.Usage;
import dev.rung.wire.openai.Scores;
import java.util.ArrayList;
import java.util.List;

/** Reads a whole response. */
final class OutputReader {
    /** What a response repeats of its request, and what it says of its own making. */
    private static final String[] ECHO = {
        "object",
        "status",
        "error",
        "incomplete_details",
        "background",
        "billing",
        "completed_at",
        "conversation",
        "frequency_penalty",
        "instructions",
        "max_output_tokens",
        "max_tool_calls",
        "metadata",
        "parallel_tool_calls",
        "presence_penalty",
        "previous_response_id",
        "prompt",
        "prompt_cache_key",
        "prompt_cache_retention",
        "reasoning",
        "safety_identifier",
        "service_tier",
        "store",
        "temperature",
        "text",
        "tool_choice",
        "tools",
        "top_logprobs",
        "top_p",
        "truncation",
        "user"
    };

    private OutputReader() {}

    static Reply read(Json.Obj body) {
        List<Unknown> unknown = new ArrayList<>(0);
        Fields fields = new Fields(body, Place.BODY, unknown);
        List<Part> parts = new ArrayList<>();
        ItemReader reader = new ItemReader(unknown);
        List<TokenScore> scores = new ArrayList<>(0);
        for (Fields item : fields.each("output")) {
            scores(item.source(), scores);
            Turn turn = reader.turn(item);
            if (turn != null) {
                parts.addAll(turn.parts());
            }
        }
        boolean called = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
        Json.Obj usage = fields.object("usage");
        String id = fields.text("id");
        String model = fields.text("model");
        Long created = fields.whole("created_at");
        fields.pass(ECHO);
        fields.finish();
        return new Reply(
                Dialect.RESPONSES,
                id == null ? "" : id,
                model == null ? "" : model,
                created,
                List.of(new Choice(0, parts, Endings.read(body, called), scores)),
                usage == null ? Usage.UNKNOWN : ResponseUsage.read(usage),
                unknown,
                body);
    }

    private static void scores(Json.Obj item, List<TokenScore> scores) {
        if (item.get("content") instanceof Json.Arr(List<Json> contents)) {
            for (Json content : contents) {
                if (content instanceof Json.Obj text && text.get("logprobs") instanceof Json.Arr(List<Json> tokens)) {
                    scores.addAll(Scores.read(tokens));
                }
            }
        }
    }
}
