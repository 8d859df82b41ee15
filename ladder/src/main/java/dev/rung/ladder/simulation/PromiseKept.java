package dev.rung.ladder.simulation;

import dev.rung.core.evidence.promise.CalibrationRow;
import dev.rung.core.evidence.promise.Derivation;
import dev.rung.core.evidence.promise.RiskCoverage;
import dev.rung.core.task.Promise;
import dev.rung.ladder.climb.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** How often a derived threshold keeps its promise of harm, beside the threshold that looks good enough on the same rows and the one that knows the truth. */
final class PromiseKept {
    private static final double CONFIDENCE = 0.95;
    private static final double[] HARMS = {0.01, 0.02, 0.05};
    private static final List<Integer> ROWS = List.of(500, 2_000);
    private static final int MOST_ROWS = ROWS.getLast();
    private static final int PEOPLE = 100_000;
    private static final double MOST_LOST = 0.06;

    private final Crowd crowd;
    private final int worlds;

    PromiseKept(Crowd crowd, int worlds) {
        this.crowd = crowd;
        this.worlds = worlds;
    }

    /** A student whose confidence orders its answers, more or less. */
    enum Student {
        /** Right in 85 %; its confidence is a good guide, though too high everywhere. */
        OVERCONFIDENT("overconfident"),
        /** The same, but told in steps of a twentieth, so that many rows share a confidence. */
        COARSE("overconfident, in steps of 0.05"),
        /** The same, and as sure as can be of one wrong answer in thirty. */
        BLIND("sometimes wrong and sure");

        private final String title;

        Student(String title) {
            this.title = title;
        }

        CalibrationRow draw(int number, Chance chance) {
            double hardness = chance.uniform();
            boolean wrong = hardness + 0.15 * chance.normal() > 0.85;
            boolean blind = this == BLIND && wrong && chance.happens(1 / 30.0);
            double confidence = blind ? 1 : 1 - StrictMath.pow(hardness, 3);
            double told = this == COARSE ? Math.round(confidence * 20) / 20.0 : confidence;
            return new CalibrationRow(Integer.toString(number), told, wrong);
        }
    }

    /** Everybody that the student may be asked by, so that the true harm of a threshold is known. */
    private static final class Population {
        private final List<CalibrationRow> people;
        private final double[] confidence; // descending
        private final int[] harmful; // among the first so many

        Population(Student student, long seed) {
            Chance chance = new Chance(seed);
            people = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                people.add(student.draw(i, chance));
            }
            List<CalibrationRow> surest = people.stream()
                    .sorted(Comparator.comparingDouble(CalibrationRow::confidence)
                            .reversed())
                    .toList();
            confidence = surest.stream().mapToDouble(CalibrationRow::confidence).toArray();
            harmful = new int[PEOPLE + 1];
            for (int i = 0; i < PEOPLE; i++) {
                harmful[i + 1] = harmful[i] + (surest.get(i).harmful() ? 1 : 0);
            }
        }

