package dev.rung.app.cli;

import dev.rung.app.report.Figures;
import dev.rung.app.report.LadderLine;
import dev.rung.app.report.Wording;
import dev.rung.core.data.Split;
import dev.rung.core.evidence.Estimate;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.rung.Rung;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Task;
import dev.rung.ladder.climb.Candidate;
import dev.rung.ladder.climb.ClimbListener;
import dev.rung.ladder.climb.Progress;
import java.time.Duration;

/** Shows a climb as it happens: one line a candidate, and what is going on below. */
final class ClimbWatcher implements ClimbListener, Progress {
    private static final int RUNG_WIDTH = 9;
    private static final int NAME_WIDTH = 32;

    private final ProgressLine line;
    private final Paint paint;
    private final Metric headline;
    private volatile String candidate = "";
    private long began;
    private long trialBegan;
    private Split split = Split.TUNE;
    private double sum;
    private int counted;

    ClimbWatcher(ProgressLine line, Paint paint, Task task) {
        this.line = line;
        this.paint = paint;
        this.headline = Metric.of(task.output()).getFirst();
    }

    @Override
    public void building(Rung rung, String name) {
        candidate = rung.key() + ", " + name;
        began = System.nanoTime();
        long since = began;
        line.at(() -> candidate + ": building, " + elapsed(since));
    }

    /** What a candidate that is being built is busy with. */
    @Override
    public void at(String what, long done, long total) {
        long since = began;
        String far = total > 0 ? ", " + Figures.count(done) + " of " + Figures.count(total) : "";
        line.at(() ->
                (candidate.isEmpty() ? "" : candidate + ": ") + what + far + (since == 0 ? "" : ", " + elapsed(since)));
    }

    @Override
    public void answered(Rung rung, String name, Split on, Evidence evidence, int rows) {
        int answered = evidence.outcomes().size();
        if (answered == 1 || on != split) {
            split = on;
            trialBegan = System.nanoTime();
            sum = 0;
            counted = 0;
        }
        Outcome last = evidence.outcomes().getLast();
        Double score = last.scores().get(headline);
        if (score != null) {
            sum += score;
            counted++;
        }
        String quality = counted == 0 ? "" : ", " + headline.title() + " " + Figures.share(sum / counted);
        double perRow = (System.nanoTime() - trialBegan) / (double) answered;
        String left = answered < 3
                ? ""
                : ", at most " + Figures.span(Duration.ofNanos(Math.round(perRow * (rows - answered)))) + " left";
        String text = rung.key() + ", " + name + ": " + answered + " of " + rows + " " + on.key() + quality + left;
        line.at(() -> text);
    }

    @Override
    public void finished(Candidate done) {
        candidate = "";
        line.at(() -> "");
        // Those that were not tried are listed at the end, with their reasons.
        if (done instanceof Candidate.Tried tried) {
            line.print(tried(tried));
        }
    }

    private String tried(Candidate.Tried tried) {
        Evidence evidence = tried.deciding();
        LadderLine.Standing standing = Wording.standing(tried.verdict());
        String word = switch (standing) {
            case PASS -> paint.good(standing.word());
            case FAIL -> paint.bad(standing.word());
            case OPEN -> paint.open(standing.word());
        };
        Estimate quality = evidence.estimate(headline);
        String figure = quality.known()
                ? Figures.share(quality.estimate()) + " " + Figures.interval(quality.low(), quality.high())
                : "no figure";
        Duration time = tried.effort().build().plus(tried.effort().trial());
        return head(tried.rung(), tried.name()) + word + " " + Wording.brief(tried)
                + paint.dim("; " + figure + " on "
                        + Figures.count(evidence.outcomes().size()) + " "
                        + (tried.sealed() == null ? Split.TUNE : Split.SEALED).key()
                        + ", " + Figures.span(time));
    }

    private static String head(Rung rung, String name) {
        return pad(rung.key(), RUNG_WIDTH) + " " + pad(name, NAME_WIDTH) + " ";
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.codePointCount(0, text.length())));
    }

    private static String elapsed(long since) {
        return Figures.span(Duration.ofNanos(System.nanoTime() - since));
    }
}
