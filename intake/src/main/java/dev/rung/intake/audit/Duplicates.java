package dev.rung.intake.audit;

import dev.rung.core.data.Split;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntToLongFunction;

/** Rows that say the same: word for word (after {@link dev.rung.learn.TextForm}), or nearly, by duplicate cluster. */
final class Duplicates {
    private static final double MANY = 0.02;

    private final RowTable rows;
    private final List<Finding.Flag> same = new ArrayList<>();
    private final List<Finding.Flag> conflicting = new ArrayList<>();
    private final List<Finding.Flag> leaked = new ArrayList<>();
    private final List<Finding.Flag> near = new ArrayList<>();
    private final List<Finding.Flag> nearLeaked = new ArrayList<>();
    private boolean sealedConflict;

    private Duplicates(RowTable rows) {
        this.rows = rows;
    }

    static List<Finding> find(RowTable rows) {
        Duplicates duplicates = new Duplicates(rows);
        duplicates.groups(rows::textHash).forEach(duplicates::exact);
        duplicates.groups(rows::cluster).forEach(duplicates::nearly);
        return duplicates.findings();
    }

    // Groups of rows with equal keys, two or more, each in file order.
    private List<List<Integer>> groups(IntToLongFunction key) {
        Integer[] order = new Integer[rows.size()];
        for (int row = 0; row < order.length; row++) {
            order[row] = row;
        }
        java.util.Arrays.sort(
                order,
                Comparator.comparingLong((Integer row) -> key.applyAsLong(row))
                        .thenComparing(Comparator.naturalOrder()));
        List<List<Integer>> groups = new ArrayList<>();
        for (int start = 0; start < order.length; ) {
            int end = start + 1;
            while (end < order.length && key.applyAsLong(order[end]) == key.applyAsLong(order[start])) {
                end++;
            }
            if (end - start > 1) {
                groups.add(List.of(order).subList(start, end));
            }
            start = end;
        }
        return groups;
    }

    private void exact(List<Integer> group) {
        int first = group.getFirst();
        for (int row : group.subList(1, group.size())) {
            String other = "as " + rows.id(first);
            if (rows.split(row) != rows.split(first)) {
                leaked.add(rows.flag(row, "also in " + rows.split(first).key() + " at " + rows.id(first)));
            }
            if (rows.answer(row) == rows.answer(first)
                    || rows.answer(row) == RowTable.NONE
                    || rows.answer(first) == RowTable.NONE) {
                same.add(rows.flag(row, other));
            } else {
                conflicting.add(rows.flag(first, rows.answerText(row) + " at " + rows.id(row)));
                conflicting.add(rows.flag(row, rows.answerText(first) + " at " + rows.id(first)));
                sealedConflict |= rows.split(row) == Split.SEALED || rows.split(first) == Split.SEALED;
            }
        }
    }

    private void nearly(List<Integer> group) {
        Set<Long> seen = new HashSet<>();
        int first = group.getFirst();
        seen.add(rows.textHash(first));
        for (int row : group.subList(1, group.size())) {
            if (seen.add(rows.textHash(row))) {
                near.add(rows.flag(row, "like " + rows.id(first)));
                if (rows.split(row) != rows.split(first)) {
                    nearLeaked.add(rows.flag(
                            row,
                            "like " + rows.id(first) + " in "
                                    + rows.split(first).key()));
                }
            }
        }
    }

    private List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        add(
                findings,
                "leakage",
                touchesSealed(leaked) ? Severity.PROBLEM : Severity.WARNING,
                leaked,
                "%d rows stand word for word in two splits: what is learned from one is asked in the other");
        add(
                findings,
                "conflicting-labels",
                sealedConflict ? Severity.PROBLEM : Severity.WARNING,
                conflicting,
                "%d rows have the same text as another row and a different label: one of the two is wrong");
        add(
                findings,
                "duplicates",
                many(same) ? Severity.WARNING : Severity.NOTE,
                same,
                "%d rows repeat an earlier row word for word: they count as one for what they teach");
        add(
                findings,
                "near-leakage",
                Severity.WARNING,
                nearLeaked,
                "%d rows stand almost word for word in two splits, because the files say which split they are in");
        add(
                findings,
                "near-duplicates",
                many(near) ? Severity.WARNING : Severity.NOTE,
                near,
                "%d rows repeat an earlier row almost word for word; such rows share a split");
        return findings;
    }

    private boolean many(List<Finding.Flag> flags) {
        return flags.size() > MANY * rows.size();
    }

    private static boolean touchesSealed(List<Finding.Flag> flags) {
        return flags.stream()
                .anyMatch(flag ->
                        flag.split() == Split.SEALED || flag.suggestion().contains("in sealed"));
    }

    private static void add(
            List<Finding> to, String kind, Severity severity, List<Finding.Flag> rows, String sentence) {
        if (!rows.isEmpty()) {
            to.add(new Finding(kind, severity, rows.size(), sentence.formatted(rows.size()), rows));
        }
    }
}
