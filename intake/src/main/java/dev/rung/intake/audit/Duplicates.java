package dev.rung.intake.audit;

import dev.rung.core.data.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Rows that say the same: word for word (after {@link dev.rung.intake.split.NormalText}), or nearly, by duplicate cluster. */
final class Duplicates {
    private static final double MANY = 0.02;

    private final AuditedRows rows;
    private final Flags same;
    private final Flags conflicting;
    private final Flags leaked;
    private final Flags near;
    private final Flags nearLeaked;
    private final BitSet inConflict = new BitSet();
    private boolean leakIntoSealed;
    private int included;

    private Duplicates(AuditedRows rows) {
        this.rows = rows;
        this.same = new Flags(rows);
        this.conflicting = new Flags(rows);
        this.leaked = new Flags(rows);
        this.near = new Flags(rows);
        this.nearLeaked = new Flags(rows);
    }

    static List<Finding> find(AuditedRows rows) {
        Duplicates duplicates = new Duplicates(rows);
        duplicates.look();
        return duplicates.findings();
    }

    // Each row is held against the first of its text, and the first of its cluster, that the audit may see.
    private void look() {
        int[] firstSeen = new int[rows.end()];
        int[] founderSeen = new int[rows.end()];
        Arrays.fill(firstSeen, -1);
        Arrays.fill(founderSeen, -1);
        for (int row = 0; row < rows.end(); row++) {
            if (!rows.includes(row)) {
                continue;
            }
            included++;
            int text = rows.all().first(row);
            int cluster = rows.all().founder(row);
            if (firstSeen[text] >= 0) {
                exact(row, firstSeen[text]);
            } else {
                firstSeen[text] = row;
                if (founderSeen[cluster] >= 0) {
                    nearly(row, founderSeen[cluster]);
                }
            }
            founderSeen[cluster] = founderSeen[cluster] < 0 ? row : founderSeen[cluster];
        }
    }

    private void exact(int row, int first) {
        if (rows.all().split(row) != rows.all().split(first)) {
            leaked.add(row, "also in " + split(first) + " at " + rows.all().id(first));
            leakIntoSealed |= rows.isSealed(row) || rows.isSealed(first);
        }
        if (rows.all().answer(row) == rows.all().answer(first)) {
            same.add(row, "as " + rows.all().id(first));
        } else {
            conflict(first, row);
            conflict(row, first);
        }
    }

    private void conflict(int row, int with) {
        if (!inConflict.get(row)) {
            inConflict.set(row);
            conflicting.add(
                    row, rows.all().answerText(with) + " at " + rows.all().id(with));
        }
    }

    private void nearly(int row, int first) {
        near.add(row, "like " + rows.all().id(first));
        if (rows.all().split(row) != rows.all().split(first)) {
            nearLeaked.add(row, "like " + rows.all().id(first) + " in " + split(first));
        }
    }

    private String split(int row) {
        Split split = rows.all().split(row);
        return split.key();
    }

    private List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        leaked.into(
                findings,
                "leakage",
                leakIntoSealed ? Severity.PROBLEM : Severity.WARNING,
                "rows that stand word for word in two splits: %,d; what is learned from one is asked in the other");
        conflicting.into(
                findings,
                "conflicting-labels",
                conflicting.touchSealed() ? Severity.PROBLEM : Severity.WARNING,
                "rows with the same text as another row and a different label: %,d; one of the two is wrong");
        same.into(
                findings,
                "duplicates",
                many(same) ? Severity.WARNING : Severity.NOTE,
                "rows that repeat an earlier row word for word: %,d; they count as one for what they teach");
        nearLeaked.into(
                findings,
                "near-leakage",
                Severity.WARNING,
                "rows that stand almost word for word in two splits: %,d; the files say which split they are in");
        near.into(
                findings,
                "near-duplicates",
                many(near) ? Severity.WARNING : Severity.NOTE,
                "rows that repeat an earlier row almost word for word: %,d; such rows share a split");
        return findings;
    }

    private boolean many(Flags flags) {
        return flags.count() > MANY * included;
    }
}
