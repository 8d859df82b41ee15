package dev.rung.intake.audit;

import java.util.ArrayList;
import java.util.List;

/** Rows that share a finding: all counted, the first {@value Finding#MOST_ROWS} kept. Not thread-safe. */
final class Flags {
    private final AuditedRows rows;
    private final List<Finding.Flag> kept = new ArrayList<>();
    private long count;
    private boolean sealed;

    Flags(AuditedRows rows) {
        this.rows = rows;
    }

    void add(int row, String suggestion) {
        count++;
        sealed |= rows.isSealed(row);
        if (kept.size() < Finding.MOST_ROWS) {
            kept.add(rows.flag(row, suggestion));
        }
    }

    long count() {
        return count;
    }

    /** Tells whether one of the rows is sealed. */
    boolean touchSealed() {
        return sealed;
    }

    /** Adds the finding to {@code findings} if there is a row; {@code sentence} has a place for their number. */
    void into(List<Finding> findings, String kind, Severity severity, String sentence) {
        if (count > 0) {
            findings.add(finding(kind, severity, sentence.formatted(count)));
        }
    }

    Finding finding(String kind, Severity severity, String sentence) {
        return new Finding(kind, severity, count, sentence, kept);
    }
}
