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

    /**
     * A reply in one piece whose bytes are sent as they are.
     *
     * @param headers among them the content type
     * @param error the stable code of the error that it reports, for the log; null for a success
     */
    record Bare(
            int status,
            Map<String, String> headers,
            Bytes body,
            @Nullable String error) implements Reply {
        @Override
        public @Nullable Answered answered() {
            return null;
        }
    }

    /**
     * A reply whose bytes are sent as they come.
     *
     * @param headers among them the content type
     */
    record Flowing(
            int status,
            Map<String, String> headers,
            @Nullable Answered answered,
            Flow flow) implements Reply {}

    /** What writes the bytes of one reply, on the request's thread. */
    @FunctionalInterface
    interface Flow {
        /** Writes everything, and returns the stable code of the error in which it ended, for the log; null for none. Run exactly once. */
        @Nullable
        String run(Outlet outlet);
    }

    /** Where bytes go. */
    @FunctionalInterface
    interface Outlet {
        /** Sends bytes, which are on their way when it returns; a caller that has left, or does not read, is a {@link CallerGone}. */
        void write(byte[] bytes, int from, int length);
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
