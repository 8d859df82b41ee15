package dev.rung.intake.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** Finds out what separates a file's fields: the candidate under which the header names known columns and all rows are as wide as the header. */
final class Delimiter {
    private static final char[] CANDIDATES = {',', ';', '\t', '|'};
    private static final int SAMPLE = 1 << 16;

    private Delimiter() {}

    static char of(TextFile file, Columns columns) {
        if (file.name().toLowerCase(Locale.ROOT).endsWith(".tsv")) {
            return '\t';
        }
        char[] buffer = new char[SAMPLE];
        int length = 0;
        boolean whole = false;
        try (BufferedReader reader = file.open()) {
            for (int count = 0; count >= 0 && length < SAMPLE; count = reader.read(buffer, length, SAMPLE - length)) {
                length += count;
            }
            whole = length < SAMPLE;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.name(), e);
        }
        String sample = new String(buffer, 0, length);
        char best = CANDIDATES[0];
        double bestScore = 0;
        for (char candidate : CANDIDATES) {
            double score = score(DelimitedRows.sample(sample, candidate), whole, columns);
            if (score > bestScore) {
                bestScore = score;
                best = candidate;
            }
        }
        return best;
    }

    // Known names weigh most; then the share of rows as wide as the header. A cut last row says nothing.
    private static double score(List<List<String>> records, boolean whole, Columns columns) {
        if (records.isEmpty() || records.getFirst().size() < 2) {
            return 0;
        }
        List<String> header = records.getFirst().stream().map(String::strip).toList();
        List<List<String>> rows = records.subList(1, Math.max(1, whole ? records.size() : records.size() - 1));
        long fitting = rows.stream().filter(row -> row.size() == header.size()).count();
        double share = rows.isEmpty() ? 1 : (double) fitting / rows.size();
        return 10 * ColumnChoice.recognised(header, columns) + share;
    }
}
