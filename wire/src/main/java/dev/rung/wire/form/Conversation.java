package dev.rung.wire.form;

import dev.rung.core.json.Json;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for an answer, whatever dialect it came in.
 *
 * @param dialect in which it was written
 * @param model as the caller named it
 * @param turns in order, instructions first where the dialect keeps them apart
 * @param toolChoice null when the caller did not say
 * @param settings in the order of {@link Knob}
 * @param format null for plain text
 * @param thinking null when the caller did not say
 * @param stream whether the answer is to come as a stream
 * @param includeUsage whether a stream is to end with the usage; true where the dialect always does
 * @param unknown members that the reader did not know
 * @param source as it was written
 */
public record Conversation(
        Dialect dialect,
        String model,
        List<Turn> turns,
        List<Tool> tools,
        @Nullable ToolChoice toolChoice,
        Map<Knob, Setting> settings,
        @Nullable AnswerFormat format,
        @Nullable Thinking thinking,
        boolean stream,
        boolean includeUsage,
        List<Unknown> unknown,
        Json.Obj source) {
    public Conversation {
        turns = List.copyOf(turns);
        tools = List.copyOf(tools);
        Map<Knob, Setting> sorted = new EnumMap<>(Knob.class);
        sorted.putAll(settings);
        settings = Collections.unmodifiableMap(sorted);
        unknown = List.copyOf(unknown);
    }

    /** Returns the name of the function that call {@code id} called, or null when no turn has that call. */
    public @Nullable String called(String id) {
        for (Turn turn : turns) {
            for (Part part : turn.parts()) {
                if (part instanceof Part.ToolCall call && call.id().equals(id)) {
                    return call.name();
                }
            }
        }
        return null;
    }
}
