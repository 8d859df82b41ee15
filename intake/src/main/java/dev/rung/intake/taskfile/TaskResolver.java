package dev.rung.intake.taskfile;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.data.Split;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Metric;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Task;
import dev.rung.intake.examples.ExampleFile;
import dev.rung.intake.examples.ReadingNotes;
import dev.rung.json.YamlDocument;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Resolves a task file: every file looked up, every part checked against the others; all problems are collected before any is thrown. */
final class TaskResolver {
    private final Path file;
    private final Problems problems = new Problems();
    private final FilePaths paths;
    private final ReadingNotes notes = new ReadingNotes();

    TaskResolver(Path file, Map<String, String> environment) {
        this.file = file;
        this.paths = new FilePaths(folder(file), environment, problems);
    }

    TaskFolder resolve(byte[] content) {
        YamlDocument document = YamlDocument.parse(String.valueOf(file.getFileName()), text(content));
        TaskSpec spec = new TaskSpecReader(problems).read(document.root());
        if (spec == null) {
            throw problems.refusal();
        }
        Sources sources = sources(spec);
        List<Path> documents = documents(spec);
        OutputContract output = spec.output() == null
                ? null
                : new OutputResolver(paths, problems, notes).resolve(spec.output(), sources);
        Bar bar = output == null || spec.bar() == null ? null : bar(spec.bar(), output);
        if (problems.any() || spec.name() == null || spec.goal() == null || output == null || bar == null) {
            throw problems.refusal();
        }
        Task task = new Task(
                spec.name(), spec.goal(), output, bar, spec.data(), spec.volume(), spec.changes(), spec.models());
        SplitPlan plan = new SplitPlan(spec.splits().shares(), spec.splits().salt());
        return new TaskFolder(
                task,
                folder(file),
                file,
                sources,
                plan,
                documents,
                spec.splits().seed(),
                Sha256.of(content),
                List.copyOf(notes.notices()));
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
    }

    private String text(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new RungException.WrongInput(
                    file + ": found bytes that are not UTF-8, expected a task file in UTF-8. Save it as UTF-8", e);
        }
    }

    private Sources sources(TaskSpec spec) {
        Map<Split, List<ExampleFile>> files = new EnumMap<>(Split.class);
        spec.examples().files().forEach((split, written) -> files.put(split, files(written)));
        return new Sources(files, files(spec.examples().unlabelled()), spec.columns());
    }

    private List<ExampleFile> files(List<Located<String>> written) {
        List<ExampleFile> files = new ArrayList<>();
        for (Located<String> one : written) {
            ExampleFile example = paths.examples(one);
            if (example != null) {
                files.add(example);
            }
        }
        return files;
    }

    private List<Path> documents(TaskSpec spec) {
        List<Path> documents = new ArrayList<>();
        for (Located<String> written : spec.documents()) {
            Path path = paths.existing(written);
            if (path != null) {
                documents.add(path);
            }
        }
        if (!documents.isEmpty()) {
            notes.notice("documents: are kept for a rung that reads documents, which this version does not have yet");
        }
        return documents;
    }

    // The headline metric first, whatever the file's order.
    private @Nullable Bar bar(TaskSpec.Bar spec, OutputContract output) {
        List<Metric> allowed = Metric.of(output);
        List<Requirement> requirements = new ArrayList<>();
        for (Metric metric : allowed) {
            Located<Double> floor = spec.floors().get(metric);
            if (floor != null) {
                requirements.add(new Requirement.AtLeast(metric, floor.value()));
            }
        }
        spec.floors().forEach((metric, floor) -> {
            if (!allowed.contains(metric)) {
                problems.add(
                        floor.place(),
                        "the metric " + metric.key(),
                        "one of "
                                + String.join(
                                        ", ", allowed.stream().map(Metric::key).toList()) + " for this kind of output",
                        remedy(metric, output));
            }
        });
        requirements.addAll(spec.ceilings());
        return requirements.isEmpty() ? null : new Bar(requirements, spec.confidence());
    }

    private static String remedy(Metric metric, OutputContract output) {
        boolean scope = metric == Metric.OUT_OF_SCOPE_RECALL || metric == Metric.IN_SCOPE_ACCURACY;
        return output instanceof OutputContract.Labels && scope
                ? "Say which label means \"none of these\": output: { labels: …, out_of_scope: none }"
                : "Replace it";
    }
}
