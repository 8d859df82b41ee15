package dev.rung.wire.form;

import dev.rung.core.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of an answer that comes as a stream.
 *
 * <p>A legal stream is: {@link Begin}; for each choice parts, each opened by {@link Open}, grown by {@link Delta}s and closed by {@link Close}, and one
 * {@link Finish} after they are closed; then {@link End}. {@link Used} may come at any time and supersedes what came before. {@link Failed} ends a stream at any
 * time. Parts of one choice are numbered from 0 in the order in which they open, and may be open at the same time.
 */
public sealed interface StreamEvent {
    /** The answer begins. */
    record Begin(String id, String model, @Nullable Long created) implements StreamEvent {}

    /** A part begins: without its text or its arguments, which follow. */
    record Open(int choice, int part, Part start) implements StreamEvent {}

    /** A part grows: text, readable reasoning, the words of a refusal, or the arguments of a tool call. */
    record Delta(int choice, int part, String text) implements StreamEvent {}

    /** The seal of a part of reasoning is complete. */
    record Sealed(int choice, int part, Seal seal) implements StreamEvent {}

    /** A part of text has a citation. */
    record Cited(int choice, int part, Citation citation) implements StreamEvent {}

    /** The scores of the tokens that the last delta brought. */
    record Scored(int choice, int part, List<TokenScore> scores) implements StreamEvent {
        public Scored {
            scores = List.copyOf(scores);
        }
    }

    /** A part is complete. */
    record Close(int choice, int part) implements StreamEvent {}

    /** A choice is complete. */
    record Finish(int choice, Stop stop) implements StreamEvent {}

    /** What was used until now. */
    record Used(Usage usage) implements StreamEvent {}

    /** The stream is complete. */
    record End() implements StreamEvent {}

    /** The stream has failed. */
    record Failed(ApiError error) implements StreamEvent {}

    /** An event that the reader does not know, as it was: it is passed on within the dialect only. */
    record Unread(Dialect dialect, String type, Json source) implements StreamEvent {}

    /** Tells whether a server that sent this has begun to answer, so that another can no longer answer in its place. */
    default boolean isContent() {
        return switch (this) {
            case Open o -> true;
            case Delta d -> true;
            case Sealed s -> true;
            case Cited c -> true;
            case Scored s -> true;
            case Close c -> true;
            case Finish f -> true;
            case End e -> true;
            case Begin b -> false;
            case Used u -> false;
            case Failed f -> false;
            case Unread u -> false;
        };
    }
}
