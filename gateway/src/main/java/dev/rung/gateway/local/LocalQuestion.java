package dev.rung.gateway.local;

import dev.rung.core.json.Json;
import dev.rung.core.model.ChatPrompt;
import dev.rung.core.model.Message;
import dev.rung.core.model.Sampling;
import dev.rung.wire.form.AnswerFormat;
import dev.rung.wire.form.Conversation;
import dev.rung.wire.form.Knob;
import dev.rung.wire.form.Losses;
import dev.rung.wire.form.Malformed;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Setting;
import dev.rung.wire.form.Thinking;
import dev.rung.wire.form.Tool;
import dev.rung.wire.form.ToolChoice;
import dev.rung.wire.form.Turn;
import dev.rung.wire.form.Untranslatable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in any dialect as a question to a model in this process.
 *
 * @param lost what of the request such a model has no place for
 */
public record LocalQuestion(ChatPrompt prompt, List<Untranslatable> lost) {
    /** How many tokens an answer may have where the caller does not say. */
    public static final int DEFAULT_TOKENS = 1_024;

    private static final String NO_TOOLS = "cannot be used: a model in this process has no template for tools";
    private static final String NOT_HERE = "has no counterpart in a model in this process";

    public LocalQuestion {
        lost = List.copyOf(lost);
    }

    /** Returns the question; a value that is not what its field must be is {@link Malformed}. */
    public static LocalQuestion of(Conversation conversation) {
        Losses losses = new Losses();
        losses.unknown(conversation.unknown(), conversation.dialect());
        List<Message> messages = messages(conversation, losses);
        for (Tool tool : conversation.tools()) {
            if (conversation.toolChoice() instanceof ToolChoice.None) {
                losses.hint(tool.place(), NO_TOOLS);
            } else {
                losses.meaning(tool.place(), NO_TOOLS);
            }
        }
        Thinking thinking = conversation.thinking();
        if (thinking != null) {
            if (thinking.mode() == Thinking.Mode.ON) {
                losses.meaning(thinking.place(), NOT_HERE);
            } else {
                losses.hint(thinking.place(), NOT_HERE);
            }
        }
        Map<Knob, Setting> settings = conversation.settings();
        settings.forEach((knob, setting) -> knob(knob, setting, losses));
        ChatPrompt prompt = new ChatPrompt(
                messages,
                form(conversation.format()),
                Math.clamp(whole(settings.get(Knob.MAX_TOKENS), DEFAULT_TOKENS, 1), 1, Integer.MAX_VALUE),
                stops(settings.get(Knob.STOP)),
                sampling(settings));
        return new LocalQuestion(prompt, losses.list());
    }

    private static List<Message> messages(Conversation conversation, Losses losses) {
        List<Message> messages = new ArrayList<>();
        for (Turn turn : conversation.turns()) {
            StringBuilder text = new StringBuilder();
            boolean said = turn.parts().isEmpty();
            for (Part part : turn.parts()) {
                switch (part) {
                    case Part.Text words -> {
                        text.append(words.text());
                        said = true;
                    }
                    case Part.Refusal refusal -> {
                        text.append(refusal.text());
                        said = true;
                    }
                    case Part.Reasoning reasoning -> losses.hint(reasoning.place(), NOT_HERE);
                    case Part.Attachment attachment ->
                        losses.meaning(attachment.place(), "cannot be read: a model in this process reads text");
                    case Part.ToolCall call -> losses.meaning(call.place(), NO_TOOLS);
                    case Part.ToolResult result -> losses.meaning(result.place(), NO_TOOLS);
                    case Part.Opaque opaque -> losses.meaning(opaque.place(), NOT_HERE);
                }
            }
            if (said) {
                messages.add(new Message(role(turn.role()), text.toString()));
            }
        }
        if (messages.isEmpty() || messages.getLast().role() != Message.Role.USER) {
            Turn last =
                    conversation.turns().isEmpty() ? null : conversation.turns().getLast();
            throw new Malformed(
                    last == null ? Place.BODY : last.place(),
                    "the last message is not the user's, which a model in this process answers");
        }
        return messages;
    }

