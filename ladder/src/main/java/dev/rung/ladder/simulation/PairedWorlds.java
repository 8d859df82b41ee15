package dev.rung.ladder.simulation;

import dev.rung.core.evidence.paired.NonInferiority;
import dev.rung.core.evidence.paired.Pair;
import dev.rung.core.evidence.paired.PairedComparison;
import dev.rung.core.evidence.paired.PairedSequence;
import dev.rung.core.evidence.paired.PairedVerdict;
import dev.rung.core.evidence.paired.RejectionBoundary;
import dev.rung.core.statistics.Normal;
import dev.rung.ladder.climb.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often a candidate is called not worse than an incumbent that is better by exactly the margin, and how often one that is as good. */
final class PairedWorlds {
    private static final double LEVEL = 0.05;
    private static final double POWER = 0.8;
    private static final List<Double> DISCORDANCES = List.of(0.02, 0.05, 0.10, 0.20, 0.30);
    private static final List<Integer> PAIRS = List.of(50, 200, 500, 2_000);
    private static final List<Integer> FEW_PAIRS = List.of(50, 200);
    /** Margins beside the discordance from which they can be met: the share of discordant pairs is at least the margin. */
    private static final double[] MARGINS = {0.02, 0.05};
    /** Of whole comparisons. */
    private static final double MARGIN = 0.05;

    private final Crowd crowd;
    private final int worlds;
    private final boolean quick;

    /** @param quick leaves out the numbers of pairs that take longest */
    PairedWorlds(Crowd crowd, int worlds, boolean quick) {
        this.crowd = crowd;
        this.worlds = worlds;
        this.quick = quick;
    }

    /** The exact chance that the test says NOT WORSE although the truth is exactly the margin. */
    record Size(double margin, double discordance, int pairs, double size) {}

    /**
     * The exact power against a candidate that is as good.
     *
     * @param pairs that the large-sample formula asks for
     */
    record Power(double margin, double discordance, int pairs, double power) {}

    /** How often the whole comparison says NOT WORSE of a candidate that is worse by exactly the margin. */
    record Whole(String how, double discordance, int pairs, Share notWorse) {}

    List<Size> sizes(Progress progress) {
        List<Size> sizes = new ArrayList<>();
        for (double margin : MARGINS) {
            for (int pairs : quick ? FEW_PAIRS : PAIRS) {
                progress.at("sizes at " + pairs + " pairs", 0, 0);
                RejectionBoundary test = new RejectionBoundary(pairs, -margin, LEVEL);
                for (double discordance : DISCORDANCES) {
                    if (discordance >= margin) {
                        double size = test.probability((discordance - margin) / 2, (discordance + margin) / 2);
                        sizes.add(new Size(margin, discordance, pairs, size));
                    }
                }
            }
        }
        return sizes;
    }

    List<Power> powers() {
        List<Power> powers = new ArrayList<>();
        double[][] cases = {{0.02, 0.08}, {0.03, 0.08}, {0.05, 0.08}, {0.02, 0.15}, {0.03, 0.15}, {0.05, 0.15}};
        for (double[] one : cases) {
            int pairs = tabled(one[0], one[1]);
            if (!quick || pairs < 1_000) {
                double power = new RejectionBoundary(pairs, -one[0], LEVEL).probability(one[1] / 2, one[1] / 2);
                powers.add(new Power(one[0], one[1], pairs, power));
            }
        }
        return powers;
    }

    // The large-sample number of pairs (Nam 1997): variance of a pair's difference, by the squared margin.
    private static int tabled(double margin, double discordance) {
        double reach = Normal.quantile(1 - LEVEL) + Normal.quantile(POWER);
        return (int) Math.ceil(discordance * reach * reach / (margin * margin));
    }

    List<Whole> whole() {
        List<Whole> lines = new ArrayList<>();
        for (double discordance : new double[] {0.06, 0.20}) {
            lines.add(whole("exact test of a fixed number", discordance, 200, false));
            lines.add(whole("a look after every pair", discordance, 500, true));
        }
        return lines;
    }

    private Whole whole(String how, double discordance, int pairs, boolean peeking) {
        NonInferiority question = new NonInferiority(MARGIN, LEVEL, LEVEL);
        // Verdicts on a fixed number of pairs depend on how many differ either way alone, and few such counts come up.
        Map<List<Integer>, Boolean> known = new ConcurrentHashMap<>();
        long[] tally = crowd.tally("paired " + how + discordance, worlds, 1, (chance, counts) -> {
            boolean notWorse = peeking
                    ? notWorse(discordance, pairs, question, chance)
                    : known.computeIfAbsent(
                            counted(discordance, pairs, chance), found -> notWorse(found, pairs, question));
            counts[0] += notWorse ? 1 : 0;
        });
        return new Whole(how, discordance, pairs, new Share(tally[0], worlds));
    }

    /** Returns whether the candidate is better (1), worse (-1) or alike (0) on the next pair. */
    private static int next(double discordance, Chance chance) {
        double place = chance.uniform();
        return place < (discordance + MARGIN) / 2 ? -1 : place < discordance ? 1 : 0;
    }

