package dev.rung.ladder.certificate;

import dev.rung.core.evidence.paired.NonInferiority;
import dev.rung.core.evidence.paired.Pair;
import dev.rung.core.evidence.paired.PairCounts;
import dev.rung.core.evidence.paired.PairedResult;
import dev.rung.core.evidence.paired.PairedVerdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The comparison with an incumbent the plain way: rates by bisection, probabilities by sums over discordant pairs, and the worst truth by walking through a grid of two hundred.
 *
 * <p>A grid may miss the very top of a peak, so its p-value is a little too small and the climb's, which is a proved bound within a hundredth, a little too large; they must lie that close.
 */
final class SimplePaired {
    private static final int GRID = 200;
    private static final double CLOSE = 1.012;
    private static final double PAID = 0.001;
    private static final double ROUNDING = 1e-9;

    private SimplePaired() {}

    /** Returns what of a result does not follow from its pairs, nothing if all does. */
    static List<String> differences(List<Pair> pairs, PairedResult result) {
        List<String> found = new ArrayList<>();
        NonInferiority question = result.question();
        String word;
        switch (result.basis()) {
            case PairedResult.Basis.Exact exact -> {
                PairCounts rows = count(pairs);
                PairCounts questions = count(firsts(pairs));
                if (!rows.equals(exact.byRow()) || !questions.equals(exact.byQuestion())) {
                    found.add("counts " + rows + " and " + questions);
                }
                double alpha = question.alpha();
                double notWorse =
                        Math.max(pValue(rows, -question.margin(), alpha), pValue(questions, -question.margin(), alpha));
                double worse = pValue(questions.swapped(), question.margin(), question.beta());
                compare("p of not worse", exact.notWorse(), notWorse, found);
                compare("p of worse", exact.worse(), worse, found);
                double better = Math.max(better(rows), better(questions));
                if (Math.abs(better - exact.better()) > 1e-9) {
                    found.add("p of better " + better);
                }
                if (result.better() != (exact.notWorse() <= alpha && better <= alpha)) {
                    found.add("better");
                }
                word = exact.notWorse() <= alpha
                        ? "NOT WORSE"
                        : exact.worse() <= question.beta() ? "WORSE" : "NOT ENOUGH EVIDENCE";
            }
            case PairedResult.Basis.Anytime anytime -> word = anytime(pairs, question);
        }
        if (!word.equals(result.verdict().word())) {
            found.add("verdict " + word);
        }
        return found;
    }

    private static void compare(String name, double climbs, double plain, List<String> found) {
        if (climbs < plain * (1 - 1e-6) || climbs > Math.min(1, plain * CLOSE) + 1e-12) {
            found.add(name + " " + plain);
        }
    }

    private static String anytime(List<Pair> pairs, NonInferiority question) {
        List<Pair> fresh = firsts(pairs);
        boolean notWorse = crosses(pairs, -question.margin(), question.alpha(), true)
                && crosses(fresh, -question.margin(), question.alpha(), true);
        boolean worse = crosses(fresh, -question.margin(), question.beta(), false);
        return notWorse ? "NOT WORSE" : worse ? "WORSE" : "NOT ENOUGH EVIDENCE";
    }

    private static boolean crosses(List<Pair> pairs, double difference, double level, boolean above) {
        double[] scores = pairs.stream()
                .mapToDouble(pair -> (1 + (above ? 1 : -1) * (pair.candidate() - pair.incumbent())) / 2)
                .toArray();
        double floor = (1 + (above ? 1 : -1) * difference) / 2;
        return new SimpleTest(floor, level, false, above).crossing(scores) <= scores.length;
    }

    private static PairCounts count(List<Pair> pairs) {
        int both = 0;
        int gains = 0;
        int losses = 0;
        for (Pair pair : pairs) {
            both += pair.candidate() == 1 && pair.incumbent() == 1 ? 1 : 0;
            gains += pair.candidate() > pair.incumbent() ? 1 : 0;
            losses += pair.candidate() < pair.incumbent() ? 1 : 0;
        }
        return new PairCounts(both, gains, losses, pairs.size() - both - gains - losses);
    }

