package dev.rung.ladder.simulation;

import dev.rung.core.evidence.Evidence;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.evidence.Verdict;
import dev.rung.core.statistics.Binomial;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Requirement;
import dev.rung.ladder.climb.Progress;
import java.util.ArrayList;
import java.util.List;

/** How many rows one candidate with the whole error budget takes to a verdict, beside tests of a fixed sample and beside intervals that are looked at again and again. */
final class RowsToDecide {
    private static final double BAR = 0.90;
    private static final double LEVEL = 0.05;
    private static final int AVAILABLE = 2_000;
    private static final double GOOD = 0.95;
    private static final double[] TRUTHS = {GOOD, BAR, 0.80, 0.75, 0.40};
    private static final int[] LOOKS = {200, 500, 1_000, 2_000};

    private final Crowd crowd;
    private final int worlds;
    private final int edgeWorlds;
    private final Bar bar = new Bar(List.of(new Requirement.AtLeast(Metric.ACCURACY, BAR)), 1 - LEVEL);
    private final Outcome[][] outcomes = Rows.of(AVAILABLE, 1);

    /** @param edgeWorlds of candidates exactly at the bar, which mostly answer all rows */
    RowsToDecide(Crowd crowd, int worlds, int edgeWorlds) {
        this.crowd = crowd;
        this.worlds = worlds;
        this.edgeWorlds = edgeWorlds;
    }

    /** What came of candidates of one true accuracy. */
    record Line(double truth, Share passed, Share failed, Mean rows) {}

    /** How often a plain interval, looked at after every row, lies above the bar at least once although the truth is the bar. */
    record Naive(int rows, Share twoSided, Share oneSided) {}

    List<Line> lines(Progress progress) {
        List<Line> lines = new ArrayList<>();
        for (double truth : TRUTHS) {
            progress.at("truth " + truth, lines.size(), TRUTHS.length + 1);
            int n = truth == BAR ? edgeWorlds : worlds;
            long[] tally = crowd.tally("rows " + truth, n, 4, (chance, counts) -> decide(truth, chance, counts));
            lines.add(new Line(truth, new Share(tally[0], n), new Share(tally[1], n), Mean.of(tally[2], tally[3], n)));
        }
        return lines;
    }

    private void decide(double truth, Chance chance, long[] counts) {
        Evidence evidence = new Evidence(bar, LEVEL, LEVEL, AVAILABLE);
        int rows = 0;
        while (rows < AVAILABLE && evidence.isOpen()) {
            evidence.add(outcomes[rows++][chance.happens(truth) ? 1 : 0]);
        }
        counts[0] += evidence.verdict() instanceof Verdict.Pass ? 1 : 0;
        counts[1] += evidence.verdict() instanceof Verdict.Fail ? 1 : 0;
        counts[2] += rows;
        counts[3] += (long) rows * rows;
    }

    List<Naive> naive() {
        int[] twoSided = needed(LEVEL / 2);
        int[] oneSided = needed(LEVEL);
        long[] tally = crowd.tally("naive", worlds, 2 * LOOKS.length, (chance, counts) -> {
            int first = AVAILABLE + 1;
            int firstOneSided = AVAILABLE + 1;
            int hits = 0;
            for (int n = 1; n <= AVAILABLE; n++) {
                hits += chance.happens(BAR) ? 1 : 0;
                first = hits >= twoSided[n] ? Math.min(first, n) : first;
                firstOneSided = hits >= oneSided[n] ? Math.min(firstOneSided, n) : firstOneSided;
            }
            for (int i = 0; i < LOOKS.length; i++) {
                counts[2 * i] += first <= LOOKS[i] ? 1 : 0;
                counts[2 * i + 1] += firstOneSided <= LOOKS[i] ? 1 : 0;
            }
        });
        List<Naive> lines = new ArrayList<>();
        for (int i = 0; i < LOOKS.length; i++) {
            lines.add(new Naive(LOOKS[i], new Share(tally[2 * i], worlds), new Share(tally[2 * i + 1], worlds)));
        }
        return lines;
    }

    // The least hits in n rows whose exact lower bound lies above the bar.
    private static int[] needed(double error) {
        int[] needed = new int[AVAILABLE + 1];
        for (int n = 1; n <= AVAILABLE; n++) {
            needed[n] = critical(n, BAR, error);
        }
        return needed;
    }

    // The least hits in n rows that a rate of p or less reaches with a chance of at most {@code error}; n + 1 where
    // even n are too likely.
    private static int critical(int n, double p, double error) {
        int hits = (int) Math.floor(p * n);
        while (hits <= n && Binomial.atLeast(hits, n, p) > error) {
            hits++;
        }
        return hits;
    }

