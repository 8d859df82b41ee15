package dev.rung.wire.form;

import dev.rung.core.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One part of a turn, in order. */
public sealed interface Part {
    Place place();

    /** Words. */
    record Text(
            String text, List<Citation> citations, @Nullable Cache cache, Place place) implements Part {
        public Text {
            citations = List.copyOf(citations);
        }

        public Text(String text, Place place) {
            this(text, List.of(), null, place);
        }
    }

    /** What an {@link Attachment} shows. */
    enum Kind {
        IMAGE,
        DOCUMENT,
        AUDIO,
        VIDEO
    }

    /**
     * An image, a document, a sound or a film.
     *
     * @param name of the file or the document, or null
     * @param detail how closely to look, as OpenAI says it, or null
     * @param context what the caller says about a document, or null
     * @param cited whether the answer is to cite a document
     */
    record Attachment(
            Kind kind,
            Media media,
            @Nullable String name,
            @Nullable String detail,
            @Nullable String context,
            boolean cited,
            @Nullable Cache cache,
            Place place)
            implements Part {
        public Attachment(Kind kind, Media media, Place place) {
            this(kind, media, null, null, null, false, null, place);
        }
    }

    /**
     * A call of a tool that the caller runs.
     *
     * @param arguments a JSON text, as the model wrote it; never empty
     */
    record ToolCall(
            String id,
            String name,
            String arguments,
            @Nullable Seal seal,
            @Nullable Cache cache,
            Place place) implements Part {
        public ToolCall {
            arguments = arguments.isBlank() ? "{}" : arguments;
        }
    }

    /**
     * What a tool gave.
     *
     * @param name of the tool, or null where the dialect names only the call
     */
    record ToolResult(
            String callId,
            @Nullable String name,
            List<Part> content,
            boolean failed,
            @Nullable Cache cache,
            Place place)
            implements Part {
        public ToolResult {
            content = List.copyOf(content);
        }
    }

    /**
     * Reasoning before an answer.
     *
     * @param text what may be read of it: all, a summary, or nothing
     * @param seal what its vendor wants back, or null
     */
    record Reasoning(String text, @Nullable Seal seal, Place place) implements Part {}

    /** Words by which the model declines. */
    record Refusal(String text, Place place) implements Part {}

    /**
     * A part that only its own dialect can express, such as a search that the vendor ran.
     *
     * @param kind what the dialect calls it
     */
    record Opaque(Dialect dialect, String kind, Json.Obj source, Place place) implements Part {}
}
