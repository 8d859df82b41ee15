package dev.rung.intake.audit;

import dev.rung.core.data.Split;
import dev.rung.intake.split.SplitRows;

/** The rows that an audit looks at: the labelled ones, sealed ones only where the audit is allowed to open them. */
record AuditedRows(SplitRows all, boolean sealedToo) {
    /** Numbers run over all rows; those that are not {@link #includes included} are passed over. */
    int end() {
        return all.size();
    }

    boolean includes(int row) {
        return all.labelled(row) && (sealedToo || all.split(row) != Split.SEALED);
    }

    boolean isSealed(int row) {
        return all.split(row) == Split.SEALED;
    }

    Finding.Flag flag(int row, String suggestion) {
        return new Finding.Flag(all.id(row), all.split(row), all.answerText(row), suggestion, all.input(row));
    }
}
