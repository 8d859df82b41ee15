package dev.rung.compat;

import dev.rung.compat.played.PlayedServer.Connection;
import dev.rung.compat.played.Say;
import dev.rung.compat.played.Vendor;
import java.util.List;

/** What a vendor can do wrong. */
enum Fault {
    LIMITED("429 with Retry-After", false),
    STATUS_500("500", false),
    STATUS_529("529", false),
    STALL("a stall before the first byte", false),
    SLOW_LORIS("a head that drips", false),
    CUT_BEFORE("a cut before the head", false),
    CUT_INSIDE("a cut inside of the body", false),
    GARBAGE("garbage", false),
    WRONG_TYPE("a wrong content type", false),
    ERROR_INSIDE_200("an error inside of a 200", false),
    ENDS_EMPTY("an end without a word", false),
    LATER_STALL("a stall between chunks", true),
    LATER_CUT("a cut inside of a chunk", true),
    LATER_END("an end without the last event", true),
    LATER_GARBAGE("garbage between chunks", true),
    LATER_ERROR("an error inside of a stream", true);

    static final String MESSAGE = "played overload";

    private final String title;
    private final boolean later;

    Fault(String title, boolean later) {
        this.title = title;
        this.later = later;
    }

    String title() {
        return title;
    }

    /** Tells whether it comes after the first piece of text, when nobody else can answer any more. */
    boolean later() {
        return later;
    }

    /** Tells whether it must be waited for, so that the streamed call stands for both. */
    boolean waits() {
        return this == STALL || this == SLOW_LORIS;
    }

    void play(Vendor vendor, Say say, boolean streamed, Connection to) throws Exception {
        List<String> events = vendor.events(say);
        int content = vendor.firstContent();
        if (later) {
            to.streamHead();
            for (String event : events.subList(0, content + 1)) {
                to.chunk(event);
            }
        }
        switch (this) {
            case LIMITED -> to.json(429, vendor.error(429, MESSAGE), "Retry-After: 30");
            case STATUS_500 -> to.json(500, vendor.error(500, MESSAGE));
            case STATUS_529 -> to.json(529, vendor.error(529, MESSAGE));
            case STALL, LATER_STALL -> to.awaitEnd();
            case SLOW_LORIS -> {
                to.write("HTTP/1.1 200 OK\r\nX-Slow: ");
                for (int i = 0; i < 200; i++) {
                    Thread.sleep(20);
                    to.write("a");
                }
            }
            case CUT_BEFORE -> to.vanish();
            case CUT_INSIDE -> {
                if (streamed) {
                    to.streamHead();
                    to.write("40\r\n" + events.getFirst().substring(0, 20));
                } else {
                    to.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n"
                            + vendor.whole(say).compact().substring(0, 20));
                }
                to.vanish();
            }
            case GARBAGE -> {
                if (streamed) {
                    to.stream(List.of("data: }{ \u0001 garbage\n\n"));
                } else {
                    to.reply(200, "application/json", "}{ \u0001 garbage");
                }
            }
            case WRONG_TYPE -> to.reply(200, "text/html", "<html>log in to the network</html>");
            case ERROR_INSIDE_200 -> {
                if (streamed) {
                    to.stream(List.of(": wait\n\n", vendor.overloaded(MESSAGE)));
                } else {
                    to.json(200, vendor.error(503, MESSAGE));
                }
            }
            case ENDS_EMPTY -> {
                if (streamed) {
                    to.stream(content == 0 ? List.of() : events.subList(0, 1));
                } else {
                    to.reply(200, "application/json", "");
                }
            }
            case LATER_CUT -> {
                to.write("40\r\n" + events.get(content + 1).substring(0, 20));
                to.vanish();
            }
            case LATER_END -> to.write("0\r\n\r\n");
            case LATER_GARBAGE -> {
                to.chunk("data: }{ \u0001 garbage\n\n");
                to.awaitEnd();
            }
            case LATER_ERROR -> {
                to.chunk(vendor.overloaded(MESSAGE));
                to.awaitEnd();
            }
        }
    }

    /** Returns a word that the caller must be told when it comes later. */
    String word() {
        return switch (this) {
            case LATER_STALL -> "upstream_stalled";
            case LATER_CUT, LATER_END -> "upstream_broke_off";
            case LATER_GARBAGE -> "upstream_invalid";
            case LATER_ERROR -> MESSAGE;
            case LIMITED,
                    STATUS_500,
                    STATUS_529,
                    STALL,
                    SLOW_LORIS,
                    CUT_BEFORE,
                    CUT_INSIDE,
                    GARBAGE,
                    WRONG_TYPE,
                    ERROR_INSIDE_200,
                    ENDS_EMPTY -> throw new IllegalStateException(this + " is not told");
        };
    }
}
