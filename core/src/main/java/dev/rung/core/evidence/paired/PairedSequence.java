package dev.rung.core.evidence.paired;

import dev.rung.core.evidence.TwoSidedTest;
import dev.rung.core.statistics.Groups;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Compares a candidate with an incumbent while pairs arrive, as from shadow traffic: one may look after every pair and stop at will.
 *
 * <p>The difference of two scores, moved from [-1, 1] to [0, 1], is bet on against the claim that its mean lies at the margin or below, and against the claim that it lies above
 * ({@link TwoSidedTest}). The chance that either is <em>ever</em> proved wrongly is at most alpha and beta, for scores of any distribution; what is proved stays proved. A pair of a duplicate
 * cluster that was seen before counts by row, and is no fresh evidence: NOT WORSE must hold both ways, WORSE counted by question. Not thread-safe.
 */
public final class PairedSequence {
    static final String DIFFERENCE = "difference";

    private final NonInferiority question;
    private final List<Pair> pairs = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Bets byRow;
    private final Bets byQuestion;
    private int gains;
    private int losses;

    /** The bets against the margin, and against equality. */
    private record Bets(TwoSidedTest margin, TwoSidedTest equality) {
        static Bets of(NonInferiority question) {
            return new Bets(
                    new TwoSidedTest(score(-question.margin()), question.alpha(), question.beta(), false),
                    new TwoSidedTest(score(0), question.alpha(), question.beta(), false));
        }

        void add(double difference) {
            margin.add(score(difference));
            equality.add(score(difference));
        }
    }

    public PairedSequence(NonInferiority question) {
        this.question = question;
        byRow = Bets.of(question);
        byQuestion = Bets.of(question);
    }

    private static double score(double difference) {
        return (1 + difference) / 2;
    }

    /** Adds the next pair. */
    public void add(Pair pair) {
        pairs.add(pair);
        gains += pair.difference() > 0 ? 1 : 0;
        losses += pair.difference() < 0 ? 1 : 0;
        byRow.add(pair.difference());
        if (seen.add(pair.cluster())) {
            byQuestion.add(pair.difference());
        }
    }

    /** Tells whether nothing is proved yet; cheap, to be asked after every pair. */
    public boolean isOpen() {
        return !notWorse() && !worse();
    }

    private boolean notWorse() {
        return byRow.margin().provedAbove() && byQuestion.margin().provedAbove();
    }

    private boolean worse() {
        return byQuestion.margin().provedBelow();
    }

    /** Returns what can be said now. */
    public PairedResult result() {
        boolean better = notWorse()
                && byRow.equality().provedAbove()
                && byQuestion.equality().provedAbove();
        double candidate = pairs.stream().mapToDouble(Pair::candidate).average().orElse(Double.NaN);
        double incumbent = pairs.stream().mapToDouble(Pair::incumbent).average().orElse(Double.NaN);
        PairedSentences words = PairedSentences.ofScores(candidate, incumbent, gains, losses, pairs.size(), question);
        PairedVerdict verdict = notWorse()
                ? new PairedVerdict.NotWorse(words.notWorse(better))
                : worse() ? new PairedVerdict.Worse(words.worse()) : words.open(morePairs());
        return new PairedResult(
                verdict,
                question,
                candidate,
                incumbent,
                PairedComparison.bootstrap(Groups.of(pairs, Pair::cluster, Pair::difference), question.confidence()),
                pairs.size(),
                seen.size(),
                better,
                new PairedResult.Basis.Anytime(gains, losses, atLeast()));
    }

    private double atLeast() {
        return 2 * Math.min(byRow.margin().lowerBound(), byQuestion.margin().lowerBound()) - 1;
    }

    private OptionalLong morePairs() {
        long rows = byRow.margin().more();
        long questions = byQuestion.margin().more();
        return rows < 0 || questions < 0
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(rows, (long) Math.ceil((double) questions * pairs.size() / seen.size())));
    }
}
