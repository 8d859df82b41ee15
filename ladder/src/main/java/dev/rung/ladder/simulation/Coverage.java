package dev.rung.ladder.simulation;

import dev.rung.core.data.ExampleId;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Usd;
import dev.rung.core.evidence.Estimate;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.statistics.Normal;
import dev.rung.core.statistics.RateInterval;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Requirement;
import dev.rung.ladder.climb.Progress;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How often the intervals that are shown beside figures cover the truth. */
final class Coverage {
    /** Every interval claims this much. */
    private static final double CONFIDENCE = 0.95;
    /** Rows of one cluster take the cluster's value with this probability, and one of their own otherwise. */
    private static final double ALIKE = 0.7;

    private static final int HANDFUL = 5;
    private static final long BILLION = 1_000_000_000L;

    private final Crowd crowd;
    private final int worlds;
    private final List<Integer> sizes;
    private final Bar bar = new Bar(List.of(new Requirement.AtLeast(Metric.VALID, 0)), CONFIDENCE);

    /** @param sizes the numbers of rows to try */
    Coverage(Crowd crowd, int worlds, List<Integer> sizes) {
        this.crowd = crowd;
        this.worlds = worlds;
        this.sizes = sizes;
    }

    /** What is claimed of an interval's coverage. */
    enum Promised {
        /** At least 95 %: the method is exact, or bounds what few clusters do not show. */
        EXACT,
        /** 94 to 96.5 %. */
        RESAMPLED,
        /** At least 94 %, over so few clusters that intervals may have no end. */
        HANDFUL
    }

    /** How rows fall into clusters: each has 1 to {@code largest} rows, all sizes alike likely. */
    private record Clusters(String name, int largest) {
        /** Tells whether {@code n} rows are of a handful of clusters, which no resampling knows anything of. */
        boolean handful(int n) {
            return largest > 1 && 3.0 * n / (2 * largest + 1) < HANDFUL;
        }

        /** Tells whether {@code n} rows are of too few clusters for a variance between them to be believed. */
        boolean few(int n) {
            return largest > 1 && 3.0 * n / (2 * largest + 1) < RateInterval.FEW;
        }
    }

    private static final List<Clusters> CLUSTERS =
            List.of(new Clusters("1", 1), new Clusters("1 to 5", 5), new Clusters("1 to 20", 20));

    /** A figure whose truth is known. */
    private enum Figure {
        RATE("rate of 0.90", true, 0.90),
        HALF("rate of 0.50", true, 0.50),
        SCORE("score, right-leaning, mean 0.80", false, 0.80),
        LUMPY_SCORE("score, a tenth at 0, six tenths at 1, mean 0.75", false, 0.75),
        MEDIAN("p50 latency", true, 1),
        TAIL("p95 latency", true, StrictMath.exp(0.5 * Normal.quantile(0.95))),
        COST("cost, mildly skewed", false, StrictMath.exp(0.5 * 0.5 * 0.5)),
        SKEWED_COST("cost, very skewed", false, StrictMath.exp(0.5));

        private final String title;
        private final boolean conservative;
        private final double truth;

        Figure(String title, boolean conservative, double truth) {
            this.title = title;
            this.conservative = conservative;
            this.truth = truth;
        }

        /** Returns the title as the drawing's legend has room for it. */
        String brief() {
            return switch (this) {
                case RATE, HALF, MEDIAN, TAIL, SKEWED_COST -> title;
                case SCORE -> "score, right-leaning";
                case LUMPY_SCORE -> "score, lumpy";
                case COST -> "cost, mildly skewed";
            };
        }

        Promised promised(Clusters clusters, int n) {
            return switch (this) {
                case RATE, HALF, SCORE, LUMPY_SCORE ->
                    conservative || clusters.few(n) ? Promised.EXACT : Promised.RESAMPLED;
                case MEDIAN, TAIL -> Promised.EXACT;
                case COST, SKEWED_COST -> clusters.handful(n) ? Promised.HANDFUL : Promised.RESAMPLED;
            };
        }

        /** Draws the figure's value for one row. */
        double draw(Chance chance) {
            return switch (this) {
                case RATE, HALF -> chance.happens(truth) ? 1 : 0;
                case SCORE -> StrictMath.pow(chance.uniform(), 0.25);
                case LUMPY_SCORE -> {
                    double place = chance.uniform();
                    yield place < 0.1 ? 0 : place < 0.7 ? 1 : chance.uniform();
                }
                case MEDIAN, TAIL, COST -> StrictMath.exp(0.5 * chance.normal());
                case SKEWED_COST -> StrictMath.exp(chance.normal());
            };
        }

        Outcome outcome(int line, int cluster, double value) {
            boolean right = value == 1;
            Map<Metric, Double> scores = switch (this) {
                case RATE, HALF -> Map.of(Metric.ACCURACY, value);
                case SCORE, LUMPY_SCORE -> Map.of(Metric.TOKEN_F1, value);
                case MEDIAN, TAIL, COST, SKEWED_COST -> Map.of();
            };
            Duration time = switch (this) {
                case MEDIAN, TAIL -> Duration.ofNanos(Math.round(BILLION * value));
                case RATE, HALF, SCORE, LUMPY_SCORE, COST, SKEWED_COST -> Duration.ZERO;
            };
            BigDecimal dollars = switch (this) {
                case COST, SKEWED_COST -> new BigDecimal(value / 1000, MathContext.DECIMAL64);
                case RATE, HALF, SCORE, LUMPY_SCORE, MEDIAN, TAIL -> BigDecimal.ZERO;
            };
            return new Outcome(
                    new ExampleId("rows", line),
                    Integer.toString(cluster),
                    Ground.YES,
                    right ? Ground.YES : Ground.NO,
                    Double.NaN,
                    scores,
                    time,
                    new Price.Known(new Usd(dollars)));
        }

