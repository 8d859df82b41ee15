package dev.rung.gateway.openai;

import dev.rung.core.json.Json;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a task does with each field of a chat completion request: the one list, which {@code docs/serving.md} repeats.
 *
 * <p>A release is a recipe that was measured and certified as it is, so that a caller cannot turn its knobs. Fields that tune how a model samples, or
 * that only tell the provider something, are accepted and have no effect; fields that ask for another kind of answer are refused.
 */
final class ChatFields {
    private static final String SAMPLING = "the release's own sampling was certified";
    private static final String LENGTH = "the release's own limit was certified";
    private static final String SETTING = "the release's own setting was certified";
    private static final String SPEED = "it is a hint for speed";
    private static final String CONFIDENCE = "the calibrated confidence is in the header x-rung-confidence";

    /** All fields, sorted by name. */
    static final List<Field> ALL = List.of(
            refused("audio", "none", ChatFields::never, "answers are text"),
            noEffect("frequency_penalty", Kind.NUMBER, SAMPLING),
            refused("function_call", "\"none\"", isString("none"), "a task calls no functions"),
            refused("functions", "[]", ChatFields::isEmpty, "a task calls no functions"),
            refused("logit_bias", "{}", ChatFields::isEmpty, "it would change answers that were certified"),
            refused("logprobs", "false", Json.of(false)::equals, CONFIDENCE),
            noEffect("max_completion_tokens", Kind.NUMBER, LENGTH),
            noEffect("max_tokens", Kind.NUMBER, LENGTH),
            honoured("messages", "the last one, which is the user's, is the input"),
            noEffect("metadata", Kind.OBJECT, "nothing is stored under it"),
            refused("modalities", "[\"text\"]", Json.strings(List.of("text"))::equals, "answers are text"),
            honoured("model", "the task's name"),
            refused("n", "1", Json.of(1)::equals, "a task has one answer"),
            noEffect("parallel_tool_calls", Kind.BOOLEAN, "a task calls no tools"),
            noEffect("prediction", Kind.OBJECT, SPEED),
            noEffect("presence_penalty", Kind.NUMBER, SAMPLING),
            noEffect("prompt_cache_key", Kind.STRING, SPEED),
            noEffect("prompt_cache_retention", Kind.STRING, SPEED),
            noEffect("reasoning_effort", Kind.STRING, SETTING),
            honoured("response_format", "text; for a fields task also json_object and json_schema"),
            noEffect("safety_identifier", Kind.STRING, "nothing is stored under it"),
            noEffect("seed", Kind.NUMBER, "the release's own seed was certified"),
            noEffect("service_tier", Kind.STRING, "there is one tier"),
            refused(
                    "stop",
                    "[] or \"\"",
                    isString("").or(ChatFields::isEmpty),
                    "it would cut answers that were certified"),
            noEffect("store", Kind.BOOLEAN, "there is no stored completion to fetch later"),
            honoured("stream", "true for server-sent events"),
            honoured("stream_options", "include_usage; include_obfuscation has no effect"),
            noEffect("temperature", Kind.NUMBER, SAMPLING),
            refused("tool_choice", "\"none\"", isString("none"), "a task calls no tools"),
            refused("tools", "[]", ChatFields::isEmpty, "a task calls no tools"),
            refused("top_logprobs", "0", Json.of(0)::equals, CONFIDENCE),
            noEffect("top_p", Kind.NUMBER, SAMPLING),
            noEffect("user", Kind.STRING, "nothing is stored under it"),
            noEffect("verbosity", Kind.STRING, SETTING),
            refused("web_search_options", "none", ChatFields::never, "a task does not search the web"));

    private static final Map<String, Field> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Field::name, Function.identity()));

    private ChatFields() {}

    /** Returns what is done with the field, or null for one that is not known. */
    static @Nullable Field of(String name) {
        return BY_NAME.get(name);
    }

    /** A field, what is done with it, and why. */
    record Field(String name, Treatment treatment, String reason) {}

    /** What is done with a field. */
    sealed interface Treatment {
        /** It does what it says. */
        record Honoured() implements Treatment {}

        /** It may be there, and changes nothing; the reply names it. */
        record NoEffect(Kind kind) implements Treatment {}

        /** It may only have a value that asks for nothing; {@code harmless} says which, for people. */
        record Refused(String harmless, Predicate<Json> asksForNothing) implements Treatment {}
    }

    /** The JSON type that a field must have. */
    enum Kind {
        NUMBER("a number"),
        STRING("a string"),
        BOOLEAN("true or false"),
        OBJECT("an object");

        final String words;

        Kind(String words) {
            this.words = words;
        }

        boolean fits(Json value) {
            return switch (this) {
                case NUMBER -> value instanceof Json.Num;
                case STRING -> value instanceof Json.Str;
                case BOOLEAN -> value instanceof Json.Bool;
                case OBJECT -> value instanceof Json.Obj;
            };
        }
    }

    private static Field honoured(String name, String reason) {
        return new Field(name, new Treatment.Honoured(), reason);
    }

    private static Field noEffect(String name, Kind kind, String reason) {
        return new Field(name, new Treatment.NoEffect(kind), reason);
    }

    private static Field refused(String name, String harmless, Predicate<Json> asksForNothing, String reason) {
        return new Field(name, new Treatment.Refused(harmless, asksForNothing), reason);
    }

    private static Predicate<Json> isString(String wanted) {
        return value -> value instanceof Json.Str(String text) && text.equals(wanted);
    }

    private static boolean isEmpty(Json value) {
        return (value instanceof Json.Arr(List<Json> items) && items.isEmpty())
                || (value instanceof Json.Obj object && object.members().isEmpty());
    }

    private static boolean never(Json value) {
        return false;
    }
}
