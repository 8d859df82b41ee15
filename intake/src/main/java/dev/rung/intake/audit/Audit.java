package dev.rung.intake.audit;

import dev.rung.core.model.Encoder;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Task;
import dev.rung.intake.examples.ReadingNotes;
import dev.rung.intake.split.Contamination;
import dev.rung.intake.split.SplitRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The audit of a task's examples. Duplicates, conflicts, leakage, shortages, lengths, languages and personal data are counted on every row; label errors and the learning curve are
 * measured on a seeded uniform sample where there are more than {@value Learnability#MOST_ROWS} rows. Not thread-safe.
 */
public final class Audit {
    private final Task task;
    private final int threads;
    private final long seed;
    private final @Nullable Encoder encoder;
    private final Consumer<String> progress;

    /**
     * @param threads for the parts that compute
     * @param encoder makes a better judge of labels; null where there is none
     * @param progress told what is going on
     */
    public Audit(Task task, int threads, long seed, @Nullable Encoder encoder, Consumer<String> progress) {
        this.task = task;
        this.threads = threads;
        this.seed = seed;
        this.encoder = encoder;
        this.progress = progress;
    }

    /** Returns the audit of the rows that candidates may learn from or be chosen on. */
    public AuditReport withoutSealed(SplitRows rows, ReadingNotes notes) {
        return report(new AuditedRows(rows, false), null, notes);
    }

    /** Returns the audit of all rows; the caller has written down that the sealed ones are opened for it. */
    public AuditReport ofAll(SplitRows rows, Contamination contamination, ReadingNotes notes) {
        return report(new AuditedRows(rows, true), contamination, notes);
    }

    private AuditReport report(AuditedRows rows, @Nullable Contamination contamination, ReadingNotes notes) {
        List<Finding> findings = new ArrayList<>(Unusable.find(rows.all(), notes));
        progress.accept("comparing rows");
        findings.addAll(Duplicates.find(rows));
        if (contamination != null && !contamination.matches().isEmpty()) {
            findings.add(contaminated(rows, contamination));
        }
        if (contamination != null && encoder != null) {
            NearMeaning.find(rows, contamination, encoder, threads, progress).ifPresent(findings::add);
        }
        Surface surface = Surface.of(rows, new Counter(rows.end()));
        findings.addAll(surface.findings());
        Learnability learnability = Learnability.none();
        SequencedMap<String, Long> labels = new LinkedHashMap<>();
        if (task.output() instanceof OutputContract.Labels contract) {
            Labels counts = Labels.of(rows);
            labels = sorted(counts.counts());
            findings.addAll(counts.shortages(contract));
            learnability = new Learner(task, rows, threads, seed, encoder, progress).learn();
            findings.addAll(learnability.findings());
        }
        findings.sort(Comparator.comparing(Finding::severity).reversed());
        List<String> said = new ArrayList<>(notes.notices());
        said.addAll(learnability.notices());
        return new AuditReport(
                surface.bySplit(),
                labels,
                findings,
                surface.lengths().toJson(),
                sorted(surface.languages()),
                learnability.outlook(),
                learnability.figures(),
                said);
    }

    private static Finding contaminated(AuditedRows rows, Contamination contamination) {
        Flags flags = new Flags(rows);
        for (Contamination.Match match : contamination.matches()) {
            String how = switch (match.kind()) {
                case SAME_TEXT -> "as ";
                case NEARLY_SAME_TEXT -> "like ";
                case SHARED_WORDS -> "mostly in ";
            };
            flags.add(
                    match.row(),
                    how + rows.all().id(match.other()) + " in "
                            + rows.all().split(match.other()).key());
        }
        return flags.finding(
                "contamination",
                contamination.blocks() ? Severity.PROBLEM : Severity.WARNING,
                contamination.sentence());
    }

    private final class Counter implements Runnable {
        private static final int STEP = 10_000;
        private final int all;
        private int seen;

        Counter(int all) {
            this.all = all;
        }

        @Override
        public void run() {
            if (++seen % STEP == 0) {
                progress.accept("looking at rows: %,d of %,d".formatted(seen, all));
            }
        }
    }

    private static SequencedMap<String, Long> sorted(Map<String, Long> counts) {
        SequencedMap<String, Long> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }
}
