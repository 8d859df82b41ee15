package dev.rung.app.wiring;

import dev.rung.core.Sha256;
import dev.rung.core.data.RegressionSet;
import dev.rung.core.data.RowMarks;
import dev.rung.core.data.SealedExamples;
import dev.rung.core.data.TaskData;
import dev.rung.core.model.Encoder;
import dev.rung.intake.audit.Audit;
import dev.rung.intake.audit.AuditReport;
import dev.rung.intake.examples.ReadingNotes;
import dev.rung.intake.regressions.RegressionFile;
import dev.rung.intake.split.Contamination;
import dev.rung.intake.split.DataLoader;
import dev.rung.intake.split.SealedOrder;
import dev.rung.intake.split.SplitData;
import dev.rung.intake.split.SplitRows;
import dev.rung.intake.taskfile.TaskFolder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A task's examples, read and split, to be climbed on or audited; their texts are on disk until this is closed. Not thread-safe. */
public final class TaskRows implements AutoCloseable {
    private static final int STEP = 1_000;

    private final Wiring wiring;
    private final TaskFolder folder;
    private final Consumer<String> progress;
    private final ReadingNotes notes = new ReadingNotes();
    private final SplitRows rows;
    private final @Nullable Encoder encoder;
    private @Nullable Contamination contamination;
    private @Nullable List<RegressionSet> regressions;
    private int setAside;

    /** @param progress told what is going on */
    public TaskRows(Wiring wiring, TaskFolder folder, Consumer<String> progress) {
        this.wiring = wiring;
        this.folder = folder;
        this.progress = progress;
        this.encoder = wiring.encoderIfAny();
        progress.accept("reading the examples");
        this.rows = SplitRows.read(folder, notes, count -> {
            if (count % STEP == 0) {
                progress.accept("reading the examples: %,d rows".formatted(count));
            }
        });
    }

    /** Returns the examples of {@code folder}, all in memory; see {@link #data}. */
    public static TaskData load(Wiring wiring, TaskFolder folder) {
        try (TaskRows rows = new TaskRows(wiring, folder, now -> {})) {
            return rows.data();
        }
    }

    /**
     * Returns the examples, all in memory; each access to a sealed row is written into the ledger.
     *
     * <p>Sealed rows that stand in a regression set, and their duplicates, are set aside.
     *
     * @throws dev.rung.core.RungException.WrongInput if a row cannot be used, or a split would be empty
     */
    public TaskData data() {
        notes.refuseBadRows();
        // The ledger keeps accesses by the hash of the sealed rows, which is known once they are split.
        AtomicReference<SealedExamples.@Nullable AccessLog> log = new AtomicReference<>();
        SplitData split = DataLoader.load(folder, rows, contamination(), notes, (purpose, index, example) -> {
            SealedExamples.AccessLog to = log.get();
            if (to == null) {
                throw new IllegalStateException("a sealed row was opened before its access could be written down");
            }
            to.opened(purpose, index, example);
        });
        TaskData data = withoutMended(split.data(), regressions());
        setAside = split.data().sealed().size() - data.sealed().size();
        log.set(log(data.sealed().hash()));
        return data;
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

    /** Returns how many sealed rows {@link #data} set aside because they stand in a regression set. */
    public int setAside() {
        return setAside;
    }

    /** Returns the rows that were mended once, by set. */
    public List<RegressionSet> regressions() {
        List<RegressionSet> known = regressions;
        if (known == null) {
            known = RegressionFile.read(folder);
            regressions = known;
        }
        return known;
    }

    /** Returns which sealed rows say what rows say that candidates learn from; finding that out is no access, since nothing but this comes of it. */
    public Contamination contamination() {
        Contamination known = contamination;
        if (known == null) {
            progress.accept("looking for sealed rows among the others");
            known = Contamination.of(rows, folder.waivers().contamination());
            contamination = known;
        }
        return known;
    }

    private SealedExamples.AccessLog log(Sha256 sealed) {
        return wiring.ledger().sealedAccesses().log(folder.task().name(), sealed);
    }

    /** Returns the audit of the rows that candidates may learn from or be chosen on. */
    public AuditReport auditWithoutSealed() {
        return audit().withoutSealed(rows, notes);
    }

    /** Returns the audit of all rows; every sealed row is opened for it, and that is written down first. */
    public AuditReport auditAll() {
        SealedOrder sealed =
                SealedOrder.of(rows, folder.splits().salt(), contamination().setAside());
        SealedExamples.AccessLog log = log(sealed.hash());
        for (int index = 0; index < sealed.rows().size(); index++) {
            if (index % STEP == 0) {
                progress.accept("writing down that sealed rows are opened: %,d of %,d"
                        .formatted(index, sealed.rows().size()));
            }
            log.opened("check", index, rows.example(sealed.rows().get(index)));
        }
        return audit().ofAll(rows, contamination(), notes);
    }

    private Audit audit() {
        return new Audit(folder.task(), wiring.threads(), folder.seed(), encoder, progress);
    }

    @Override
    public void close() {
        rows.close();
    }
}
