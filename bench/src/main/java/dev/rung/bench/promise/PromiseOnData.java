package dev.rung.bench.promise;

import dev.rung.core.data.Example;
import dev.rung.core.data.TaskData;
import dev.rung.core.evidence.promise.CalibrationRow;
import dev.rung.core.evidence.promise.Derivation;
import dev.rung.core.evidence.promise.RiskCoverage;
import dev.rung.core.statistics.CalibrationError;
import dev.rung.core.statistics.CalibrationError.Said;
import dev.rung.core.statistics.SplitMix64;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Promise;
import dev.rung.intake.split.DataLoader;
import dev.rung.intake.taskfile.TaskFolder;
import dev.rung.learn.Judgement;
import dev.rung.learn.Lanes;
import dev.rung.learn.Lessons;
import dev.rung.learn.ScopeGoal;
import dev.rung.learn.Student;
import dev.rung.learn.StudentShape;
import dev.rung.learn.Teacher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How often a derived threshold keeps its promise on a real student, by resampling.
 *
 * <p>A student of n-grams learns from {@code train} and is calibrated on {@code calibrate}; what it says of the sealed rows is taken for the whole world. Calibration
 * sets are drawn from that world with replacement, so that the harm of each threshold is known exactly. Nothing is chosen by what comes out.
 */
public final class PromiseOnData {
    private static final int DRAWS = 2_000;
    private static final double CONFIDENCE = 0.90;

    private PromiseOnData() {}

    /** Runs on the task folders given, such as {@code examples/banking77}. */
    public static void main(String[] folders) {
        for (String folder : folders) {
            List<Said> world = world(Path.of(folder));
            long right = world.stream().filter(Said::right).count();
            CalibrationError error = CalibrationError.of(world, 15, 0.95);
            System.out.printf(
                    Locale.ROOT,
                    "%s: %d questions, accuracy %.3f, calibration error %.3f [%.3f, %.3f] debiased, %.3f plain%n",
                    folder,
                    world.size(),
                    (double) right / world.size(),
                    error.debiased(),
                    error.interval().low(),
                    error.interval().high(),
                    error.plain());
            System.out.println("| rows | harm | kept | coverage | best coverage | kept by point estimate |");
            for (int rows : new int[] {500, 1_000, 3_000}) {
                for (double harm : new double[] {0.01, 0.02, 0.05}) {
                    resample(world, rows, new Promise(harm, CONFIDENCE));
                }
            }
        }
    }

    private static void resample(List<Said> world, int rows, Promise promise) {
        RiskCoverage truth = curve(world);
        double best = coverage(truth, byPointEstimate(truth, promise));
        SplitMix64 random = new SplitMix64(rows);
        int kept = 0;
        int keptByPoint = 0;
        double coverage = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            List<Said> sample = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                Said drawn = world.get(random.below(world.size()));
                sample.add(new Said("draw " + i, drawn.confidence(), drawn.right()));
            }
            RiskCoverage curve = curve(sample);
            double threshold = new Derivation(promise, curve).threshold().orElse(Double.POSITIVE_INFINITY);
            kept += harm(world, threshold) <= promise.harm() ? 1 : 0;
            keptByPoint += harm(world, byPointEstimate(curve, promise)) <= promise.harm() ? 1 : 0;
            coverage += world.stream()
                            .filter(said -> said.confidence() >= threshold)
                            .count()
                    / ((double) world.size() * DRAWS);
        }
        System.out.printf(
                Locale.ROOT,
                "| %d | %.2f | %.3f | %.3f | %.3f | %.3f |%n",
                rows,
                promise.harm(),
                (double) kept / DRAWS,
                coverage,
                best,
                (double) keptByPoint / DRAWS);
    }

    private static RiskCoverage curve(List<Said> said) {
        return RiskCoverage.of(said.stream()
                .map(one -> new CalibrationRow(one.cluster(), one.confidence(), !one.right()))
                .toList());
    }

    /** The loosest threshold whose harm among the rows themselves is within the promise. */
    private static double byPointEstimate(RiskCoverage curve, Promise promise) {
        double threshold = Double.POSITIVE_INFINITY;
        for (RiskCoverage.Point point : curve.points()) {
            threshold = point.harmful() <= promise.harm() * curve.rows() ? point.threshold() : threshold;
        }
        return threshold;
    }

    private static double harm(List<Said> world, double threshold) {
        return (double) world.stream()
                        .filter(said -> !said.right() && said.confidence() >= threshold)
                        .count()
                / world.size();
    }

    private static double coverage(RiskCoverage curve, double threshold) {
        int accepted = 0;
        for (RiskCoverage.Point point : curve.points()) {
            accepted = point.threshold() >= threshold ? point.accepted() : accepted;
        }
        return (double) accepted / curve.rows();
    }

    private static List<Said> world(Path folder) {
        TaskFolder task = TaskFolder.read(folder);
        TaskData data = DataLoader.load(task, (purpose, index, row) -> {}).data();
        OutputContract.Labels contract = (OutputContract.Labels) task.task().output();
        List<String> labels = List.copyOf(contract.descriptions().keySet());
        int none = contract.outOfScope() == null ? -1 : labels.indexOf(contract.outOfScope());
        try (Lanes lanes = new Lanes(2)) {
            Student student = new Teacher(
                            lessons(data.train(), labels, none),
                            lessons(data.calibrate(), labels, none),
                            ScopeGoal.NONE,
                            lanes)
                    .teach(StudentShape.NGRAMS);
            List<Said> world = new ArrayList<>();
            for (int i = 0; i < data.sealed().size(); i++) {
                Example row = data.sealed().open(i, "the benchmark of promises");
                Judgement judged = student.judge(row.input(), null);
                boolean right = labels.get(judged.label()).equals(row.label().text());
                world.add(new Said("row " + i, judged.confidence(), right));
            }
            return world;
        }
    }

    private static Lessons lessons(List<Example> examples, List<String> labels, int none) {
        return new Lessons(
                examples.stream().map(Example::input).toList(),
                List.of(),
                1,
                examples.stream()
                        .mapToInt(example -> labels.indexOf(example.label().text()))
                        .toArray(),
                labels.size(),
                none);
    }
}
