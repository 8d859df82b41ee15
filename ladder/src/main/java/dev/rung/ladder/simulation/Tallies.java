package dev.rung.ladder.simulation;

import dev.rung.core.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What worlds have counted so far, kept in a file, so that a run that was stopped goes on where it was and one with more worlds runs only those that are missing.
 *
 * <p>Counts belong to the code that made them: a file of other code is started afresh. One line an entry; of one experiment the last line counts. Thread-safe.
 */
public final class Tallies {
    private static final String END = "\t.";

    private final @Nullable Path file;
    private final Map<String, Counted> kept = new HashMap<>();

    private Tallies(@Nullable Path file) {
        this.file = file;
    }

    /** Returns tallies that are forgotten with this object. */
    public static Tallies forgotten() {
        return new Tallies(null);
    }

    /**
     * Opens a file, or starts one.
     *
     * @param code names the code that counts
     * @throws UncheckedIOException when it cannot be read or written
     */
    public static Tallies in(Path file, Sha256 code) {
        Tallies tallies = new Tallies(file);
        try {
            if (Files.exists(file)) {
                String text = Files.readString(file);
                List<String> lines = text.lines().toList();
                if (!lines.isEmpty() && lines.getFirst().equals(code.hex())) {
                    lines.subList(1, lines.size()).forEach(tallies::read);
                    if (!text.endsWith("\n")) {
                        Files.writeString(file, "\n", StandardOpenOption.APPEND);
                    }
                    return tallies;
                }
            }
            Files.writeString(file, code.hex() + "\n");
            return tallies;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep counts in " + file, e);
        }
    }

    /** What the first so many worlds of an experiment counted. */
    record Counted(int worlds, List<Long> sums) {
        Counted {
            sums = List.copyOf(sums);
        }

        static Counted nothing(int counters) {
            return new Counted(0, Collections.nCopies(counters, 0L));
        }

        /** Returns what so many worlds in all have counted, with those that counted {@code more}. */
        Counted and(int all, long[] more) {
            List<Long> together = new ArrayList<>();
            for (int i = 0; i < more.length; i++) {
                together.add(sums.get(i) + more[i]);
            }
            return new Counted(all, together);
        }
    }

    /** Returns what is kept of an experiment's first worlds, at most {@code most} of them; none where nothing fits. */
    synchronized Counted of(String experiment, int most, int counters) {
        Counted counted = kept.get(experiment);
        return counted == null || counted.worlds() > most || counted.sums().size() != counters
                ? Counted.nothing(counters)
                : counted;
    }

    /** Keeps what an experiment's first worlds counted. */
    synchronized void keep(String experiment, Counted counted) {
        if (file == null) {
            return;
        }
        kept.put(experiment, counted);
        StringBuilder line = new StringBuilder(experiment).append('\t').append(counted.worlds());
        for (long sum : counted.sums()) {
            line.append('\t').append(sum);
        }
        try {
            Files.writeString(file, line.append(END).append('\n'), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep counts in " + file, e);
        }
    }

    // A line that a kill cut short has no end.
    private void read(String line) {
        if (line.endsWith(END)) {
            String[] parts = line.substring(0, line.length() - END.length()).split("\t", -1);
            List<Long> sums = Arrays.stream(parts).skip(2).map(Long::valueOf).toList();
            kept.put(parts[0], new Counted(Integer.parseInt(parts[1]), sums));
        }
    }
}
