package dev.rung.gateway.openai;

import dev.rung.core.RungException;
import dev.rung.core.json.Json;
import dev.rung.gateway.http.Call;
import dev.rung.gateway.http.Refused;
import dev.rung.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chat completion request, read.
 *
 * @param input the text to answer
 * @param streaming null for an answer in one piece
 * @param leftAside fields and messages that were accepted and have no effect, as the reply names them
 */
record ChatRequest(
        String model, String input, @Nullable Streaming streaming, ResponseFormat format, List<String> leftAside) {
    /** How the answer is streamed. */
    record Streaming(boolean includeUsage) {}

    /** Returns the request in the body of {@code call}; what cannot be honoured is a {@link Refused} that names the field. */
    static ChatRequest read(Call call) {
        Json.Obj body = body(call);
        Consent consent = Consent.of(call.headers().first(Consent.HEADER));
        List<String> leftAside = new ArrayList<>();
        body.members().forEach((name, value) -> {
            if (!(value instanceof Json.Nil) && !isHonoured(name, value, consent)) {
                leftAside.add(name);
            }
        });
        if (!(body.get("model") instanceof Json.Str(String model))) {
            throw Refused.field("model", "missing", "Expected the name of a task.");
        }
        ChatMessages messages = ChatMessages.read(body.get("messages"), consent);
        leftAside.addAll(messages.leftAside());
        return new ChatRequest(
                model,
                messages.input(),
                streaming(body.get("stream"), body.get("stream_options")),
                ResponseFormat.read(body.get(ResponseFormat.FIELD)),
                List.copyOf(leftAside));
    }

    private static Json.Obj body(Call call) {
        Json parsed;
        try {
            parsed = JsonText.parse(call.content().stream(), "request body");
        } catch (RungException.WrongInput e) {
            throw Refused.body("invalid_json", String.valueOf(e.getMessage()));
        }
        if (parsed instanceof Json.Obj object) {
            return object;
        }
        throw Refused.body("invalid_type", "The request body is %s, expected an object.".formatted(Wire.brief(parsed)));
    }

    /** Tells whether the field's value is done justice; one that asks for what a task cannot give is an error without consent. */
    private static boolean isHonoured(String name, Json value, Consent consent) {
        ChatFields.Field field = ChatFields.of(name);
        if (field == null) {
            if (consent.covers(name)) {
                return false;
            }
            throw Refused.field(name, "unknown_parameter", "Unknown field." + Consent.hint(name));
        }
        return switch (field.treatment()) {
            case ChatFields.Treatment.Honoured honoured -> true;
            case ChatFields.Treatment.NoEffect(ChatFields.Kind kind) -> {
                if (!kind.fits(value)) {
                    throw Refused.field(
                            name, "invalid_type", "Found %s, expected %s.".formatted(Wire.brief(value), kind.words));
                }
                yield false;
            }
            case ChatFields.Treatment.Refused refused -> {
                boolean asksForNothing = refused.asksForNothing().test(value);
                if (!asksForNothing && !consent.covers(name)) {
                    throw Refused.field(
                            name,
                            "unsupported_parameter",
                            "Found %s, which cannot be honoured: %s; taken is: %s.%s"
                                    .formatted(
                                            Wire.brief(value), field.reason(), refused.harmless(), Consent.hint(name)));
                }
                yield asksForNothing;
            }
        };
    }

    private static @Nullable Streaming streaming(@Nullable Json stream, @Nullable Json options) {
        boolean wanted = flag("stream", stream);
        if (options == null || options instanceof Json.Nil) {
            return wanted ? new Streaming(false) : null;
        }
        if (!wanted) {
            throw Refused.field("stream_options", "invalid_value", "It goes only with \"stream\": true.");
        }
        if (!(options instanceof Json.Obj object)) {
            throw Refused.field(
                    "stream_options", "invalid_type", "Found " + Wire.brief(options) + ", expected an object.");
        }
        for (String name : object.members().keySet()) {
            if (!name.equals("include_usage") && !name.equals("include_obfuscation")) {
                throw Refused.field("stream_options." + name, "unknown_parameter", "Unknown field. Leave it out.");
            }
        }
        flag("stream_options.include_obfuscation", object.get("include_obfuscation"));
        return new Streaming(flag("stream_options.include_usage", object.get("include_usage")));
    }

    private static boolean flag(String name, @Nullable Json value) {
        return switch (value) {
            case Json.Bool(boolean set) -> set;
            case Json.Nil nil -> false;
            case null -> false;
            default ->
                throw Refused.field(name, "invalid_type", "Found " + Wire.brief(value) + ", expected true or false.");
        };
    }
}
