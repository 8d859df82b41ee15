package dev.rung.compat;

import dev.rung.core.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks, in no client's words.
 *
 * @param system instructions, or null
 * @param attachment an image or a document that goes with the text, or null
 * @param schema of the answer, or null
 * @param done calls that the model has made before, and what they came to
 * @param option how to answer, or null
 */
record Ask(
        String text,
        @Nullable String system,
        @Nullable Attachment attachment,
        List<Tool> tools,
        Json.@Nullable Obj schema,
        List<Done> done,
        @Nullable Option option) {
    Ask {
        tools = List.copyOf(tools);
        done = List.copyOf(done);
    }

    record Attachment(String mediaType, String base64) {
        boolean isDocument() {
            return mediaType.equals("application/pdf");
        }

        String url() {
            return "data:" + mediaType + ";base64," + base64;
        }
    }

    /** How to answer: what clients set beside the conversation. */
    sealed interface Option {
        record Stop(String sequence) implements Option {}

        record Seed(int seed) implements Option {}

        record Answers(int number) implements Option {}

        record TopK(int most) implements Option {}

        /** Little reasoning. */
        record LowEffort() implements Option {}
    }

    /** A tool with the schema of its arguments, which are texts. */
    record Tool(String name, List<String> arguments) {
        Tool {
            arguments = List.copyOf(arguments);
        }

        Json.Obj schema() {
            Json.Obj properties = Json.object();
            for (String argument : arguments) {
                properties = properties.with(argument, Json.object("type", Json.of("string")));
            }
            return Json.object(
                    "type", Json.of("object"), "properties", properties, "required", Json.strings(arguments));
        }
    }

    /** An earlier call, and its result. */
    record Done(String id, String name, Json.Obj arguments, String result) {}

    static Ask of(String text) {
        return new Ask(text, null, null, List.of(), null, List.of(), null);
    }

    Ask under(String instructions) {
        return new Ask(text, instructions, attachment, tools, schema, done, option);
    }

    Ask seeing(String mediaType, String base64) {
        return new Ask(text, system, new Attachment(mediaType, base64), tools, schema, done, option);
    }

    Ask with(Tool... more) {
        return new Ask(text, system, attachment, List.of(more), schema, done, option);
    }

    Ask answeredBy(Json.Obj other) {
        return new Ask(text, system, attachment, tools, other, done, option);
    }

    Ask after(Done... calls) {
        return new Ask(text, system, attachment, tools, schema, List.of(calls), option);
    }

    Ask by(Option other) {
        return new Ask(text, system, attachment, tools, schema, done, other);
    }
}
