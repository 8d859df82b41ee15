package dev.rung.wire.gemini;

import dev.rung.core.json.Json;
import dev.rung.wire.form.Citation;
import dev.rung.wire.form.Fields;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Place;
import dev.rung.wire.form.Stop;
import dev.rung.wire.form.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One candidate of a stream as it grows: texts and thoughts come in pieces, calls whole. */
final class Candidate {
    private static final Place PLACE = Place.BODY;

    private final int choice;
    private final PartReader reader;
    private final StringBuilder answer = new StringBuilder();
    private int parts;

    /** The text or the reasoning that grows, or -1. */
    private int growing = -1;

    private boolean reasoning;
    private boolean called;
    private boolean finished;

    Candidate(int choice, String reply) {
        this.choice = choice;
        this.reader = new PartReader(reply);
    }

    boolean finished() {
        return finished;
    }

    void read(Json.Obj source, Consumer<StreamEvent> sink) {
        if (finished) {
            return;
        }
        if (source.get("content") instanceof Json.Obj content
                && content.get("parts") instanceof Json.Arr(List<Json> items)) {
            for (Json item : items) {
                List<Part> read = new ArrayList<>(2);
                reader.read(Fields.of(item, PLACE, new ArrayList<>(0)), read);
                boolean thought =
                        item instanceof Json.Obj object && Json.of(true).equals(object.get("thought"));
                read.forEach(part -> part(part, thought, sink));
            }
        }
        if (source.get("logprobsResult") instanceof Json.Obj scores && growing >= 0) {
            sink.accept(new StreamEvent.Scored(choice, growing, Scores.read(scores)));
        }
        if (source.get("groundingMetadata") instanceof Json.Obj grounding && growing >= 0 && !reasoning) {
            for (Citation citation : Grounding.read(grounding, answer.toString())) {
                sink.accept(new StreamEvent.Cited(choice, growing, citation));
            }
        }
        if (source.get("finishReason") instanceof Json.Str(String reason)
                && !reason.equals("FINISH_REASON_UNSPECIFIED")) {
            finish(FinishReasons.read(reason, called), sink);
        }
    }

    /** Reads a part; a signature belongs to the thought before it only when it comes as a {@code thought} itself. */
    private void part(Part part, boolean thoughtful, Consumer<StreamEvent> sink) {
        switch (part) {
            case Part.Text text -> {
                if (!text.text().isEmpty()) {
                    answer.append(text.text());
                    grow(false, text.text(), sink);
                }
            }
            case Part.Reasoning thought -> {
                if (!thought.text().isEmpty()) {
                    grow(true, thought.text(), sink);
                }
                if (thought.seal() != null) {
                    if (growing < 0 || !reasoning || !thoughtful) {
                        open(true, sink);
                    }
                    sink.accept(new StreamEvent.Sealed(choice, growing, thought.seal()));
                    close(sink);
                }
            }
            case Part.ToolCall call -> {
                called = true;
                close(sink);
                int index = parts++;
                sink.accept(new StreamEvent.Open(choice, index, call));
                sink.accept(new StreamEvent.Delta(choice, index, call.arguments()));
                sink.accept(new StreamEvent.Close(choice, index));
            }
            case Part.Attachment other -> whole(other, sink);
            case Part.ToolResult other -> whole(other, sink);
            case Part.Refusal other -> whole(other, sink);
            case Part.Opaque other -> whole(other, sink);
        }
    }

    private void whole(Part part, Consumer<StreamEvent> sink) {
        close(sink);
        int index = parts++;
        sink.accept(new StreamEvent.Open(choice, index, part));
        sink.accept(new StreamEvent.Close(choice, index));
    }

    private void grow(boolean thought, String text, Consumer<StreamEvent> sink) {
        if (growing < 0 || reasoning != thought) {
            open(thought, sink);
        }
        sink.accept(new StreamEvent.Delta(choice, growing, text));
    }

    private void open(boolean thought, Consumer<StreamEvent> sink) {
        close(sink);
        reasoning = thought;
        growing = parts++;
        Part start = thought ? new Part.Reasoning("", null, PLACE) : new Part.Text("", PLACE);
        sink.accept(new StreamEvent.Open(choice, growing, start));
    }

    private void close(Consumer<StreamEvent> sink) {
        if (growing >= 0) {
            sink.accept(new StreamEvent.Close(choice, growing));
            growing = -1;
        }
    }

    void finish(Stop stop, Consumer<StreamEvent> sink) {
        finished = true;
        close(sink);
        sink.accept(new StreamEvent.Finish(choice, stop));
    }
}