    private static List<Integer> counted(double discordance, int pairs, Chance chance) {
        int gains = 0;
        int losses = 0;
        for (int i = 0; i < pairs; i++) {
            int difference = next(discordance, chance);
            gains += difference > 0 ? 1 : 0;
            losses += difference < 0 ? 1 : 0;
        }
        return List.of(gains, losses);
    }

    private static boolean notWorse(List<Integer> gainsAndLosses, int pairs, NonInferiority question) {
        int gains = gainsAndLosses.getFirst();
        int differ = gains + gainsAndLosses.getLast();
        List<Pair> all = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            all.add(pair(i, i < gains ? 1 : i < differ ? -1 : 0));
        }
        return PairedComparison.ofRates(all, question).verdict() instanceof PairedVerdict.NotWorse;
    }

    private static boolean notWorse(double discordance, int pairs, NonInferiority question, Chance chance) {
        PairedSequence sequence = new PairedSequence(question);
        for (int i = 0; i < pairs && sequence.isOpen(); i++) {
            sequence.add(pair(i, next(discordance, chance)));
        }
        return !sequence.isOpen() && sequence.result().verdict() instanceof PairedVerdict.NotWorse;
    }

    private static Pair pair(int number, int difference) {
        return new Pair(Integer.toString(number), difference < 0 ? 0 : 1, difference > 0 ? 0 : 1);
    }

    Section section(List<Size> sizes, List<Power> powers, List<Whole> whole) {
        List<Claim> claims = new ArrayList<>();
        List<List<Cell>> sizeRows = new ArrayList<>();
        for (Size line : sizes) {
            sizeRows.add(List.of(
                    new Cell.Decimal(line.margin(), 2),
                    new Cell.Decimal(line.discordance(), 2),
                    new Cell.Count(line.pairs()),
                    new Cell.Decimal(100 * line.size(), 3)));
            claims.add(exactly(
                    "size at most 5 %%: margin %.2f, %.0f %% discordant, %d pairs"
                            .formatted(line.margin(), 100 * line.discordance(), line.pairs()),
                    line.size(),
                    0,
                    LEVEL));
        }
        List<List<Cell>> powerRows = new ArrayList<>();
        for (Power line : powers) {
            powerRows.add(List.of(
                    new Cell.Decimal(line.margin(), 2),
                    new Cell.Decimal(line.discordance(), 2),
                    new Cell.Count(line.pairs()),
                    new Cell.Decimal(line.power(), 3)));
            claims.add(exactly(
                    "power within 0.05 of the large-sample table: margin %.2f, %.0f %% discordant, %d pairs"
                            .formatted(line.margin(), 100 * line.discordance(), line.pairs()),
                    line.power(),
                    POWER - 0.05,
                    POWER + 0.05));
        }
        List<List<Cell>> wholeRows = new ArrayList<>();
        for (Whole line : whole) {
            wholeRows.add(List.of(
                    new Cell.Words(line.how()),
                    new Cell.Decimal(line.discordance(), 2),
                    new Cell.Count(line.pairs()),
                    new Cell.Rate(line.notWorse())));
            claims.add(Claim.within(
                    "NOT WORSE in at most 5 %%: %s, %.0f %% discordant".formatted(line.how(), 100 * line.discordance()),
                    line.notWorse(),
                    0,
                    LEVEL));
        }
        return new Section(
                "Not worse than the incumbent",
                "Sizes and powers are computed exactly, by summing the probabilities of all outcomes that the test of real comparisons rejects, so they"
                        + " carry no Monte-Carlo error. The number of pairs in the second table is that of the large-sample formula of Nam (1997) for a"
                        + " power of 0.80. The third table puts pairs through whole comparisons; margin 0.05.",
                List.of(
                        new Grid(
                                "NOT WORSE, %, when the truth is exactly the margin (α = 5 %)",
                                List.of("margin", "discordant", "pairs", "size, %"), sizeRows),
                        new Grid(
                                "NOT WORSE when both are equally good",
                                List.of("margin", "discordant", "pairs", "power"),
                                powerRows),
                        new Grid(
                                "Whole comparisons at exactly the margin",
                                List.of("how", "discordant", "pairs", "NOT WORSE"),
                                wholeRows)),
                List.of(drawing(sizes)),
                claims);
    }

    private static Claim exactly(String claim, double value, double least, double most) {
        boolean holds = value >= least && value <= most;
        return new Claim(
                claim,
                holds ? Claim.State.SHOWN : Claim.State.BROKEN,
                String.format(Locale.ROOT, "%.4f, exactly", value));
    }

    private static Drawing drawing(List<Size> sizes) {
        List<Drawing.Line> lines = new ArrayList<>();
        for (int pairs : sizes.stream().map(Size::pairs).distinct().toList()) {
            lines.add(new Drawing.Line(
                    pairs + " pairs",
                    sizes.stream()
                            .filter(line -> line.pairs() == pairs && line.margin() == MARGINS[1])
                            .map(line -> Drawing.Point.of(line.discordance(), line.size()))
                            .toList()));
        }
        return new Drawing(
                "not-worse-size",
                "Chance of NOT WORSE when the candidate is worse by exactly the margin of 0.05",
                "share of discordant pairs",
                "NOT WORSE",
                LEVEL,
                lines);
    }
}
