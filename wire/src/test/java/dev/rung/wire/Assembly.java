package dev.rung.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.wire.form.ApiError;
import dev.rung.wire.form.Choice;
import dev.rung.wire.form.Citation;
import dev.rung.wire.form.Part;
import dev.rung.wire.form.Seal;
import dev.rung.wire.form.Stop;
import dev.rung.wire.form.StreamEvent;
import dev.rung.wire.form.TokenScore;
import dev.rung.wire.form.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts a stream together again, and checks at each step that the stream is a legal one. */
final class Assembly {
    private final Map<Integer, Growing> choices = new TreeMap<>();
    private boolean begun;
    private boolean ended;
    private Usage usage = Usage.UNKNOWN;
    private @Nullable ApiError failure;
    private final List<StreamEvent.Unread> unread = new ArrayList<>();

    private static final class Growing {
        final List<Piece> parts = new ArrayList<>();
        final List<TokenScore> scores = new ArrayList<>();

        @Nullable
        Stop stop;
    }

    private static final class Piece {
        final Part start;
        final StringBuilder text = new StringBuilder();
        final List<Citation> citations = new ArrayList<>();

        @Nullable
        Seal seal;

        boolean closed;

        Piece(Part start) {
            this.start = start;
        }
    }

    void step(StreamEvent event) {
        assertThat(ended).as("nothing follows the end: %s", event).isFalse();
        assertThat(failure).as("nothing follows a failure: %s", event).isNull();
        switch (event) {
            case StreamEvent.Begin begin -> {
                assertThat(begun).as("begins once").isFalse();
                begun = true;
            }
            case StreamEvent.Open open -> {
                assertThat(begun).isTrue();
                Growing choice = choices.computeIfAbsent(open.choice(), c -> new Growing());
                assertThat(choice.stop).as("no part after the finish").isNull();
                assertThat(open.part()).as("parts are numbered in order").isEqualTo(choice.parts.size());
                choice.parts.add(new Piece(open.start()));
            }
            case StreamEvent.Delta delta ->
                piece(delta.choice(), delta.part()).text.append(delta.text());
            case StreamEvent.Sealed sealed -> piece(sealed.choice(), sealed.part()).seal = sealed.seal();
            case StreamEvent.Cited cited ->
                piece(cited.choice(), cited.part()).citations.add(cited.citation());
            case StreamEvent.Scored scored ->
                choices.computeIfAbsent(scored.choice(), c -> new Growing())
                        .scores
                        .addAll(scored.scores());
            case StreamEvent.Close close -> piece(close.choice(), close.part()).closed = true;
            case StreamEvent.Finish finish -> {
                Growing choice = choices.computeIfAbsent(finish.choice(), c -> new Growing());
                assertThat(choice.stop).as("exactly one finish").isNull();
                assertThat(choice.parts).allMatch(piece -> piece.closed);
                choice.stop = finish.stop();
            }
            case StreamEvent.Used used -> usage = used.usage();
            case StreamEvent.End end -> {
                assertThat(choices.values()).allMatch(choice -> choice.stop != null);
                ended = true;
            }
            case StreamEvent.Failed failed -> failure = failed.error();
            case StreamEvent.Unread other -> unread.add(other);
        }
    }

    private Piece piece(int choice, int part) {
        Piece piece = choices.computeIfAbsent(choice, c -> new Growing()).parts.get(part);
        assertThat(piece.closed).as("nothing grows after its end").isFalse();
        return piece;
    }

    boolean ended() {
        return ended;
    }

    Usage usage() {
        return usage;
    }

    @Nullable
    ApiError failure() {
        return failure;
    }

    List<StreamEvent.Unread> unread() {
        return unread;
    }

    List<Choice> choices() {
        List<Choice> whole = new ArrayList<>();
        choices.forEach((index, choice) -> {
            List<Part> parts = new ArrayList<>();
            for (Piece piece : choice.parts) {
                parts.add(whole(piece));
            }
            Stop stop = choice.stop == null ? Stop.of(Stop.Reason.OTHER, "") : choice.stop;
            whole.add(new Choice(index, parts, stop, choice.scores));
        });
        return whole;
    }

    private static Part whole(Piece piece) {
        String text = piece.text.toString();
        return switch (piece.start) {
            case Part.Text start -> new Part.Text(text, piece.citations, null, start.place());
            case Part.Reasoning start -> new Part.Reasoning(text, piece.seal, start.place());
            case Part.Refusal start -> new Part.Refusal(text, start.place());
            case Part.ToolCall start ->
                new Part.ToolCall(start.id(), start.name(), text, start.seal(), null, start.place());
            case Part.Opaque start -> start;
            case Part.Attachment start -> start;
            case Part.ToolResult start -> start;
        };
    }
}
