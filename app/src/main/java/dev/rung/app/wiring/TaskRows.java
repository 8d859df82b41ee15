package dev.rung.app.wiring;

import dev.rung.core.Sha256;
import dev.rung.core.data.Example;
import dev.rung.core.data.RegressionSet;
import dev.rung.core.data.RowMarks;
import dev.rung.core.data.SealedExamples;
import dev.rung.core.data.Split;
import dev.rung.core.data.TaskData;
import dev.rung.core.task.Output;
import dev.rung.intake.audit.Audit;
import dev.rung.intake.audit.AuditReport;
import dev.rung.intake.regressions.RegressionFile;
import dev.rung.intake.split.DataLoader;
import dev.rung.intake.split.SplitData;
import dev.rung.intake.taskfile.TaskFolder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A task's examples, read, split, sealed and audited. */
public final class TaskRows {
    private final Wiring wiring;
    private final TaskFolder folder;
    private final SplitData split;
    private final List<RegressionSet> regressions;
    private final TaskData data;

    /** Reads the examples of {@code folder}; each access to a sealed row is written into the ledger. */
    public TaskRows(Wiring wiring, TaskFolder folder) {
        this.wiring = wiring;
        this.folder = folder;
        // The ledger keeps accesses by the hash of the sealed rows, which is known once they are read.
        AtomicReference<SealedExamples.@Nullable AccessLog> log = new AtomicReference<>();
        this.split = DataLoader.load(folder, (purpose, index, example) -> {
            SealedExamples.AccessLog to = log.get();
            if (to == null) {
                throw new IllegalStateException("a sealed row was opened before its access could be written down");
            }
            to.opened(purpose, index, example);
        });
        this.regressions = RegressionFile.read(folder);
        this.data = withoutMended(split.data(), regressions);
        Sha256 sealed = data.sealed().hash();
        log.set(wiring.ledger().sealedAccesses().log(folder.task().name(), sealed));
    }

    // Everybody may read a regression set, so what stands in one certifies nothing any longer.
    private static TaskData withoutMended(TaskData all, List<RegressionSet> regressions) {
        Set<Sha256> mended = new HashSet<>();
        regressions.forEach(set -> set.rows().forEach(row -> mended.add(RowMarks.ofQuestion(row.input()))));
        SealedExamples sealed = all.sealed().without(mended);
        return sealed.hash().equals(all.sealed().hash())
                ? all
                : new TaskData(
                        all.train(),
                        all.tune(),
                        all.calibrate(),
                        sealed,
                        all.unlabelled(),
                        Sha256.of(all.hash() + "\n" + sealed.hash()),
                        all.salt());
    }

    /** Returns the task's examples; sealed rows that stand in a regression set, and their duplicates, are set aside. */
    public TaskData data() {
        return data;
    }

    /** Returns how many sealed rows are set aside. */
    public int setAside() {
        return split.data().sealed().size() - data.sealed().size();
    }

    /** Returns the rows that were mended once, by set. */
    public List<RegressionSet> regressions() {
        return regressions;
    }

    /** Returns the audit of the rows that candidates may learn from or be chosen on. */
    public AuditReport auditWithoutSealed() {
        Audit audit = new Audit(folder.task());
        feed(audit);
        return report(audit);
    }

    /** Returns the audit of all rows; every sealed row is opened for it, and that is written down. */
    public AuditReport audit() {
        Audit audit = new Audit(folder.task());
        feed(audit);
        SealedExamples sealed = data.sealed();
        for (int index = 0; index < sealed.size(); index++) {
            feed(audit, Split.SEALED, sealed.open(index, "check"));
        }
        return report(audit);
    }

    private void feed(Audit audit) {
        feed(audit, Split.TRAIN, data.train());
        feed(audit, Split.TUNE, data.tune());
        feed(audit, Split.CALIBRATE, data.calibrate());
    }

    private static void feed(Audit audit, Split of, List<Example> rows) {
        for (Example row : rows) {
            feed(audit, of, row);
        }
    }

    private static void feed(Audit audit, Split of, Example row) {
        Output expected = row.expected();
        audit.add(of, row.id(), row.input(), expected == null ? null : expected.text(), row.cluster());
    }

    private AuditReport report(Audit audit) {
        return audit.report(wiring.threads(), folder.seed(), split.notices());
    }
}
