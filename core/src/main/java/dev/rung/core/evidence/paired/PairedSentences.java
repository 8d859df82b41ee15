package dev.rung.core.evidence.paired;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.OptionalLong;

/** Says in words what pairs showed. */
record PairedSentences(String counted, boolean behind, int pairs, NonInferiority question) {
    static PairedSentences ofRates(PairCounts counts, NonInferiority question) {
        String counted = (counts.bothRight() + counts.gains()) + " of " + counts.pairs() + " right, the incumbent "
                + (counts.bothRight() + counts.losses()) + discordant(counts.gains(), counts.losses());
        boolean behind = counts.difference() <= -question.margin();
        return new PairedSentences(counted, behind, counts.pairs(), question);
    }

    static PairedSentences ofScores(
            double candidate, double incumbent, int gains, int losses, int pairs, NonInferiority question) {
        String counted =
                String.format(Locale.ROOT, "mean %.3f over %d pairs, the incumbent %.3f", candidate, pairs, incumbent)
                        + discordant(gains, losses);
        return new PairedSentences(counted, candidate - incumbent <= -question.margin(), pairs, question);
    }

    private static String discordant(int gains, int losses) {
        return " (better on " + gains + ", worse on " + losses + ")";
    }

    String notWorse(boolean better) {
        String claim = better
                ? "better than the incumbent"
                : "worse by less than " + plain(question.margin()) + ", if at all,";
        return counted + "; " + claim + " with " + percent(question.alpha()) + " % confidence: NOT WORSE";
    }

    String worse() {
        return counted + "; worse by more than " + plain(question.margin()) + " with " + percent(question.beta())
                + " % confidence: WORSE";
    }

    PairedVerdict.NotEnough open(OptionalLong more) {
        if (pairs == 0) {
            return new PairedVerdict.NotEnough(
                    "no pair yet shows how the candidate compares: NOT ENOUGH EVIDENCE", OptionalLong.empty());
        }
        String rest = more.isPresent()
                ? "about " + more.getAsLong() + " more pairs would prove that it is not if all goes on like this"
                : behind
                        ? "so far it is, and more pairs alone would not change that"
                        : "no number of pairs that could be had would prove that it is not if all goes on like this";
        return new PairedVerdict.NotEnough(
                counted + "; whether it is worse by " + plain(question.margin())
                        + " or more is neither proved nor refuted; " + rest + ": NOT ENOUGH EVIDENCE",
                more);
    }

    private static String plain(double margin) {
        BigDecimal value = BigDecimal.valueOf(margin).stripTrailingZeros();
        return value.setScale(Math.max(2, value.scale())).toPlainString();
    }

    private static String percent(double error) {
        return BigDecimal.ONE
                .subtract(BigDecimal.valueOf(error))
                .movePointRight(2)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }
}
