package dev.rung.ladder.simulation;

import dev.rung.core.evidence.judge.Paired;
import dev.rung.core.evidence.judge.PredictionPowered;
import dev.rung.ladder.climb.Progress;
import java.util.ArrayList;
import java.util.List;

/** How often the interval from few labels and many judgements covers the truth, and how much shorter it is than the one from labels alone. */
final class JudgedWorlds {
    private static final double CONFIDENCE = 0.95;
    private static final double ACCEPTABLE = 0.8;
    private static final int LABELLED = 300;
    private static final int OTHERS = 3_000;

    private final Crowd crowd;
    private final int worlds;

    JudgedWorlds(Crowd crowd, int worlds) {
        this.crowd = crowd;
        this.worlds = worlds;
    }

    /** A judge: how often it accepts what people accept, and what they do not. */
    enum Judge {
        SHARP("agrees in 94 %", 0.97, 0.20),
        USUAL("agrees in 89 %", 0.92, 0.23),
        LENIENT("accepts nearly all", 0.98, 0.70),
        STRICT("rejects much that is acceptable", 0.60, 0.05),
        USELESS("tosses a coin", 0.5, 0.5);

        private final String title;
        private final double sensitivity;
        private final double falseAcceptance;

        Judge(String title, double sensitivity, double falseAcceptance) {
            this.title = title;
            this.sensitivity = sensitivity;
            this.falseAcceptance = falseAcceptance;
        }

        /** Returns by how much its agreement shortens the interval in large samples: the square root of 1 − r² N / (n + N). */
        double predicted() {
            double accepts = ACCEPTABLE * sensitivity + (1 - ACCEPTABLE) * falseAcceptance;
            double covariance = ACCEPTABLE * (sensitivity - accepts);
            double squared = covariance * covariance / (ACCEPTABLE * (1 - ACCEPTABLE) * accepts * (1 - accepts));
            return Math.sqrt(1 - squared * OTHERS / (LABELLED + OTHERS));
        }
    }

    /** What came of one judge; {@code naive} is the judge's word taken for people's. */
    record Line(Judge judge, Share covered, Share alone, Share naive, Mean ratio) {}

    List<Line> lines(Progress progress) {
        List<Line> lines = new ArrayList<>();
        for (Judge judge : Judge.values()) {
            progress.at(judge.title, lines.size(), Judge.values().length);
            long[] tally = crowd.tally("judge " + judge, worlds, 5, (chance, counts) -> judge(judge, chance, counts));
            lines.add(new Line(
                    judge,
                    new Share(tally[0], worlds),
                    new Share(tally[1], worlds),
                    new Share(tally[2], worlds),
                    Mean.of(tally[3], tally[4], worlds).times(1e-4)));
        }
        return lines;
    }

    private static void judge(Judge judge, Chance chance, long[] counts) {
        List<Paired> labelled = new ArrayList<>();
        for (int i = 0; i < LABELLED; i++) {
            boolean human = chance.happens(ACCEPTABLE);
            labelled.add(Paired.of(human, chance.happens(human ? judge.sensitivity : judge.falseAcceptance)));
        }
        double[] others = new double[OTHERS];
        int accepted = 0;
        for (int i = 0; i < OTHERS; i++) {
            boolean human = chance.happens(ACCEPTABLE);
            others[i] = chance.happens(human ? judge.sensitivity : judge.falseAcceptance) ? 1 : 0;
            accepted += (int) others[i];
        }
        PredictionPowered both = PredictionPowered.of(labelled, others, CONFIDENCE);
        PredictionPowered alone = PredictionPowered.of(labelled, new double[0], CONFIDENCE);
        Share word = new Share(accepted, OTHERS);
        counts[0] += covers(both.low(), both.high());
        counts[1] += covers(alone.low(), alone.high());
        counts[2] += covers(word.low(), word.high());
        long ratio = Math.round(1e4 * (both.high() - both.low()) / (alone.high() - alone.low()));
        counts[3] += ratio;
        counts[4] += ratio * ratio;
    }

    private static int covers(double low, double high) {
        return low <= ACCEPTABLE && ACCEPTABLE <= high ? 1 : 0;
    }

    Section section(List<Line> lines) {
        List<List<Cell>> rows = new ArrayList<>();
        List<Claim> claims = new ArrayList<>();
        for (Line line : lines) {
            double predicted = line.judge().predicted();
            rows.add(List.of(
                    new Cell.Words(line.judge().title),
                    new Cell.Rate(line.covered()),
                    new Cell.Rate(line.alone()),
                    new Cell.Rate(line.naive()),
                    new Cell.Average(line.ratio(), 3),
                    new Cell.Decimal(predicted, 3)));
            claims.add(Claim.within("94 to 96.5 %: " + line.judge().title, line.covered(), 0.94, 0.965));
            claims.add(Claim.within(
                    "width within 3 %% of what agreement predicts: %s".formatted(line.judge().title),
                    line.ratio(),
                    predicted * 0.97,
                    predicted * 1.03,
                    3));
        }
        return new Section(
                "Few labels and many judgements",
                "People would accept 80 % of the answers; they labelled 300, and a model judge scored these and 3,000 more. The interval corrects the judge by"
                        + " what it gets wrong on the labelled answers (PPI++). Beside it: labels alone, and the 99 % interval of the judge's word"
                        + " taken for people's. The predicted ratio of widths is √(1 − r² N / (n + N)), r the correlation of judge and people.",
                List.of(new Grid(
                        "Coverage of 95 % intervals",
                        List.of(
                                "judge",
                                "with the judge",
                                "labels alone",
                                "the judge alone",
                                "width with the judge by width without",
                                "predicted"),
                        rows)),
                List.of(),
                claims);
    }
}