    private static List<Pair> firsts(List<Pair> pairs) {
        Set<String> seen = new HashSet<>();
        List<Pair> firsts = new ArrayList<>();
        for (Pair pair : pairs) {
            if (seen.add(pair.cluster())) {
                firsts.add(pair);
            }
        }
        return firsts;
    }

    private static double better(PairCounts counts) {
        int discordant = counts.gains() + counts.losses();
        return discordant == 0 ? 1 : SimpleProbability.atLeast(counts.gains(), discordant, 0.5);
    }

    /** Returns the largest probability on the grid of a score as large as that seen, and what the interval around the share of discordant pairs costs. */
    static double pValue(PairCounts counts, double difference, double level) {
        int n = counts.pairs();
        if (n == 0) {
            return 1;
        }
        double seen = score(counts.gains(), counts.losses(), n, difference);
        int[] mostLosses = new int[n + 1];
        for (int d = 0, most = -1; d <= n; d++) {
            while (most >= 0 && score(d - most, most, n, difference) < seen - ROUNDING) {
                most--;
            }
            while (most < d && score(d - most - 1, most + 1, n, difference) >= seen - ROUNDING) {
                most++;
            }
            mostLosses[d] = most;
        }
        int discordant = counts.gains() + counts.losses();
        double error = PAID * level / 2;
        double least = SimpleProbability.lowerBound(discordant, n, error);
        double from = Math.max(Math.abs(difference), least);
        double to = Math.max(from, 1 - SimpleProbability.lowerBound(n - discordant, n, error));
        double largest = 0;
        for (int i = 0; i <= GRID; i++) {
            largest = Math.max(largest, probability(mostLosses, from + (to - from) * i / GRID, difference));
        }
        return Math.min(1, largest + PAID * level);
    }

    private static double probability(int[] mostLosses, double discordance, double difference) {
        int n = mostLosses.length - 1;
        double share = (discordance - difference) / 2 / discordance;
        double[] weights = probabilities(n, discordance);
        double sum = 0;
        for (int d = 0; d <= n; d++) {
            if (weights[d] > 1e-14 && mostLosses[d] >= 0) {
                double[] losses = probabilities(d, share);
                double within = 0;
                for (int c = 0; c <= mostLosses[d]; c++) {
                    within += losses[c];
                }
                sum += weights[d] * within;
            }
        }
        return sum;
    }

    private static double[] probabilities(int n, double p) {
        if (p > 0 && p < 1) {
            return SimpleProbability.binomial(n, p);
        }
        double[] sure = new double[n + 1];
        sure[p <= 0 ? 0 : n] = 1;
        return sure;
    }

    /** Returns the score with the rate of losses that makes the counts most likely found where the likelihood stops to rise. */
    static double score(int gains, int losses, int n, double difference) {
        double low = Math.max(0, -difference);
        double high = (1 - difference) / 2;
        for (int i = 0; i < 100; i++) {
            double loss = (low + high) / 2;
            double slope = (gains == 0 ? 0 : gains / (loss + difference))
                    + (losses == 0 ? 0 : losses / loss)
                    - (gains + losses == n ? 0 : 2.0 * (n - gains - losses) / (1 - 2 * loss - difference));
            if (slope > 0) {
                low = loss;
            } else {
                high = loss;
            }
        }
        double variance = n * (low + high + difference - difference * difference);
        double excess = gains - losses - n * difference;
        return Math.abs(excess) < 1e-9 && variance < 1e-9 ? 0 : excess / Math.sqrt(variance);
    }

    /** Returns the verdict's word for right-or-wrong pairs by these plain means alone. */
    static String word(List<Pair> pairs, NonInferiority question) {
        PairCounts rows = count(pairs);
        PairCounts questions = count(firsts(pairs));
        double alpha = question.alpha();
        if (pValue(rows, -question.margin(), alpha) <= alpha && pValue(questions, -question.margin(), alpha) <= alpha) {
            return new PairedVerdict.NotWorse("").word();
        }
        boolean worse = pValue(questions.swapped(), question.margin(), question.beta()) <= question.beta();
        return worse ? "WORSE" : "NOT ENOUGH EVIDENCE";
    }
}
