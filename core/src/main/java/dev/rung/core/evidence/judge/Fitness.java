package dev.rung.core.evidence.judge;

import dev.rung.core.statistics.Normal;
import java.util.Locale;
import java.util.OptionalLong;

/** Whether a judge may judge: only one that provably agrees with people beyond chance. */
public sealed interface Fitness {
    /** What Cohen's kappa must provably exceed: the end of "fair" agreement (Landis and Koch 1977, "The measurement of observer agreement for categorical data"). */
    double LEAST_KAPPA = 0.4;
    /** The fewest labelled answers that large-sample intervals are trusted on. */
    int LEAST_LABELS = 30;
    /** The fewest answers that people accept, and that they reject: whoever never sees a bad answer cannot show that he notices one. */
    int LEAST_OF_EACH = 5;
    /** The chance that the number of labels asked for is enough, if the judge goes on agreeing as it does. */
    double POWER = 0.8;

    /** Returns why, in one plain sentence. */
    String sentence();

    /** It provably agrees with people. */
    record Usable(String sentence) implements Fitness {}

    /**
     * It does not, so far.
     *
     * @param labels how many labelled answers in all would be expected to show that it does; empty where none would, since it agrees too little
     */
    record Refused(String sentence, OptionalLong labels) implements Fitness {}

    /** Returns whether a judge with this agreement may judge, at {@code confidence}. */
    static Fitness of(Agreement table, double confidence) {
        int accepted = table.bothAccept() + table.onlyHuman();
        int rejected = table.n() - accepted;
        Agreement.Rate kappa = table.kappa(confidence);
        if (accepted < LEAST_OF_EACH || rejected < LEAST_OF_EACH) {
            return few(table, accepted, rejected);
        }
        String found = String.format(
                Locale.ROOT,
                "kappa is %.2f [%.2f, %.2f] on %d labelled answers",
                kappa.estimate(),
                kappa.low(),
                kappa.high(),
                table.n());
        if (table.n() >= LEAST_LABELS && kappa.low() > LEAST_KAPPA) {
            return new Usable(found + ", provably over " + LEAST_KAPPA + ": usable");
        }
        if (!(kappa.estimate() > LEAST_KAPPA)) {
            return new Refused(
                    found + "; it must exceed " + LEAST_KAPPA
                            + ", and more labels alone would not lift it: change the rubric or the model",
                    OptionalLong.empty());
        }
        long labels = Math.max(LEAST_LABELS, Math.max(table.n() + 1L, labels(table, confidence)));
        return new Refused(
                found + "; that it exceeds " + LEAST_KAPPA + " is not proved, and about " + labels
                        + " labelled answers in all would prove it if it goes on like this",
                OptionalLong.of(labels));
    }

    private static Fitness few(Agreement table, int accepted, int rejected) {
        int rarer = Math.min(accepted, rejected);
        OptionalLong labels = rarer == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(LEAST_LABELS, (long) Math.ceilDiv(LEAST_OF_EACH * table.n(), rarer)));
        return new Refused(
                "people accept " + accepted + " and reject " + rejected + " of the labelled answers, and at least "
                        + LEAST_OF_EACH + " of each are needed to see whether the judge tells them apart"
                        + (labels.isPresent() ? ": about " + labels.getAsLong() + " labels in all" : ""),
                labels);
    }

    // The number at which kappa's lower bound exceeds the floor with the stated power, from the variance that the
    // table shows (Flack, Afifi, Lachenbruch and Schouten 1988, "Sample size determinations for the two rater kappa
    // statistic").
    private static long labels(Agreement table, double confidence) {
        double distance = Kappa.of(table) - LEAST_KAPPA;
        double normal = -Normal.quantile((1 - confidence) / 2) + Normal.quantile(POWER);
        return (long) Math.ceil(Kappa.unitVariance(table) * normal * normal / (distance * distance));
    }
}
