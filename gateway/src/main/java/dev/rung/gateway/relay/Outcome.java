package dev.rung.gateway.relay;

import dev.rung.gateway.http.Refusal;
import dev.rung.gateway.local.LocalRun;
import dev.rung.gateway.local.Step;
import dev.rung.models.egress.RelayReply;
import dev.rung.wire.StreamTranslation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of one attempt. */
sealed interface Outcome {
    /** Something that ends the search: the caller gets it. */
    sealed interface Final extends Outcome {}

    /** A whole answer. */
    record Answered(Map<String, String> headers, WholeBody body) implements Final {}

    /**
     * A stream whose first event with content is there, and is the current one of {@code frames}; whoever takes it closes the reply and the entry.
     *
     * @param held the events before that one
     * @param mark what that one is
     * @param hidesUsage whether the caller must not see events that tell the usage
     * @param translation what the events go through on their way to the caller; null when they pass as they are
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Streaming(
            RelayReply reply,
            Map<String, String> headers,
            byte[] held,
            EventFrames frames,
            StreamReader reader,
            StreamReader.Mark mark,
            boolean hidesUsage,
            Entry entry,
            @Nullable StreamTranslation translation)
            implements Final {
        /** Returns the stream as it goes through {@code translator}, with other header fields. */
        Streaming through(StreamTranslation translator, Map<String, String> fields) {
            return new Streaming(reply, fields, held, frames, reader, mark, false, entry, translator);
        }
    }

    /**
     * A model in this process that has begun to speak; whoever takes it closes the run and the entry.
     *
     * @param first what came first
     */
    record Speaking(Map<String, String> headers, LocalRun run, Step first, LocalAnswer answer, Entry entry)
            implements Final {}

    /** A failure that asking again or elsewhere would not mend, in the upstream's own words. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Told(int status, Map<String, String> headers, byte[] body) implements Final {
        @Override
        public String toString() {
            return "status " + status;
        }
    }

    /**
     * A failure that may pass, or that another deployment may not have.
     *
     * @param floor how long the upstream asked to be left alone, in nanoseconds; 0 for no wish
     * @param words what the caller gets when nothing else comes of it
     */
    record Again(Trouble trouble, long floor, Words words) implements Outcome {}

    /** Another key of the same upstream may do. */
    record OtherKey() implements Outcome {}

    /** What a caller can be told of a failure. */
    sealed interface Words {
        /** The upstream's own reply. */
        record Theirs(Told told) implements Words {}

        /** The gateway's. */
        record Ours(Refusal refusal) implements Words {}
    }
}