    private static Message.Role role(Turn.Role role) {
        return switch (role) {
            case SYSTEM, DEVELOPER -> Message.Role.SYSTEM;
            case USER, TOOL -> Message.Role.USER;
            case ASSISTANT -> Message.Role.ASSISTANT;
        };
    }

    private static void knob(Knob knob, Setting setting, Losses losses) {
        switch (knob) {
            case TEMPERATURE, TOP_P, TOP_K, MAX_TOKENS, STOP, SEED -> {} // honoured
            case USER,
                    SAFETY_IDENTIFIER,
                    METADATA,
                    SERVICE_TIER,
                    PROMPT_CACHE_KEY,
                    PROMPT_CACHE_RETENTION,
                    STORE,
                    CACHE_ALL,
                    FREQUENCY_PENALTY,
                    PRESENCE_PENALTY,
                    CHOICES,
                    LOGPROBS,
                    TOP_LOGPROBS,
                    LOGIT_BIAS,
                    PARALLEL_CALLS,
                    VERBOSITY -> {
                if (!knob.asksForNothing(setting.value())) {
                    if (knob.isHint()) {
                        losses.hint(setting.place(), NOT_HERE);
                    } else {
                        losses.meaning(setting.place(), NOT_HERE);
                    }
                }
            }
        }
    }

    private static ChatPrompt.Form form(@Nullable AnswerFormat format) {
        return switch (format) {
            case null -> new ChatPrompt.Form.Text();
            case AnswerFormat.JsonObject object -> new ChatPrompt.Form.AnyObject();
            case AnswerFormat.JsonSchema schema -> new ChatPrompt.Form.Satisfies(schema.schema());
        };
    }

    private static Sampling sampling(Map<Knob, Setting> settings) {
        return new Sampling(
                between(settings.get(Knob.TEMPERATURE), 0, 0, 2, "a number from 0 to 2"),
                between(settings.get(Knob.TOP_P), 1, Double.MIN_VALUE, 1, "a number above 0 and at most 1"),
                Math.clamp(whole(settings.get(Knob.TOP_K), 0, 0), 0, Integer.MAX_VALUE),
                whole(settings.get(Knob.SEED), 0, Long.MIN_VALUE));
    }

    private static double between(
            @Nullable Setting setting, double otherwise, double least, double most, String expected) {
        if (setting == null) {
            return otherwise;
        }
        double value = setting.number().doubleValue();
        if (!(value >= least && value <= most)) {
            throw Malformed.found(setting.place(), setting.value(), expected);
        }
        return value;
    }

    private static long whole(@Nullable Setting setting, long otherwise, long least) {
        if (setting == null) {
            return otherwise;
        }
        BigDecimal number = setting.number().stripTrailingZeros();
        if (number.scale() > 0 || number.precision() > 18 || number.longValue() < least) {
            throw Malformed.found(
                    setting.place(),
                    setting.value(),
                    least == Long.MIN_VALUE ? "a whole number" : "a whole number, at least " + least);
        }
        return number.longValue();
    }

    private static List<String> stops(@Nullable Setting setting) {
        List<String> stops = new ArrayList<>();
        switch (setting == null ? Json.Nil.NULL : setting.value()) {
            case Json.Nil none -> {}
            case Json.Str(String one) -> stops.add(one);
            case Json.Arr(List<Json> several) -> {
                for (Json each : several) {
                    if (!(each instanceof Json.Str(String text))) {
                        throw Malformed.found(place(setting), each, "a text to stop at");
                    }
                    stops.add(text);
                }
            }
            case Json other -> throw Malformed.found(place(setting), other, "a text to stop at, or a list of them");
        }
        stops.removeIf(String::isEmpty);
        return stops;
    }

    private static Place place(@Nullable Setting setting) {
        return setting == null ? Place.BODY : setting.place();
    }
}
