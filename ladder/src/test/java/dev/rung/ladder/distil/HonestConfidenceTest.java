package dev.rung.ladder.distil;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.data.Example;
import dev.rung.core.data.TaskData;
import dev.rung.core.economics.Pricing;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.evidence.ReliabilityDiagram;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.Metric;
import dev.rung.core.task.OutputContract;
import dev.rung.intake.split.DataLoader;
import dev.rung.intake.taskfile.TaskFolder;
import dev.rung.ladder.climb.Artifacts;
import dev.rung.ladder.climb.Progress;
import dev.rung.ladder.climb.Site;
import dev.rung.ladder.trial.Trial;
import dev.rung.learn.StudentShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real students say of their answers, on rows of the shipped example that they have not seen. */
class HonestConfidenceTest {
    /** SciPy 1.17.1, chi2.ppf(0.999, 6): six honest students go beyond it once in a thousand times. */
    private static final double CHI_SQUARED = 22.457744484825323;

    @TempDir
    Path folder;

    @Test
    void confidence_is_how_often_such_answers_are_right() throws IOException {
        double sum = 0;
        double gap = 0;
        for (String salt : List.of("a", "b", "c", "d", "e", "f")) {
            Site site = site(salt);
            List<Outcome> outcomes = answers(site, site.tune());
            ReliabilityDiagram diagram = ReliabilityDiagram.of(outcomes, Metric.ACCURACY, 10, 0.95);
            // Calibration rows are a sample as well: what they got wrong by chance is in every answer.
            double noise = 1 + (double) site.tune().size() / site.calibrate().size();
            sum += diagram.honesty() * diagram.honesty() / noise;
            gap += outcomes.stream()
                            .mapToDouble(outcome ->
                                    outcome.confidence() - outcome.scores().getOrDefault(Metric.ACCURACY, 0.0))
                            .average()
                            .orElseThrow()
                    / 6;
            assertThat(diagram.silent()).isZero();
            assertThat(diagram.error().low())
                    .as("salt %s: %s, z %s", salt, diagram.error(), diagram.honesty())
                    .isLessThan(0.08);
        }
        assertThat(sum).isLessThan(CHI_SQUARED);
        assertThat(gap).as("mean confidence less share right").isBetween(-0.05, 0.05);
    }

    private List<Outcome> answers(Site site, List<Example> rows) {
        OutputContract.Labels labels = (OutputContract.Labels) site.task().output();
        List<Outcome> outcomes = new ArrayList<>();
        try (Solver student = new StudentSchool(site, labels, TaughtRows.NONE).graduate(StudentShape.NGRAMS)) {
            for (Example row : rows) {
                outcomes.add(Trial.of(student, site.task(), row));
            }
        }
        return outcomes;
    }

    /** Another salt deals out other splits, so that no row which certifies the example is looked at for this. */
    private Site site(String salt) throws IOException {
        Path task = Files.createDirectories(folder.resolve(salt));
        Path shipped = Path.of("..", "examples", "support");
        Files.copy(shipped.resolve("messages.csv"), task.resolve("messages.csv"));
        Files.writeString(
                task.resolve("task.yaml"),
                Files.readString(shipped.resolve("task.yaml")) + "splits: { salt: " + salt + " }\n");
        TaskFolder read = TaskFolder.read(task, Map.of());
        TaskData data = DataLoader.load(read, (purpose, index, row) -> {
                    throw new AssertionError("no sealed row is needed");
                })
                .data();
        return Site.of(
                read.task(),
                data,
                List.of(),
                List.of(),
                null,
                new Pricing.Unpriced("a test"),
                null,
                new Artifacts(folder.resolve("artifacts")),
                Progress.NONE,
                7);
    }
}
