package dev.rung.bench.students;

import dev.rung.core.data.Example;
import dev.rung.core.evidence.Estimate;
import dev.rung.core.evidence.forecast.CurvePoint;
import dev.rung.core.evidence.forecast.LearningCurveFit;
import dev.rung.core.json.Json;
import dev.rung.core.statistics.Binomial;
import dev.rung.json.JsonText;
import dev.rung.learn.Lanes;
import dev.rung.learn.QuickLearner;
import dev.rung.learn.ScoreTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Checks forecasts of learning curves on real rows: from what an n-gram learner does with 10 to 50 % of the rows, how well will it do with all, and does the
 * interval hold as often as it says?
 *
 * <p>Only training rows are read. In each resample they are dealt anew into rows to learn from, rows that measure the curve, and fresh rows that measure what was forecast.
 */
@Command(
        name = "forecast",
        mixinStandardHelpOptions = true,
        description =
                "Forecast an n-gram learner's accuracy on all rows from 10 to 50 % of them, and count how often the interval holds.",
        footerHeading = "%nExample:%n",
        footer = "  RUNG_DATA=~/data forecast --resamples 60 --json forecast.json")
public final class ForecastBench implements Callable<Integer> {
    private static final int HELD_OUT = 1_500;
    private static final double CONFIDENCE = 0.95;
    /** Shares of the rows to learn from, and how many trainings on different rows measure each. */
    private static final int[][] SIZES = {{10, 3}, {20, 2}, {30, 1}, {40, 1}, {50, 1}};

    @Option(names = "--task", paramLabel = "DIR", description = "the task's folder (default: ${DEFAULT-VALUE})")
    private Path folder = Path.of("examples", "banking77");

    @Option(
            names = "--resamples",
            paramLabel = "N",
            description = "how often the rows are dealt (default: ${DEFAULT-VALUE})")
    private int resamples = 60;

    @Option(names = "--json", paramLabel = "FILE", description = "write each resample's forecast and outcome")
    private @Nullable Path json;

    /** One resample: what was forecast, what came, and the interval of who expects no change from the last measurement. */
    private record Outcome(Estimate forecast, double came, double last, double naiveLow, double naiveHigh) {
        boolean held() {
            return forecast.low() <= came && came <= forecast.high();
        }

        boolean naiveHeld() {
            return naiveLow <= came && came <= naiveHigh;
        }
    }

    @Override
    public Integer call() throws IOException {
        PublicTask task = PublicTask.read(folder);
        List<Outcome> outcomes = new ArrayList<>();
        try (Lanes lanes = new Lanes(2)) {
            for (int resample = 0; resample < resamples; resample++) {
                outcomes.add(resample(task, resample, lanes));
                System.err.printf("resample %d of %d%n", resample + 1, resamples);
            }
        }
        print(outcomes, task);
        Path to = json;
        if (to != null) {
            Files.writeString(to, JsonText.pretty(json(outcomes)) + "\n");
        }
        return 0;
    }

    private static Outcome resample(PublicTask task, long seed, Lanes lanes) {
        List<Example> dealt = new ArrayList<>(task.train());
        Collections.shuffle(dealt, new Random(seed));
        List<Example> measure = dealt.subList(0, HELD_OUT);
        List<Example> fresh = dealt.subList(HELD_OUT, 2 * HELD_OUT);
        List<Example> pool = dealt.subList(2 * HELD_OUT, dealt.size());
        List<CurvePoint> points = new ArrayList<>();
        for (int[] size : SIZES) {
            int rows = pool.size() * size[0] / 100;
            for (int run = 0; run < size[1]; run++) {
                List<Example> part = pool.subList(run * rows, (run + 1) * rows);
                points.add(new CurvePoint(rows, right(task, part, measure, lanes), HELD_OUT));
            }
        }
        Estimate forecast = LearningCurveFit.of(points, seed).forecastMeasured(pool.size(), HELD_OUT, CONFIDENCE);
        CurvePoint last = points.getLast();
        double error = (1 - CONFIDENCE) / 2;
        return new Outcome(
                forecast,
                (double) right(task, pool, fresh, lanes) / HELD_OUT,
                last.accuracy(),
                Binomial.lowerBound(last.right(), HELD_OUT, error),
                Binomial.upperBound(last.right(), HELD_OUT, error));
    }

    private static int right(PublicTask task, List<Example> train, List<Example> test, Lanes lanes) {
        QuickLearner learner = QuickLearner.fit(
                train.stream().map(Example::input).toList(),
                task.truth(train),
                task.labels().size(),
                lanes);
        ScoreTable scores = learner.scores(test.stream().map(Example::input).toList(), lanes);
        int[] truth = task.truth(test);
        int right = 0;
        for (int row = 0; row < truth.length; row++) {
            right += scores.best(row) == truth[row] ? 1 : 0;
        }
        return right;
    }

    private static void print(List<Outcome> outcomes, PublicTask task) {
        int pool = task.train().size() - 2 * HELD_OUT;
        System.out.printf(
                "%n%s: %,d rows to learn from, curve measured at %,d to %,d rows on %,d others; %d resamples%n%n",
                task.name(), pool, pool / 10, pool / 2, HELD_OUT, outcomes.size());
        System.out.println("| expectation for all rows, 95 % | held [95 %] | mean width | mean (expected − came) |");
        System.out.println("| --- | --- | --- | --- |");
        int held = (int) outcomes.stream().filter(Outcome::held).count();
        int naive = (int) outcomes.stream().filter(Outcome::naiveHeld).count();
        System.out.printf(
                "| forecast | %s | %.4f | %+.4f |%n",
                new Exam.Share(held, outcomes.size()).text(),
                mean(outcomes, one -> one.forecast.high() - one.forecast.low()),
                mean(outcomes, one -> one.forecast.estimate() - one.came));
        System.out.printf(
                "| as with half of them (exact interval) | %s | %.4f | %+.4f |%n",
                new Exam.Share(naive, outcomes.size()).text(),
                mean(outcomes, one -> one.naiveHigh - one.naiveLow),
                mean(outcomes, one -> one.last - one.came));
    }

    private static double mean(List<Outcome> outcomes, ToDoubleFunction<Outcome> of) {
        return outcomes.stream().mapToDouble(of).average().orElse(Double.NaN);
    }

    private static Json json(List<Outcome> outcomes) {
        return Json.array(outcomes.stream()
                .map(one -> Json.object(
                                "forecast", Json.of(one.forecast.estimate()),
                                "low", Json.of(one.forecast.low()),
                                "high", Json.of(one.forecast.high()),
                                "came", Json.of(one.came))
                        .with("with_half", Json.of(one.last)))
                .toList());
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new ForecastBench()).execute(args));
    }
}
