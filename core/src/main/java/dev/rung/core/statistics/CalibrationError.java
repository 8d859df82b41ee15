package dev.rung.core.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How far stated confidence lies from how often answers are right, over bins of equal numbers of answers.
 *
 * <p>The plain measure is the mean distance (expected calibration error; Naeini, Cooper, Hauskrecht 2015; Guo et al. 2017). With few answers a bin it is far
 * from zero even for a perfectly honest confidence, since noise adds to every distance. The debiased one is the root of the mean <em>squared</em> distance (norm l2),
 * from each of which an unbiased estimate of the noise in it is subtracted (Bröcker 2012, "Estimating reliability and resolution of probability forecasts through
 * decomposition of the empirical score"; Kumar, Liang, Ma 2019, "Verified uncertainty calibration", who take the noise from the share right alone). Noise is measured
 * between duplicate clusters. Either is the error that bins of this width can see, and so a lower bound of the whole.
 *
 * @param plain from 0 to 1
 * @param debiased from 0 to 1; 0 where noise explains everything
 * @param interval of the debiased error, by a bootstrap of whole clusters
 * @param bins from the least confidence up
 */
public record CalibrationError(double plain, double debiased, Interval interval, List<Bin> bins) {
    private static final int REPLICATES = 1_000;
    private static final long SEED = 20_260_102;

    public CalibrationError {
        bins = List.copyOf(bins);
    }

    /** The answers of one bin, by their places. */
    public record Bin(List<Integer> members) {
        public Bin {
            members = List.copyOf(members);
        }
    }

    /**
     * A statement and what became of it.
     *
     * @param confidence from 0 to 1
     * @param right whether the answer was right
     */
    public record Said(String cluster, double confidence, boolean right) {}

    /**
     * Measures.
     *
     * @param count of bins, fewer where answers of equal confidence fill more than one: they are never parted
     * @param level of the interval
     */
    public static CalibrationError of(List<Said> said, int count, double level) {
        if (said.isEmpty() || count < 1) {
            throw new IllegalArgumentException(said.size() + " answers in " + count + " bins");
        }
        List<Bin> bins = bins(said, count);
        int[] binOf = new int[said.size()];
        for (int b = 0; b < bins.size(); b++) {
            for (int member : bins.get(b).members()) {
                binOf[member] = b;
            }
        }
        List<List<Cell>> clusters = cells(said, binOf);
        Sums sums = new Sums(bins.size());
        clusters.forEach(sums::add);
        double squared = sums.squaredLessNoise();
        return new CalibrationError(
                sums.meanDistance(),
                Math.sqrt(Math.max(0, squared)),
                interval(clusters, bins.size(), squared, sums.squared(), level),
                bins);
    }

    /**
     * Returns how many standard errors the Brier score lies from what it would be if every confidence were exactly the chance to be right: about standard normal
     * then, positive where confidence is too extreme and negative where it is too timid (Spiegelhalter 1986, "Probabilistic prediction in patient management and clinical trials"). For independent
     * answers.
     */
    public static double spiegelhalter(List<Said> said) {
        double difference = 0;
        double variance = 0;
        for (Said one : said) {
            double p = one.confidence();
            difference += ((one.right() ? 1 : 0) - p) * (1 - 2 * p);
            variance += (1 - 2 * p) * (1 - 2 * p) * p * (1 - p);
        }
        return variance == 0
                ? (difference == 0 ? 0 : Math.copySign(Double.POSITIVE_INFINITY, difference))
                : difference / Math.sqrt(variance);
    }

    private static List<Bin> bins(List<Said> said, int count) {
        int[] order = IntStream.range(0, said.size())
                .boxed()
                .sorted((a, b) ->
                        Double.compare(said.get(a).confidence(), said.get(b).confidence()))
                .mapToInt(Integer::intValue)
                .toArray();
        List<Bin> bins = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        int closed = 0;
        for (int i = 0; i < order.length; i++) {
            open.add(order[i]);
            boolean tied = i + 1 < order.length
                    && said.get(order[i]).confidence() == said.get(order[i + 1]).confidence();
            if (i + 1 == order.length || (!tied && (long) (i + 1) * count >= (long) (closed + 1) * order.length)) {
                bins.add(new Bin(open));
                open.clear();
                closed = (int) ((long) (i + 1) * count / order.length);
            }
        }
        return bins;
    }

    /** What one cluster puts into one bin: how many answers, and the sum of confidence less right ones. */
    private record Cell(int bin, double n, double gap) {}

    private static List<List<Cell>> cells(List<Said> said, int[] binOf) {
        Map<String, Map<Integer, Cell>> byCluster = new HashMap<>();
        List<Map<Integer, Cell>> inOrder = new ArrayList<>();
        for (int i = 0; i < binOf.length; i++) {
            Said one = said.get(i);
            Map<Integer, Cell> mine = byCluster.computeIfAbsent(one.cluster(), fresh -> {
                Map<Integer, Cell> cells = new HashMap<>();
                inOrder.add(cells);
                return cells;
            });
            mine.merge(
                    binOf[i],
                    new Cell(binOf[i], 1, one.confidence() - (one.right() ? 1 : 0)),
                    (a, b) -> new Cell(a.bin(), a.n() + b.n(), a.gap() + b.gap()));
        }
        return inOrder.stream()
                .map(cells -> List.copyOf(new TreeMap<>(cells).values()))
                .toList();
    }

    // Errors of the resampled estimates about what they estimate, the plain square, taken from the estimate (the basic
    // bootstrap): resampled
    // estimates themselves would carry the sample's noise a second time.
    private static Interval interval(
            List<List<Cell>> clusters, int bins, double squared, double plainSquared, double level) {
        SplitMix64 random = new SplitMix64(SEED);
        double[] errors = new double[REPLICATES];
        Sums sums = new Sums(bins);
        for (int r = 0; r < REPLICATES; r++) {
            sums.clear();
            for (int i = 0; i < clusters.size(); i++) {
                sums.add(clusters.get(random.below(clusters.size())));
            }
            errors[r] = sums.squaredLessNoise() - plainSquared;
        }
        Arrays.sort(errors);
        int tail = (int) Math.floor((1 - level) / 2 * REPLICATES);
        double low = squared - errors[REPLICATES - 1 - tail];
        double high = squared - errors[tail];
        double debiased = Math.sqrt(Math.max(0, squared));
        return new Interval(
                Math.min(debiased, Math.sqrt(Math.max(0, low))), Math.max(debiased, Math.sqrt(Math.max(0, high))));
    }

    /** Sums over the cells of each bin, from which its mean gap and the noise of that follow. */
    private static final class Sums {
        private final double[][] sums;

        Sums(int bins) {
            sums = new double[bins][6];
        }

        void clear() {
            for (double[] sum : sums) {
                Arrays.fill(sum, 0);
            }
        }

        void add(List<Cell> cluster) {
            for (Cell cell : cluster) {
                double[] sum = sums[cell.bin()];
                sum[0]++;
                sum[1] += cell.n();
                sum[2] += cell.gap();
                sum[3] += cell.gap() * cell.gap();
                sum[4] += cell.gap() * cell.n();
                sum[5] += cell.n() * cell.n();
            }
        }

        private double n() {
            return Arrays.stream(sums).mapToDouble(sum -> sum[1]).sum();
        }

        double meanDistance() {
            return Arrays.stream(sums).mapToDouble(sum -> Math.abs(sum[2])).sum() / n();
        }

        double squared() {
            return Arrays.stream(sums)
                            .mapToDouble(sum -> sum[1] == 0 ? 0 : sum[2] * sum[2] / sum[1])
                            .sum()
                    / n();
        }

        double squaredLessNoise() {
            double total = 0;
            for (double[] sum : sums) {
                double clusters = sum[0];
                double n = sum[1];
                if (clusters < 2) {
                    continue; // one cluster shows no noise, and so nothing beyond it
                }
                double mean = sum[2] / n;
                double residuals = sum[3] - 2 * mean * sum[4] + mean * mean * sum[5];
                double noise = Math.max(0, residuals) / (n * n) * clusters / (clusters - 1);
                total += n * (mean * mean - noise);
            }
            return total / n();
        }
    }
}
