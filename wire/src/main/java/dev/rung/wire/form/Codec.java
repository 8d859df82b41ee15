package dev.rung.wire.form;

import dev.rung.core.json.Json;
import org.jspecify.annotations.Nullable;

/** One dialect: its readers and its writers. Immutable and thread-safe. */
public interface Codec {
    Dialect dialect();

    /**
     * Reads a request. What the dialect does not allow is {@link Malformed}.
     *
     * @param model where the path names it and not the body, as Gemini's does; or else null
     * @param stream whether the path asks for a stream; the body may do so as well
     */
    Conversation read(Json.Obj body, @Nullable String model, boolean stream);

    /** Writes a request; one that was read in this dialect comes out as it was written, but for the model and for what a stream needs. A setting of the wrong type is {@link Malformed}. */
    Written write(Conversation conversation, Target target);

    /** Reads a whole reply. What the dialect does not allow is {@link Malformed}. */
    Reply readReply(Json.Obj body);

    /** Writes a whole reply; one that was read in this dialect comes out as it was written, but for the model's name. */
    Written writeReply(Reply reply, Asked asked);

    StreamReader streamReader();

    StreamWriter streamWriter(Asked asked);

    /** Reads what a server said when it did not answer; {@code body} is null when it was no JSON object. */
    ApiError readError(int status, Json.@Nullable Obj body);

    ErrorReply writeError(ApiError error);

    /** Reads what a reply, or an event of a stream, says of usage; {@code usage} is the dialect's usage object. */
    Usage readUsage(Json.Obj usage);
}
