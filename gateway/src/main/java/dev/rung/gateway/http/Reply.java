package dev.rung.gateway.http;

import dev.rung.gateway.log.Answered;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes back to a caller. */
public sealed interface Reply {
    int status();

    Map<String, String> headers();

    /** Returns the question and answer behind the reply, for the log; null when no release was asked. */
    @Nullable
    Answered answered();

    /**
     * A reply that is sent in one piece.
     *
     * @param json the body; empty for none
     * @param error the stable code of the error that it reports, for the log; null for a success
     */
    record Whole(
            int status,
            Map<String, String> headers,
            String json,
            @Nullable Answered answered,
            @Nullable String error) implements Reply {
        public Whole {
            headers = Map.copyOf(headers);
        }

        public static Whole ok(String json) {
            return new Whole(200, Map.of(), json, null, null);
        }
    }

    /** A stream of server-sent events (WHATWG HTML, section 9.2), each on its way as soon as it is written. */
    record Events(Map<String, String> headers, @Nullable Answered answered, Script script) implements Reply {
        public Events {
            headers = Map.copyOf(headers);
        }

        @Override
        public int status() {
            return 200;
        }
    }

    /** What writes the events of one reply, on the request's thread. */
    @FunctionalInterface
    interface Script {
        void play(EventSink sink);
    }

    /** Where events go. */
    @FunctionalInterface
    interface EventSink {
        /** Sends one event with {@code data}, which has no line break; a caller that has left is a {@link CallerGone}. */
        void event(String data);
    }
}
