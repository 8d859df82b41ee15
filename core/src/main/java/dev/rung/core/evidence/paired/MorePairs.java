package dev.rung.core.evidence.paired;

import java.util.OptionalLong;

/** How many pairs more would prove NOT WORSE if gains and losses went on at the rates so far. */
final class MorePairs {
    private static final int MOST = 1_000_000;

    private MorePairs() {}

    /** Returns how many rows more would do for rows and for questions, which go on at their share of rows; empty when no number up to a million would. */
    static OptionalLong of(PairCounts rows, PairCounts questions, NonInferiority question) {
        OptionalLong byRow = of(rows, question);
        if (rows.equals(questions) || byRow.isEmpty()) {
            return byRow;
        }
        OptionalLong byQuestion = of(questions, question);
        return byQuestion.isEmpty()
                ? byQuestion
                : OptionalLong.of(Math.max(byRow.getAsLong(), (long)
                        Math.ceil((double) byQuestion.getAsLong() * rows.pairs() / questions.pairs())));
    }

    private static OptionalLong of(PairCounts counts, NonInferiority question) {
        int n = counts.pairs();
        if (n == 0 || counts.difference() <= -question.margin()) {
            return OptionalLong.empty();
        }
        if (proved(counts, n, question)) {
            return OptionalLong.of(0);
        }
        int tooFew = n;
        int enough = Math.max(16, n);
        while (!proved(counts, enough, question)) {
            tooFew = enough;
            enough *= 2;
            if (enough > MOST) {
                return OptionalLong.empty();
            }
        }
        while (enough - tooFew > Math.max(1, enough / 200)) {
            int middle = (tooFew + enough) >>> 1;
            if (proved(counts, middle, question)) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return OptionalLong.of(enough - n);
    }

    private static boolean proved(PairCounts counts, int pairs, NonInferiority question) {
        double times = (double) pairs / counts.pairs();
        int gains = (int) Math.floor(counts.gains() * times);
        int losses = (int) Math.ceil(counts.losses() * times - 1e-9);
        PairCounts scaled = new PairCounts(Math.max(0, pairs - gains - losses), gains, losses, 0);
        return ExactPairedTest.rejects(scaled, -question.margin(), question.alpha());
    }
}
