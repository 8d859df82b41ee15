package dev.rung.wire.form;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts the parts of a stream one after the other, for dialects in which the next part begins when the last has ended.
 *
 * <p>Parallel calls may be open at the same time. A call whose arguments are a complete JSON value is closed when another part opens; otherwise the other waits. Only
 * the first choice passes. Not thread-safe.
 */
public final class Sequencer {
    private static final int NONE = -1;

    private final Map<Integer, List<StreamEvent>> waiting = new LinkedHashMap<>();
    private final Set<Integer> closed = new HashSet<>();
    private int current = NONE;
    private boolean isCall;
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean complete;

    /** Takes one event and hands on what is now in order. */
    public void accept(StreamEvent event, Consumer<StreamEvent> sink) {
        switch (event) {
            case StreamEvent.Open open -> part(open.choice(), open.part(), open, sink);
            case StreamEvent.Delta delta -> part(delta.choice(), delta.part(), delta, sink);
            case StreamEvent.Sealed sealed -> part(sealed.choice(), sealed.part(), sealed, sink);
            case StreamEvent.Cited cited -> part(cited.choice(), cited.part(), cited, sink);
            case StreamEvent.Scored scored -> part(scored.choice(), scored.part(), scored, sink);
            case StreamEvent.Close close -> part(close.choice(), close.part(), close, sink);
            case StreamEvent.Finish finish -> {
                if (finish.choice() == 0) {
                    sink.accept(finish);
                }
            }
            case StreamEvent.Begin begin -> sink.accept(begin);
            case StreamEvent.Used used -> sink.accept(used);
            case StreamEvent.End end -> sink.accept(end);
            case StreamEvent.Failed failed -> sink.accept(failed);
            case StreamEvent.Unread unread -> sink.accept(unread);
        }
    }

    private void part(int choice, int part, StreamEvent event, Consumer<StreamEvent> sink) {
        if (choice != 0 || closed.contains(part)) {
            return;
        }
        if (event instanceof StreamEvent.Open && current != NONE && isCall && complete) {
            int last = current;
            pass(last, new StreamEvent.Close(0, last), sink);
        }
        if (current == NONE || current == part) {
            pass(part, event, sink);
        } else {
            waiting.computeIfAbsent(part, p -> new ArrayList<>()).add(event);
        }
    }

    private void pass(int part, StreamEvent event, Consumer<StreamEvent> sink) {
        sink.accept(event);
        switch (event) {
            case StreamEvent.Open open -> {
                current = part;
                isCall = open.start() instanceof Part.ToolCall;
                depth = 0;
                inString = false;
                escaped = false;
                complete = false;
            }
            case StreamEvent.Delta delta -> {
                if (isCall) {
                    scan(delta.text());
                }
            }
            case StreamEvent.Close close -> {
                closed.add(part);
                current = NONE;
                next(sink);
            }
            default -> {}
        }
    }

    private void next(Consumer<StreamEvent> sink) {
        Map.Entry<Integer, List<StreamEvent>> first =
                waiting.entrySet().stream().findFirst().orElse(null);
        if (first != null) {
            waiting.remove(first.getKey());
            for (StreamEvent event : first.getValue()) {
                pass(first.getKey(), event, sink);
            }
        }
    }

    /** Follows the braces of an object: it is complete with the one that closes the first. */
    private void scan(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (inString) {
                if (escaped) {
                    escaped = false;
                } else if (c == '\\') {
                    escaped = true;
                } else if (c == '"') {
                    inString = false;
                }
            } else if (c == '"') {
                inString = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
                complete |= depth == 0;
            }
        }
    }
}
