package dev.rung.intake.examples;

import dev.rung.core.RungException;
import dev.rung.core.data.ExampleId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * What reading example files brought up: rows that cannot be used, and things a user should know.
 *
 * <p>Keeps the first {@value #KEPT} bad rows and counts all. Not thread-safe.
 */
public final class ReadingNotes {
    private static final int KEPT = 10_000;
    private static final int SHOWN = 10;
    private static final int LONGEST = 200;

    private final List<BadRow> badRows = new ArrayList<>();
    private final SequencedSet<String> notices = new LinkedHashSet<>();
    private long badRowCount;

    /**
     * A row that cannot be used, and why.
     *
     * @param text its input or its line, cut after {@value #LONGEST} characters; empty where it cannot be told
     */
    public record BadRow(ExampleId id, String message, String text) {}

    /**
     * Notes that the row at {@code id} cannot be used.
     *
     * @param text its input or its line, as far as that can be read
     */
    public void badRow(ExampleId id, String message, String text) {
        badRowCount++;
        if (badRows.size() < KEPT) {
            badRows.add(new BadRow(id, message, text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text));
        }
    }

    /** Notes something that a user should know and that stops nothing; the same text is kept once. */
    public void notice(String text) {
        notices.add(text);
    }

    /** Returns the first bad rows, in the order in which they were found. */
    public List<BadRow> badRows() {
        return Collections.unmodifiableList(badRows);
    }

    public long badRowCount() {
        return badRowCount;
    }

    public SequencedSet<String> notices() {
        return Collections.unmodifiableSequencedSet(notices);
    }

    /** Throws a {@link RungException.WrongInput} that lists the first bad rows, those with one message as one, if there are any. */
    public void refuseBadRows() {
        if (badRowCount == 0) {
            return;
        }
        SequencedMap<String, List<BadRow>> byMessage = new LinkedHashMap<>();
        for (BadRow row : badRows) {
            byMessage
                    .computeIfAbsent(row.message(), message -> new ArrayList<>())
                    .add(row);
        }
        StringBuilder text = new StringBuilder();
        byMessage.sequencedValues().stream().limit(SHOWN).forEach(same -> {
            text.append(text.isEmpty() ? "" : "\n")
                    .append(same.getFirst().id())
                    .append(": ")
                    .append(same.getFirst().message());
            text.append(same.size() > 1 ? " (" + same.size() + " rows)" : "");
        });
        if (byMessage.size() > SHOWN || badRowCount > badRows.size()) {
            text.append("\n… ").append(badRowCount).append(" rows in all cannot be used");
        }
        text.append("\n`rung check` lists every row that cannot be used, in a file to mend them by");
        throw new RungException.WrongInput(text.toString());
    }
}
