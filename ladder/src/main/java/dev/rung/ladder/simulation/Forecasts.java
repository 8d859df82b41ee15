package dev.rung.ladder.simulation;

import dev.rung.core.evidence.Estimate;
import dev.rung.core.evidence.forecast.CurvePoint;
import dev.rung.core.evidence.forecast.LearningCurveFit;
import dev.rung.ladder.climb.Progress;
import java.util.ArrayList;
import java.util.List;

/** How often the forecast of a learning curve, measured with 10 to 50 % of the rows, covers what all rows give. */
final class Forecasts {
    private static final int HELD_OUT = 2_000;
    private static final int RUNS = 4;
    private static final double[] SHARES = {0.1, 0.2, 0.3, 0.4, 0.5};
    private static final double CONFIDENCE = 0.95;
    private static final double OTHER_CONFIDENCE = 0.80;

    private final Crowd crowd;
    private final int worlds;

    Forecasts(Crowd crowd, int worlds) {
        this.crowd = crowd;
        this.worlds = worlds;
    }

    /** A kind of learner. */
    enum Learner {
        /** Its error is a power law. */
        POWER_LAW("error = floor + scale · rows^-decay"),
        /** Its error bends: with few rows it falls less. */
        BENT("the same, of rows + start: it bends"),
        /** It has learned all that it can. */
        FLAT("no more to learn");

        private final String title;

        Learner(String title) {
            this.title = title;
        }
    }

    /** What forecasts of one kind of learner did. */
    record Line(Learner learner, Share covered, Share narrowCovered, double width) {}

    /** A learner whose expected error is known; rows of one run have luck of their own. */
    private record Truth(double floor, double scale, double decay, double start, int rows, double luck) {
        static Truth draw(Learner learner, Chance chance) {
            int rows = (int) (500 * StrictMath.pow(20, chance.uniform()));
            double floor = 0.12 * chance.uniform();
            double decay = StrictMath.exp(StrictMath.log(0.5) + 0.5 * chance.normal());
            double atTenth = 0.05 + 0.4 * chance.uniform();
            double start = learner == Learner.BENT ? 0.1 * rows * chance.uniform() : 0;
            double scale = learner == Learner.FLAT ? 0 : atTenth * StrictMath.pow(0.1 * rows + start, decay);
            return new Truth(floor + 0.02, scale, decay, start, rows, 0.002 + 0.008 * chance.uniform());
        }

        /** Returns the error of one training run. */
        double run(double size, double shift, Chance chance) {
            double error = floor + scale * StrictMath.pow(size + start, -decay);
            double noise = Math.sqrt(error * (1 - error)) * (shift + luck * chance.normal());
            return Math.clamp(error + noise, 0, 1);
        }
    }

    List<Line> lines(Progress progress) {
        List<Line> lines = new ArrayList<>();
        for (Learner learner : Learner.values()) {
            progress.at(learner.title, lines.size(), Learner.values().length);
            long[] tally = crowd.tally(
                    "forecast " + learner, worlds, 3, (chance, counts) -> forecast(learner, chance, counts));
            lines.add(new Line(
                    learner, new Share(tally[0], worlds), new Share(tally[1], worlds), tally[2] / 1e9 / worlds));
        }
        return lines;
    }

    private static void forecast(Learner learner, Chance chance, long[] counts) {
        Truth truth = Truth.draw(learner, chance);
        double shift = chance.normal() / Math.sqrt(HELD_OUT); // luck with the held-out rows, which all runs share
        List<CurvePoint> points = new ArrayList<>();
        for (double share : SHARES) {
            int size = (int) Math.round(share * truth.rows());
            for (int run = 0; run < RUNS; run++) {
                double seen = truth.run(size, shift, chance);
                points.add(new CurvePoint(size, (int) Math.round((1 - seen) * HELD_OUT), HELD_OUT));
            }
        }
        LearningCurveFit fit = LearningCurveFit.of(points, chance.next());
        double accuracy = 1 - truth.run(truth.rows(), 0, chance);
        Estimate wide = fit.forecast(truth.rows(), CONFIDENCE);
        Estimate narrow = fit.forecast(truth.rows(), OTHER_CONFIDENCE);
        counts[0] += wide.low() <= accuracy && accuracy <= wide.high() ? 1 : 0;
        counts[1] += narrow.low() <= accuracy && accuracy <= narrow.high() ? 1 : 0;
        counts[2] += Math.round((wide.high() - wide.low()) * 1e9);
    }

    Section section(List<Line> lines) {
        List<List<Cell>> rows = new ArrayList<>();
        List<Claim> claims = new ArrayList<>();
        for (Line line : lines) {
            rows.add(List.of(
                    new Cell.Words(line.learner().title),
                    new Cell.Rate(line.covered()),
                    new Cell.Rate(line.narrowCovered()),
                    new Cell.Decimal(line.width(), 4)));
            claims.add(Claim.within(
                    "a 95 % forecast holds in at least 92.5 %: " + line.learner().title, line.covered(), 0.925, 1));
            claims.add(Claim.within(
                    "an 80 % forecast holds in at least 75 %: " + line.learner().title, line.narrowCovered(), 0.75, 1));
        }
        return new Section(
                "Forecasts of learning curves",
                "A learner is measured at 10, 20, 30, 40 and 50 % of 500 to 10,000 rows, four runs each, on 2,000 held-out rows; the forecast is of the"
                        + " accuracy of one run on all rows. Decay, floor, scale and luck differ from world to world.",
                List.of(new Grid(
                        "Forecasts that held",
                        List.of("learner", "95 % interval", "80 % interval", "mean width of the first"),
                        rows)),
                List.of(),
                claims);
    }
}
