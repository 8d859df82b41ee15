package dev.rung.intake.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds sealed rows most of whose words lie in runs of {@value #LENGTH} words or more that a row to learn from has, too: passages quoted, sentences with another opening.
 *
 * <p>At least {@value #COVERED} of a row's words must lie in such runs (the measure of Touvron et al. 2023, "Llama 2", appendix A.6, for texts as short as messages). One shared run alone says little there: on Banking77, a tenth of the official test rows
 * share eight words in a row with some training row ("i still have not received my new card"), by chance of the subject. A row of fewer words has no run; its whole text is compared
 * instead, and so are texts in scripts without spaces. Stateless.
 */
final class WordRuns {
    static final int LENGTH = 8;
    static final double COVERED = 0.8;

    private final FirstRows numbers = new FirstRows();
    private final IntList learnedFrom = new IntList(); // by run: the row to learn from that has it, plus 1

    private WordRuns() {}

    /** Returns the matches among {@code open}, sealed rows. */
    static List<Contamination.Match> matches(SplitRows rows, BitSet open) {
        WordRuns runs = new WordRuns();
        open.stream().forEach(row -> {
            for (long run : runs(rows.input(row))) {
                if (runs.numbers.putIfAbsent(run, runs.learnedFrom.size()) < 0) {
                    runs.learnedFrom.add(0);
                }
            }
        });
        if (runs.learnedFrom.size() == 0) {
            return List.of();
        }
        for (int row = 0; row < rows.size(); row++) {
            if (rows.labelled(row) && !Contamination.isSealed(rows, row)) {
                runs.learn(row, rows.input(row));
            }
        }
        List<Contamination.Match> matches = new ArrayList<>();
        open.stream().forEach(row -> {
            int other = runs.covering(rows.input(row));
            if (other >= 0) {
                matches.add(new Contamination.Match(row, Contamination.Kind.SHARED_WORDS, other));
            }
        });
        return matches;
    }

    private void learn(int row, String text) {
        for (long run : runs(text)) {
            int number = numbers.get(run);
            if (number >= 0 && learnedFrom.get(number) == 0) {
                learnedFrom.set(number, row + 1);
            }
        }
    }

    /** Returns a row that has one of the runs that cover the text, or -1 when they do not. */
    private int covering(String text) {
        long[] runs = runs(text);
        boolean[] covered = new boolean[runs.length + LENGTH - 1];
        int other = -1;
        for (int start = 0; start < runs.length; start++) {
            int number = numbers.get(runs[start]);
            int row = number < 0 ? -1 : learnedFrom.get(number) - 1;
            if (row >= 0) {
                other = other < 0 ? row : other;
                Arrays.fill(covered, start, start + LENGTH, true);
            }
        }
        int words = 0;
        for (boolean word : covered) {
            words += word ? 1 : 0;
        }
        return words >= COVERED * covered.length ? other : -1;
    }

    /** Returns the hash of each run of words, in order; none for a text of fewer. */
    private static long[] runs(String text) {
        String[] words = NormalText.of(text).split(" ");
        if (words.length < LENGTH) {
            return new long[0];
        }
        long[] runs = new long[words.length - LENGTH + 1];
        for (int start = 0; start < runs.length; start++) {
            long hash = 0;
            for (int i = start; i < start + LENGTH; i++) {
                hash = MinHash.mix64(31 * hash + words[i].hashCode());
            }
            runs[start] = hash;
        }
        return runs;
    }
}
