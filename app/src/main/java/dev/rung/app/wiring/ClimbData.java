package dev.rung.app.wiring;

import dev.rung.core.data.RegressionSet;
import dev.rung.core.data.TaskData;
import dev.rung.intake.audit.AuditReport;
import dev.rung.intake.split.Contamination;
import dev.rung.intake.taskfile.TaskFolder;
import dev.rung.ladder.certificate.DataStamp;
import dev.rung.ladder.climb.Progress;
import java.util.List;

/**
 * The rows that a climb rests on.
 *
 * @param audit of the rows that are not sealed
 * @param contamination which sealed rows say what rows say that candidates learn from
 * @param regressions the rows that were mended once, by set
 * @param mended how many sealed rows are set aside because they stand in one of those sets
 */
record ClimbData(
        TaskData rows, AuditReport audit, Contamination contamination, List<RegressionSet> regressions, int mended) {
    static ClimbData read(Wiring wiring, TaskFolder folder, Progress progress) {
        progress.at("reading the examples", 0, 0);
        try (TaskRows rows = new TaskRows(wiring, folder, now -> progress.at(now, 0, 0))) {
            TaskData data = rows.data();
            return new ClimbData(
                    data, rows.auditWithoutSealed(), rows.contamination(), rows.regressions(), rows.setAside());
        }
    }

    DataStamp stamp() {
        return DataStamp.of(rows, contamination, mended);
    }
}