    /** Returns the power of the exact test of {@code n} rows, fixed beforehand, against a rate of {@code truth}. */
    static double fixedSamplePower(int n, double truth, double level) {
        return truth > BAR
                ? Binomial.atLeast(critical(n, BAR, level), n, truth)
                : Binomial.atLeast(critical(n, 1 - BAR, level), n, 1 - truth);
    }

    /** Returns the least sample from which on the exact test keeps a power of {@code power}. */
    static int fixedSample(double truth, double power) {
        int last = 0;
        for (int n = 1; n <= AVAILABLE; n++) {
            last = fixedSamplePower(n, truth, LEVEL) < power ? n : last;
        }
        return last + 1;
    }

    Section section(List<Line> lines, List<Naive> naive) {
        return new Section(
                "Rows to a verdict",
                "One candidate that draws the whole budget of 5 %; bar 0.90; up to 2,000 rows; a look after every row. Beside it the exact test"
                        + " of a sample whose size is fixed beforehand, which may not stop early, and the plain 95 % interval of Clopper and"
                        + " Pearson taken again after every row at a truth of exactly the bar, which is what looking at a dashboard comes to."
                        + " At the bar itself the exact look at the last row spends what earlier looks have left of the 5 %, so either verdict comes"
                        + " in almost exactly 5 % of worlds, and hardly any number of worlds can show that it is no more.",
                List.of(decided(lines), broken(naive)),
                List.of(drawing(naive)),
                claims(lines, naive));
    }

    private static Grid decided(List<Line> lines) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Line line : lines) {
            boolean edge = line.truth() == BAR;
            rows.add(List.of(
                    new Cell.Decimal(line.truth(), 2),
                    new Cell.Rate(line.passed()),
                    new Cell.Rate(line.failed()),
                    new Cell.Average(line.rows(), 1),
                    edge ? new Cell.Words("–") : new Cell.Count(fixedSample(line.truth(), 0.80)),
                    edge ? new Cell.Words("–") : new Cell.Count(fixedSample(line.truth(), 0.99))));
        }
        return new Grid(
                "Verdicts and the rows they take",
                List.of("truth", "PASS", "FAIL", "mean rows", "fixed sample, power 0.80", "fixed sample, power 0.99"),
                rows);
    }

    private static Grid broken(List<Naive> naive) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Naive line : naive) {
            rows.add(List.of(
                    new Cell.Count(line.rows()), new Cell.Rate(line.twoSided()), new Cell.Rate(line.oneSided())));
        }
        return new Grid(
                "False PASS of a plain interval looked at after every row",
                List.of("rows", "two-sided 95 %", "one-sided 95 %"),
                rows);
    }

    private static Drawing drawing(List<Naive> naive) {
        return new Drawing(
                "false-pass-by-peeking",
                "False PASS at the bar's edge when a plain 95 % interval is looked at after every row",
                "rows",
                "false PASS",
                LEVEL,
                List.of(
                        new Drawing.Line(
                                "one-sided",
                                naive.stream()
                                        .map(line -> Drawing.Point.of(line.rows(), line.oneSided()))
                                        .toList()),
                        new Drawing.Line(
                                "two-sided",
                                naive.stream()
                                        .map(line -> Drawing.Point.of(line.rows(), line.twoSided()))
                                        .toList())));
    }

    private static List<Claim> claims(List<Line> lines, List<Naive> naive) {
        List<Claim> claims = new ArrayList<>();
        for (Line line : lines) {
            if (line.truth() == GOOD) {
                claims.add(Claim.within("truth 0.95: at most 210 rows on average", line.rows(), 0, 210, 1));
                claims.add(Claim.within("truth 0.95: PASS in at least 99 %", line.passed(), 0.99, 1));
            } else if (line.truth() == BAR) {
                claims.add(Claim.within("truth 0.90, the bar itself: PASS in at most 5 %", line.passed(), 0, LEVEL));
                claims.add(Claim.within("truth 0.90, the bar itself: FAIL in at most 5 %", line.failed(), 0, LEVEL));
            } else {
                int most = line.truth() == 0.80 ? 100 : line.truth() == 0.75 ? 48 : 6;
                claims.add(Claim.within(
                        "truth %.2f: at most %d rows on average".formatted(line.truth(), most),
                        line.rows(),
                        0,
                        most,
                        1));
            }
        }
        claims.add(Claim.within(
                "a plain two-sided interval, looked at after each of 2,000 rows, breaks its 2.5 %",
                naive.getLast().twoSided(), LEVEL, 1));
        return claims;
    }
}