        Estimate estimate(Evidence evidence) {
            return switch (this) {
                case RATE, HALF -> evidence.estimate(Metric.ACCURACY);
                case SCORE, LUMPY_SCORE -> evidence.estimate(Metric.TOKEN_F1);
                case MEDIAN -> evidence.estimate(new Requirement.LatencyAtMost(0.5, Duration.ofSeconds(1)));
                case TAIL -> evidence.estimate(new Requirement.LatencyAtMost(0.95, Duration.ofSeconds(1)));
                case COST, SKEWED_COST -> evidence.estimate(new Requirement.CostAtMost(Usd.of("1")));
            };
        }
    }

    /**
     * How one interval did.
     *
     * @param width the mean width; not a number where some intervals have no end
     */
    record Line(
            String figure,
            Promised promised,
            String clusters,
            int rows,
            Share covered,
            Share tooHigh,
            Share tooLow,
            double width) {}

    List<Line> lines(Progress progress) {
        List<Line> lines = new ArrayList<>();
        int total = Figure.values().length * CLUSTERS.size() * sizes.size();
        for (Figure figure : Figure.values()) {
            for (Clusters clusters : CLUSTERS) {
                for (int n : sizes) {
                    progress.at(figure.title, lines.size(), total);
                    lines.add(line(figure, clusters, n));
                }
            }
        }
        return lines;
    }

    private Line line(Figure figure, Clusters clusters, int n) {
        String experiment = figure.title + clusters.name() + n;
        long[] tally = crowd.tally(experiment, worlds, 4, (chance, counts) -> {
            Estimate estimate = figure.estimate(evidence(figure, clusters, n, chance));
            counts[0] += estimate.low() <= figure.truth && figure.truth <= estimate.high() ? 1 : 0;
            counts[1] += estimate.low() > figure.truth ? 1 : 0;
            counts[2] += estimate.high() < figure.truth ? 1 : 0;
            double width = estimate.high() - estimate.low();
            counts[3] += Double.isFinite(width) ? Math.round(width * 1e9) : -BILLION * BILLION / worlds;
        });
        return new Line(
                figure.title,
                figure.promised(clusters, n),
                clusters.name(),
                n,
                new Share(tally[0], worlds),
                new Share(tally[1], worlds),
                new Share(tally[2], worlds),
                tally[3] < 0 ? Double.NaN : tally[3] / 1e9 / worlds);
    }

    private Evidence evidence(Figure figure, Clusters clusters, int n, Chance chance) {
        Evidence evidence = new Evidence(bar, 0.05, 0.05, n);
        int line = 0;
        for (int cluster = 0; line < n; cluster++) {
            int size = Math.min(n - line, 1 + chance.below(clusters.largest()));
            double common = figure.draw(chance);
            for (int i = 0; i < size; i++) {
                boolean alike = size == 1 || chance.happens(ALIKE);
                evidence.add(figure.outcome(++line, cluster, alike ? common : figure.draw(chance)));
            }
        }
        return evidence;
    }

    Section section(List<Line> lines) {
        List<List<Cell>> rows = new ArrayList<>();
        List<Claim> claims = new ArrayList<>();
        for (Line line : lines) {
            rows.add(List.of(
                    new Cell.Words(line.figure()),
                    new Cell.Words(line.clusters()),
                    new Cell.Count(line.rows()),
                    new Cell.Rate(line.covered()),
                    new Cell.Decimal(100 * line.tooHigh().value(), 2),
                    new Cell.Decimal(100 * line.tooLow().value(), 2),
                    new Cell.Decimal(line.width(), 4)));
            String what = line.figure() + ", clusters of " + line.clusters() + ", " + line.rows() + " rows";
            claims.add(
                    switch (line.promised()) {
                        case EXACT -> Claim.within("at least 95 %: " + what, line.covered(), 0.95, 1);
                        case RESAMPLED -> Claim.within("94 to 96.5 %: " + what, line.covered(), 0.94, 0.965);
                        case HANDFUL -> Claim.within("at least 94 %: " + what, line.covered(), 0.94, 1);
                    });
        }
        return new Section(
                "Coverage of the intervals shown",
                "Each figure is drawn from a population whose truth is known; rows of one cluster share a value with probability 0.7. Rates"
                        + " (Clopper-Pearson, at the effective size where rows share clusters) and latencies (order statistics) are exact and so"
                        + " conservative, at least 95 %; scores and cost are resampled, 94 to 96.5 %, but scores are bounded conservatively where rows"
                        + " are of fewer than 30 clusters, and cost, at least 94 %, where they are of fewer than 5. The very skewed cost is log-normal, sigma 1: its largest price in a thousand is 22 times the"
                        + " median. The columns beside the coverage say how often (%) the whole interval lies above and below the truth; a width is"
                        + " missing where some intervals have no end.",
                List.of(new Grid(
                        "Coverage of 95 % intervals",
                        List.of("figure", "rows in a cluster", "rows", "covered", "above", "below", "mean width"),
                        rows)),
                List.of(drawing(lines)),
                claims);
    }

    private Drawing drawing(List<Line> lines) {
        List<Drawing.Line> curves = new ArrayList<>();
        for (Figure figure : Figure.values()) {
            curves.add(new Drawing.Line(
                    figure.brief(),
                    lines.stream()
                            .filter(line -> line.figure().equals(figure.title)
                                    && line.clusters()
                                            .equals(CLUSTERS.getFirst().name()))
                            .map(line -> Drawing.Point.of(line.rows(), line.covered()))
                            .toList()));
        }
        return new Drawing(
                "coverage", "Coverage of 95 % intervals, independent rows", "rows", "covered", CONFIDENCE, curves);
    }
}