        /** Returns how many are let through. */
        int accepted(double threshold) {
            int low = 0;
            int high = PEOPLE;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (confidence[middle] >= threshold) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        double harm(int accepted) {
            return (double) harmful[accepted] / PEOPLE;
        }

        /** Returns the largest share that can be let through with a true harm of at most {@code harm}. */
        double oracle(double harm) {
            int best = 0;
            for (int i = 1; i <= PEOPLE; i++) {
                boolean lastOfTie = i == PEOPLE || confidence[i] < confidence[i - 1];
                best = lastOfTie && harm(i) <= harm ? i : best;
            }
            return (double) best / PEOPLE;
        }

        // A row drawn twice is a fresh question that happens to look the same.
        List<CalibrationRow> sample(int rows, Chance chance) {
            List<CalibrationRow> sample = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                CalibrationRow row = people.get(chance.below(PEOPLE));
                sample.add(new CalibrationRow(Integer.toString(i), row.confidence(), row.harmful()));
            }
            return sample;
        }
    }

    /**
     * What came of one promise.
     *
     * @param kept the true harm of the derived threshold is at most what was promised
     * @param coverage the share let through by it
     * @param naiveKept the same for the loosest threshold whose harm on the rows is at most what was promised
     * @param oracle the share let through by the threshold that knows the truth
     */
    record Line(
            Student student,
            int rows,
            double harm,
            Share kept,
            Mean coverage,
            Share naiveKept,
            double naiveCoverage,
            double oracle) {}

    List<Line> lines(Progress progress) {
        List<Line> lines = new ArrayList<>();
        int total = Student.values().length * ROWS.size() * HARMS.length;
        for (Student student : Student.values()) {
            Population population = new Population(
                    student, Chance.mixed(crowd.seed(), student.name().hashCode()));
            for (int rows : ROWS) {
                progress.at(student.title + ", " + rows + " rows", lines.size(), total);
                long[] tally = crowd.tally(
                        "promise " + student + rows,
                        worlds,
                        5 * HARMS.length,
                        (chance, counts) -> derive(population, rows, chance, counts));
                for (int i = 0; i < HARMS.length; i++) {
                    lines.add(line(student, rows, i, tally, population));
                }
            }
        }
        return lines;
    }

    private Line line(Student student, int rows, int harm, long[] tally, Population population) {
        int at = 5 * harm;
        return new Line(
                student,
                rows,
                HARMS[harm],
                new Share(tally[at], worlds),
                Mean.of(tally[at + 1], tally[at + 2], worlds).times(1.0 / PEOPLE),
                new Share(tally[at + 3], worlds),
                (double) tally[at + 4] / worlds / PEOPLE,
                population.oracle(HARMS[harm]));
    }

    private static void derive(Population population, int rows, Chance chance, long[] counts) {
        RiskCoverage curve = RiskCoverage.of(population.sample(rows, chance));
        for (int i = 0; i < HARMS.length; i++) {
            OptionalDouble threshold = new Derivation(new Promise(HARMS[i], CONFIDENCE), curve).threshold();
            int accepted = threshold.isPresent() ? population.accepted(threshold.getAsDouble()) : 0;
            int naive = naive(curve, HARMS[i], population);
            counts[5 * i] += population.harm(accepted) <= HARMS[i] ? 1 : 0;
            counts[5 * i + 1] += accepted;
            counts[5 * i + 2] += (long) accepted * accepted;
            counts[5 * i + 3] += population.harm(naive) <= HARMS[i] ? 1 : 0;
            counts[5 * i + 4] += naive;
        }
    }

    private static int naive(RiskCoverage curve, double harm, Population population) {
        int accepted = 0;
        for (RiskCoverage.Point point : curve.points()) {
            accepted = point.harmful() <= harm * curve.rows() ? population.accepted(point.threshold()) : accepted;
        }
        return accepted;
    }

    Section section(List<Line> lines) {
        List<List<Cell>> rows = new ArrayList<>();
        List<Claim> claims = new ArrayList<>();
        for (Line line : lines) {
            rows.add(List.of(
                    new Cell.Words(line.student().title),
                    new Cell.Count(line.rows()),
                    new Cell.Decimal(100 * line.harm(), 0),
                    new Cell.Rate(line.kept()),
                    new Cell.Average(line.coverage(), 3),
                    new Cell.Decimal(line.oracle(), 3),
                    new Cell.Rate(line.naiveKept()),
                    new Cell.Decimal(line.naiveCoverage(), 3)));
            String what =
                    "harm of %.0f %%, %d rows, %s".formatted(100 * line.harm(), line.rows(), line.student().title);
            claims.add(Claim.within("kept in at least 95 %: " + what, line.kept(), CONFIDENCE, 1));
            if (line.rows() == MOST_ROWS && line.student() == Student.OVERCONFIDENT) {
                claims.add(Claim.within(
                        "coverage within 6 points of the truth's threshold: " + what,
                        line.coverage(),
                        line.oracle() - MOST_LOST,
                        1,
                        3));
            }
        }
        return new Section(
                "Thresholds that keep a promise",
                "A student that is right in 85 % answers by itself where its confidence reaches a threshold; the promise is that P(it answers and is"
                        + " wrong) ≤ harm with 95 % confidence over the draw of the rows. Rows are drawn from a population of 100,000, in which the"
                        + " true harm of any threshold is known. How much is let through is claimed of the student whose confidence orders its answers. Beside the derived threshold stand the one that would be chosen by somebody who knows"
                        + " the truth, and the naive one: the loosest whose harm on the rows themselves is at most what was promised.",
                List.of(new Grid(
                        "Promises kept, and the share of questions let through",
                        List.of(
                                "student",
                                "rows",
                                "harm, %",
                                "kept",
                                "let through",
                                "by the truth",
                                "naive kept",
                                "naive lets through"),
                        rows)),
                List.of(drawing(lines)),
                claims);
    }

    private static Drawing drawing(List<Line> lines) {
        List<Drawing.Line> curves = new ArrayList<>();
        for (int rows : ROWS) {
            List<Line> these = lines.stream()
                    .filter(line -> line.student() == Student.OVERCONFIDENT && line.rows() == rows)
                    .toList();
            curves.add(new Drawing.Line(
                    "derived, %,d rows".formatted(rows),
                    these.stream()
                            .map(line -> Drawing.Point.of(line.harm(), line.kept()))
                            .toList()));
            curves.add(new Drawing.Line(
                    "naive, %,d rows".formatted(rows),
                    these.stream()
                            .map(line -> Drawing.Point.of(line.harm(), line.naiveKept()))
                            .toList()));
        }
        return new Drawing(
                "promise", "How often a promise of harm is kept", "promised harm", "kept", CONFIDENCE, curves);
    }
}
