package dev.rung.intake.audit;

import dev.rung.core.data.Split;
import dev.rung.core.json.Json;
import dev.rung.core.statistics.Binomial;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Requirement;
import dev.rung.learn.Folds;
import dev.rung.learn.Lanes;
import dev.rung.learn.LearningCurve;
import dev.rung.learn.OutOfFold;
import dev.rung.learn.ScoreTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cheap student says of labelled rows: which labels it doubts, how many labels are wrong, and how accuracy grows with more of them.
 *
 * @param findings doubtful labels, if any
 * @param outlook sentences on what would help
 * @param figures as JSON
 */
record Learnability(List<Finding> findings, List<String> outlook, Json.Obj figures) {
    private static final int MOST_ROWS = 20_000;
    private static final int FEWEST_ROWS = 40;
    private static final int FOLDS = 5;
    private static final double[] FRACTIONS = {0.2, 0.35, 0.55, 0.8, 1};
    private static final double CONFIDENCE = 0.95;

    static Learnability none() {
        return new Learnability(List.of(), List.of(), Json.object());
    }

    /** Measures on the rows whose text is kept, at most {@value #MOST_ROWS}; rows of labels that occur once are left out. */
    static Learnability of(RowTable rows, Bar bar, int threads, long seed) {
        int[] chosen = labelled(rows);
        int[] numbers = numbers(rows, chosen);
        int labels = 0;
        for (int number : numbers) {
            labels = Math.max(labels, number + 1);
        }
        if (chosen.length < FEWEST_ROWS || labels < 2) {
            return none();
        }
        List<String> texts = new ArrayList<>(chosen.length);
        for (int row : chosen) {
            texts.add(rows.text(row));
        }
        try (Lanes lanes = new Lanes(threads)) {
            Folds folds = Folds.of(numbers, FOLDS, seed);
            ScoreTable probabilities = OutOfFold.probabilities(texts, numbers, labels, folds, lanes);
            LabelErrors errors = LabelErrors.find(probabilities, numbers);
            Forecast forecast =
                    Forecast.fit(LearningCurve.measure(texts, numbers, labels, FRACTIONS, folds, seed, lanes));
            return new Judgement(rows, chosen, numbers, errors, forecast, probabilities.accuracy(numbers), bar).say();
        }
    }

    private static int[] labelled(RowTable rows) {
        int[] counts = new int[rows.answerCount()];
        for (int row = 0; row < rows.kept(); row++) {
            if (rows.answer(row) != RowTable.NONE) {
                counts[rows.answer(row)]++;
            }
        }
        return java.util.stream.IntStream.range(0, rows.kept())
                .filter(row -> rows.answer(row) != RowTable.NONE && counts[rows.answer(row)] > 1)
                .limit(MOST_ROWS)
                .toArray();
    }

    // Labels are numbered again without gaps.
    private static int[] numbers(RowTable rows, int[] chosen) {
        List<Integer> seen = new ArrayList<>();
        int[] numbers = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            int answer = rows.answer(chosen[i]);
            int number = seen.indexOf(answer);
            if (number < 0) {
                number = seen.size();
                seen.add(answer);
            }
            numbers[i] = number;
        }
        return numbers;
    }

    /** The measurements, to be put into words. */
    private static final class Judgement {
        private final RowTable rows;
        private final int[] chosen;
        private final int[] numbers;
        private final LabelErrors errors;
        private final @Nullable Forecast forecast;
        private final double accuracy;
        private final Bar bar;

        Judgement(
                RowTable rows,
                int[] chosen,
                int[] numbers,
                LabelErrors errors,
                @Nullable Forecast forecast,
                double accuracy,
                Bar bar) {
            this.rows = rows;
            this.chosen = chosen;
            this.numbers = numbers;
            this.errors = errors;
            this.forecast = forecast;
            this.accuracy = accuracy;
            this.bar = bar;
        }

        Learnability say() {
            List<Finding> findings = new ArrayList<>();
            List<Finding.Flag> flags = new ArrayList<>();
            String[] names = new String[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                names[numbers[i]] = rows.answerText(chosen[i]);
            }
            for (LabelErrors.Suspect suspect : errors.suspects()) {
                flags.add(rows.flag(chosen[suspect.row()], names[suspect.suggestion()]));
            }
            if (!flags.isEmpty()) {
                boolean sealed = flags.stream().anyMatch(flag -> flag.split() == Split.SEALED);
                findings.add(new Finding(
                        "label-errors",
                        Severity.WARNING,
                        flags.size(),
                        "%d labels look wrong to a student that learned from the other rows; the first in the list are the most doubtful%s"
                                .formatted(flags.size(), sealed ? ", and some of them are sealed" : ""),
                        flags));
            }
            List<String> outlook = new ArrayList<>();
            double noise = errors.noise();
            double wrong = noise * numbers.length;
            double fewest = Binomial.lowerBound(wrong, numbers.length, (1 - CONFIDENCE) / 2);
            double most = Binomial.upperBound(wrong, numbers.length, (1 - CONFIDENCE) / 2);
            double floor = floor();
            if (floor > 1 - fewest) {
                outlook.add(
                        "the bar of %.3f lies above what these labels allow: about %.1f %% of them look wrong, so no solver can be seen to be right more often than %.3f to %.3f"
                                .formatted(floor, 100 * noise, 1 - most, 1 - fewest));
            }
            if (forecast != null && floor > 0) {
                outlook.add(moreLabels(forecast, floor));
            }
            Json.Obj figures = Json.object(
                    "studentAccuracy", Json.of(accuracy),
                    "labelNoise",
                            Json.object("estimate", Json.of(noise), "low", Json.of(fewest), "high", Json.of(most)),
                    "bestReachableAccuracy",
                            Json.object(
                                    "estimate",
                                    Json.of(1 - noise),
                                    "low",
                                    Json.of(1 - most),
                                    "high",
                                    Json.of(1 - fewest)));
            return new Learnability(
                    findings, outlook, forecast == null ? figures : figures.with("learningCurve", forecast.toJson()));
        }

        private double floor() {
            double floor = 0;
            for (Requirement requirement : bar.requirements()) {
                if (requirement instanceof Requirement.AtLeast(var metric, double least) && metric == Metric.ACCURACY) {
                    floor = least;
                }
            }
            return floor;
        }

        private static String moreLabels(Forecast forecast, double floor) {
            int now = forecast.points().getLast().rows();
            double twice = forecast.accuracy(2L * now);
            String gain = "with %,d labels an n-gram student gets %.3f right; %,d more would make that about %.3f"
                    .formatted(now, forecast.accuracy(now), now, twice);
            if (forecast.accuracy(now) >= floor) {
                return gain;
            }
            for (long rows = now; rows <= 100L * now; rows += Math.max(1, rows / 20)) {
                if (forecast.accuracy(rows) >= floor) {
                    return gain + ", and about %,d more the bar of %.3f".formatted(rows - now, floor);
                }
            }
            return gain + "; more labels alone would not bring it to the bar of %.3f".formatted(floor);
        }
    }
}
