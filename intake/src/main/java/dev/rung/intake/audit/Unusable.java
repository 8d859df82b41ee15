package dev.rung.intake.audit;

import dev.rung.intake.examples.ReadingNotes;
import dev.rung.intake.split.SplitRows;
import java.util.ArrayList;
import java.util.List;

/** Rows that cannot be used as they stand: broken ones, ones that miss the task's contract, ones without an expected output. */
final class Unusable {
    private Unusable() {}

    static List<Finding> find(SplitRows rows, ReadingNotes notes) {
        List<Finding> findings = new ArrayList<>();
        if (notes.badRowCount() > 0) {
            List<Finding.Flag> flags = new ArrayList<>();
            for (ReadingNotes.BadRow row : notes.badRows()) {
                flags.add(new Finding.Flag(row.id(), null, "", row.message(), row.text()));
            }
            findings.add(new Finding(
                    "unusable-rows",
                    Severity.PROBLEM,
                    notes.badRowCount(),
                    "rows that cannot be used: %,d; a climb refuses the examples until they are mended or taken out"
                            .formatted(notes.badRowCount()),
                    flags));
        }
        AuditedRows every = new AuditedRows(rows, true);
        Flags missing = new Flags(every);
        for (int row = 0; row < rows.size(); row++) {
            if (rows.answer(row) == SplitRows.MISSING) {
                missing.add(row, "label it, or move it to a file under examples: unlabelled:");
            }
        }
        missing.into(
                findings,
                "missing-labels",
                Severity.WARNING,
                "rows of labelled files without an expected output: %,d; they teach and prove nothing");
        return findings;
    }
}
