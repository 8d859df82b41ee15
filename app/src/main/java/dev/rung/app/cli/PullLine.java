package dev.rung.app.cli;

import dev.rung.app.report.Figures;
import dev.rung.core.model.ModelId;
import dev.rung.models.catalog.PullProgress;
import java.time.Duration;
import java.util.Locale;

/** Shows how far a pull is: bytes, and the time that is left at the pace so far. */
final class PullLine implements PullProgress {
    private static final double MEGABYTE = 1e6;

    private final ProgressLine line;
    private final ModelId model;
    private long began;
    private long doneAtBegin;
    private String what = "";

    PullLine(ProgressLine line, ModelId model) {
        this.line = line;
        this.model = model;
    }

    @Override
    public void at(String now, long done, long total) {
        if (!now.equals(what)) {
            what = now;
            began = System.nanoTime();
            doneAtBegin = done; // a pull that goes on where an earlier one stopped
        }
        line.at(() -> "pulling " + model + ": " + now + amount(done, total));
    }

    private String amount(long done, long total) {
        if (total <= 0) {
            return "";
        }
        String text = String.format(
                Locale.ROOT, ", %.0f of %.0f MB (%d %%)", done / MEGABYTE, total / MEGABYTE, 100 * done / total);
        long fetched = done - doneAtBegin;
        double seconds = (System.nanoTime() - began) / 1e9;
        if (fetched <= 0 || seconds < 1) {
            return text;
        }
        long left = Math.round((total - done) / (fetched / seconds));
        return text + ", " + Figures.span(Duration.ofSeconds(left)) + " left";
    }
}
