package dev.rung.intake.taskfile;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.data.Split;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Metric;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Promise;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Slice;
import dev.rung.core.task.Task;
import dev.rung.intake.examples.ExampleFile;
import dev.rung.intake.examples.ReadingNotes;
import dev.rung.json.YamlDocument;
import dev.rung.json.spec.Located;
import dev.rung.json.spec.Problems;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Resolves a task file: every file looked up, every part checked against the others; all problems are collected before any is thrown. */
final class TaskResolver {
    private final Path file;
    private final Problems problems = new Problems("docs/schema/task.schema.json");
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
        OutputContract answers = spec.output() == null
                ? null
                : new OutputResolver(paths, problems, notes).resolve(spec.output(), sources);
        TaskSpec.Abstain silence = spec.abstain();
        OutputContract output = answers == null || silence == null
                ? answers
                : new AbstainReader(problems).allow(silence, answers, spec.rules());
        JudgeSource judge = judge(spec, output);
        Bar bar = output == null || spec.bar() == null ? null : bar(spec.bar(), output, judge, silence);
        PromiseReader promises = new PromiseReader(problems);
        Metric headline = output == null ? null : Metric.of(output).getFirst();
        Promise cascade = headline == null || bar == null
                ? null
                : promises.within(spec.cascade().harm(), spec.cascade().confidence(), bar, headline);
        Promise abstain = headline == null || bar == null || silence == null
                ? null
                : promises.within(silence.harm(), silence.confidence(), bar, headline);
        if (problems.any()
                || cascade == null
                || spec.name() == null
                || spec.goal() == null
                || output == null
                || bar == null) {
            throw problems.refusal();
        }
        Task task = new Task(
                spec.name(),
                spec.goal(),
                output,
                bar,
                spec.data(),
                spec.volume(),
                spec.changes(),
                cascade,
                abstain,
                spec.labelCost(),
                spec.models());
        SplitPlan plan = new SplitPlan(spec.splits().shares(), spec.splits().salt());
        return new TaskFolder(
                task,
                folder(file),
                file,
                sources,
                plan,
                documents,
                judge,
                spec.splits().seed(),
                Sha256.of(content),
                spec.rules(),
                spec.waivers(),
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

    private @Nullable JudgeSource judge(TaskSpec spec, @Nullable OutputContract output) {
        JudgeReader.Written written = spec.judge();
        if (written == null) {
            return null;
        }
        if (output != null && !(output instanceof OutputContract.Text)) {
            problems.add(
                    written.place(),
                    "a judge",
                    "one only for answers in text: labels and fields are compared with the expected ones",
                    "Remove judge:");
        }
        return written.resolve(paths);
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
    private @Nullable Bar bar(
            TaskSpec.Bar spec, OutputContract output, @Nullable JudgeSource judge, TaskSpec.@Nullable Abstain silence) {
        List<Requirement> requirements = new ArrayList<>(rates(spec.all(), output));
        boolean labels = output instanceof OutputContract.Labels;
        if (!labels && (spec.macroF1() != null || !spec.labelRecall().isEmpty())) {
            problems.add(
                    spec.place(),
                    spec.macroF1() == null ? TaskSpec.Bar.LABEL_RECALL : TaskSpec.Bar.MACRO_F1,
                    "metrics of this kind of output; this one needs labels",
                    "Leave it out");
        }
        if (spec.macroF1() != null) {
            requirements.add(new Requirement.MacroF1AtLeast(spec.macroF1()));
        }
        if (output instanceof OutputContract.Labels answers) {
            requirements.addAll(labelRecall(
                    spec.labelRecall(), List.copyOf(answers.descriptions().keySet())));
        }
        if (spec.judgeScore() != null) {
            requirements.addAll(judgeScore(spec, judge, output));
        }
        for (TaskSpec.Bar.OnSlice slice : spec.slices()) {
            List<Requirement.Mean> means = rates(slice.means(), output);
            means.addAll(slice.means().ceilings());
            if (means.isEmpty()) {
                problems.add(
                        slice.place(),
                        "a slice without a bar",
                        "a metric and its bar",
                        "Add, for example: accuracy: 0.85");
            }
            means.forEach(mean -> requirements.add(new Requirement.OnSlice(slice.slice(), mean)));
        }
        Double coverage = silence == null ? null : silence.coverage();
        if (coverage != null) {
            requirements.add(new Requirement.AtLeast(Metric.COVERAGE, coverage));
        }
        requirements.addAll(spec.all().ceilings());
        return requirements.isEmpty() ? null : new Bar(requirements, spec.confidence());
    }

    private List<Requirement> judgeScore(TaskSpec.Bar spec, @Nullable JudgeSource judge, OutputContract output) {
        if (spec.judgeScore() != null && judge != null) {
            return List.of(new Requirement.JudgeScoreAtLeast(spec.judgeScore(), judge.judgedPerLabel(), ""));
        }
        boolean text = output instanceof OutputContract.Text;
        problems.add(
                spec.place(),
                text ? "a judge score without a judge" : TaskSpec.Bar.JUDGE_SCORE,
                text ? "the key judge:" : "metrics of this kind of output; this one needs text",
                text ? "Add judge: { model: …, rubric: …, labelled: … }" : "Leave it out");
        return List.of();
    }

    private List<Requirement.Mean> rates(TaskSpec.Bar.Means spec, OutputContract output) {
        List<Metric> allowed = Metric.of(output);
        List<Requirement.Mean> means = new ArrayList<>();
        for (Metric metric : allowed) {
            Located<Double> rate = spec.rates().get(metric);
            if (rate != null) {
                means.add(
                        metric.lessIsBetter()
                                ? new Requirement.AtMost(metric, rate.value())
                                : new Requirement.AtLeast(metric, rate.value()));
            }
        }
        spec.rates().forEach((metric, rate) -> {
            if (!allowed.contains(metric)) {
                problems.add(
                        rate.place(),
                        "the metric " + metric.key(),
                        "one of "
                                + String.join(
                                        ", ", allowed.stream().map(Metric::key).toList()) + " for this kind of output",
                        remedy(metric, output));
            }
        });
        return means;
    }

    // In the order of the labels; a floor of a label's own goes before the one for all.
    private List<Requirement> labelRecall(SequencedMap<String, Located<Double>> floors, List<String> labels) {
        floors.forEach((label, floor) -> {
            if (!label.equals(TaskSpec.Bar.EVERY) && !labels.contains(label)) {
                problems.unknownWord(floor.place(), "the unknown label", label, labels);
            }
        });
        List<Requirement> requirements = new ArrayList<>();
        for (String label : labels) {
            Located<Double> floor = floors.getOrDefault(label, floors.get(TaskSpec.Bar.EVERY));
            if (floor != null) {
                requirements.add(new Requirement.OnSlice(
                        new Slice(Slice.LABEL, label), new Requirement.AtLeast(Metric.ACCURACY, floor.value())));
            }
        }
        return requirements;
    }

    private static String remedy(Metric metric, OutputContract output) {
        boolean scope = metric == Metric.OUT_OF_SCOPE_RECALL
                || metric == Metric.IN_SCOPE_ACCURACY
                || metric == Metric.FALSE_ALARM_RATE;
        return output instanceof OutputContract.Labels && scope
                ? "Say which label means \"none of these\": output: { labels: …, out_of_scope: none }"
                : "Replace it";
    }
}
