package dev.rung.intake.split;

import dev.rung.core.data.Split;
import dev.rung.core.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sealed rows that say what rows say that candidates learn from, or are chosen on: whoever has seen those has seen these.
 *
 * <p>A contaminated row is set aside: it certifies nothing, and the certificate counts it. Where more than {@value #MOST} of the sealed rows are contaminated the split itself is in doubt, and nothing is certified
 * until it is mended, or the task waives this in writing (docs/decisions/0010-contamination.md); then no row is set aside, and the certificate carries the waiver.
 *
 * @param sealed labelled sealed rows in all
 * @param matches one for each contaminated row
 * @param waiver why contamination is put up with; null where it is not
 */
public record Contamination(
        int sealed, List<Match> matches, @Nullable String waiver) {
    /** The largest share of contaminated rows with which the others may still certify. */
    public static final double MOST = 0.10;

    public Contamination {
        matches = List.copyOf(matches);
    }

    /** How a sealed row was recognised. */
    public enum Kind {
        /** The same normal text ({@link NormalText}). */
        SAME_TEXT,
        /** Nearly the same normal text ({@link NearDuplicates}). */
        NEARLY_SAME_TEXT,
        /** Most of its words lie in runs of words that the other rows have too ({@link WordRuns}). */
        SHARED_WORDS;

        /** Returns the name that files use. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A contaminated row.
     *
     * @param row its number
     * @param other the number of a row that says the same, or part of it, and is not sealed
     */
    public record Match(int row, Kind kind, int other) {}

    /** Compares the labelled sealed rows among {@code rows} with the other labelled ones. */
    public static Contamination of(SplitRows rows, @Nullable String waiver) {
        int sealed = 0;
        int[] other = new int[rows.size()];
        Arrays.fill(other, -1);
        rows.clusters().ties((row, earlier) -> {
            tie(rows, other, row, earlier);
            tie(rows, other, earlier, row);
        });
        BitSet open = new BitSet();
        List<Match> matches = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            if (!isSealed(rows, row)) {
                continue;
            }
            sealed++;
            int with = other[row] >= 0 ? other[row] : other[rows.first(row)];
            if (with < 0) {
                open.set(row);
            } else {
                boolean same = rows.first(with) == rows.first(row);
                matches.add(new Match(row, same ? Kind.SAME_TEXT : Kind.NEARLY_SAME_TEXT, with));
            }
        }
        matches.addAll(WordRuns.matches(rows, open));
        return new Contamination(sealed, matches, waiver);
    }

    private static void tie(SplitRows rows, int[] other, int row, int with) {
        boolean learned = rows.labelled(with) && rows.split(with) != Split.SEALED;
        if (learned && rows.split(row) == Split.SEALED && (other[row] < 0 || rows.first(with) == rows.first(row))) {
            other[row] = with;
        }
    }

    static boolean isSealed(SplitRows rows, int row) {
        return rows.labelled(row) && rows.split(row) == Split.SEALED;
    }

    /** Returns the share of sealed rows that are contaminated, from 0 to 1. */
    public double share() {
        return sealed == 0 ? 0 : (double) matches.size() / sealed;
    }

    /** Tells whether nothing may be certified on these rows. */
    public boolean blocks() {
        return waiver == null && share() > MOST;
    }

    /** Returns the rows that certify nothing. */
    public BitSet setAside() {
        BitSet rows = new BitSet();
        if (waiver == null) {
            matches.forEach(match -> rows.set(match.row()));
        }
        return rows;
    }

    /** Returns how many rows were recognised in which way. */
    public Map<Kind, Integer> counts() {
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        matches.forEach(match -> counts.merge(match.kind(), 1, Integer::sum));
        return counts;
    }

    /** Says what was found and what came of it; empty where nothing was. */
    public String sentence() {
        if (matches.isEmpty()) {
            return "";
        }
        String found =
                "%,d of %,d sealed rows (%.1f %%) say what rows say that candidates learn from: %,d the same, %,d nearly, %,d most of it"
                        .formatted(
                                matches.size(),
                                sealed,
                                100 * share(),
                                counts().getOrDefault(Kind.SAME_TEXT, 0),
                                counts().getOrDefault(Kind.NEARLY_SAME_TEXT, 0),
                                counts().getOrDefault(Kind.SHARED_WORDS, 0));
        if (waiver != null) {
            return found + "; they certify all the same, because the task waives it: " + waiver;
        }
        return found
                + (blocks()
                        ? "; that is more than %.0f %%, so nothing can be certified on these files"
                                .formatted(100 * MOST)
                        : "; they are set aside and certify nothing");
    }

    /** Returns what a certificate says of it. */
    public Json.Obj toJson() {
        Json.Obj found = Json.object();
        for (Kind kind : Kind.values()) {
            found = found.with(kind.key(), Json.of(counts().getOrDefault(kind, 0)));
        }
        return Json.object(
                        "sealed", Json.of(sealed),
                        "contaminated", Json.of(matches.size()),
                        "found", found,
                        "set_aside", Json.of(setAside().cardinality()))
                .with("most_share", Json.of(MOST))
                .with("waiver", waiver == null ? Json.Nil.NULL : Json.of(waiver));
    }
}
