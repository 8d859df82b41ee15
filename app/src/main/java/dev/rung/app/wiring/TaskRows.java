package dev.rung.app.wiring;

import dev.rung.core.Sha256;
import dev.rung.core.data.Example;
import dev.rung.core.data.SealedExamples;
import dev.rung.core.data.Split;
import dev.rung.core.data.TaskData;
import dev.rung.core.task.Output;
import dev.rung.intake.audit.Audit;
import dev.rung.intake.audit.AuditReport;
import dev.rung.intake.split.DataLoader;
import dev.rung.intake.split.SplitData;
import dev.rung.intake.taskfile.TaskFolder;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A task's examples, read, split, sealed and audited. */
public final class TaskRows {
    private final Wiring wiring;
    private final TaskFolder folder;
    private final SplitData split;

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
        Sha256 sealed = split.data().sealed().hash();
        log.set(wiring.ledger().sealedAccesses().log(folder.task().name(), sealed));
    }

    public TaskData data() {
        return split.data();
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
        SealedExamples sealed = split.data().sealed();
        for (int index = 0; index < sealed.size(); index++) {
            feed(audit, Split.SEALED, sealed.open(index, "check"));
        }
        return report(audit);
    }

    private void feed(Audit audit) {
        TaskData data = split.data();
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
