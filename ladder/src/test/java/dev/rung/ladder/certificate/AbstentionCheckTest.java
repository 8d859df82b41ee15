package dev.rung.ladder.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rung.core.Sha256;
import dev.rung.core.data.Example;
import dev.rung.core.data.ExampleId;
import dev.rung.core.data.SealedExamples;
import dev.rung.core.data.Split;
import dev.rung.core.data.TaskData;
import dev.rung.core.economics.Price;
import dev.rung.core.economics.Pricing;
import dev.rung.core.economics.Usd;
import dev.rung.core.evidence.ErrorBudget;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.evidence.Scoring;
import dev.rung.core.evidence.Verdict;
import dev.rung.core.json.Json;
import dev.rung.core.model.Residency;
import dev.rung.core.model.Usage;
import dev.rung.core.rung.Answer;
import dev.rung.core.rung.Provenance;
import dev.rung.core.rung.Release;
import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solution;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.Bar;
import dev.rung.core.task.ChangeRate;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.OutputContract;
import dev.rung.core.task.Promise;
import dev.rung.core.task.Requirement;
import dev.rung.core.task.Task;
import dev.rung.core.task.TaskName;
import dev.rung.intake.split.Contamination;
import dev.rung.json.JsonText;
import dev.rung.ladder.abstain.AbstainRung;
import dev.rung.ladder.climb.Artifacts;
import dev.rung.ladder.climb.Candidate;
import dev.rung.ladder.climb.Climb;
import dev.rung.ladder.climb.ClimbListener;
import dev.rung.ladder.climb.ClimbRecord;
import dev.rung.ladder.climb.Decision;
import dev.rung.ladder.climb.ErrorShares;
import dev.rung.ladder.climb.Guard;
import dev.rung.ladder.climb.Progress;
import dev.rung.ladder.climb.Proposal;
import dev.rung.ladder.climb.RungBuilder;
import dev.rung.ladder.climb.Site;
import dev.rung.store.Ledger;
import dev.rung.store.ReleaseContents;
import dev.rung.store.SealedSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A student that may be silent, from the climb to the check of its release. */
class AbstentionCheckTest {
    private static final OutputContract CONTRACT = new OutputContract.Labels(labels(), null, "unsure");

    @TempDir
    Path state;

    private Ledger ledger;

    private static SequencedMap<String, String> labels() {
        SequencedMap<String, String> labels = new LinkedHashMap<>();
        labels.put("yes", "");
        labels.put("no", "");
        return labels;
    }

    @BeforeEach
    void open() {
        ledger = Ledger.open(state.resolve("state"));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    /** A student that is nearly always right on the easier questions and guesses on the others, and knows which are which; one that guesses everywhere is equally sure of all. */
    private record Student(double easy) implements Solver {
        @Override
        public Solution solution() {
            return new Solution(
                    Rung.DISTIL, "student " + easy, "coin", Json.object("easy", Json.of(easy)), new LinkedHashMap<>());
        }

        @Override
        public Answer answer(String input) {
            Random random = new Random(Sha256.of(input).hashCode());
            double hardness = random.nextDouble();
            String right = input.substring(input.indexOf(' ') + 1);
            boolean hit = random.nextDouble() < (hardness < easy ? 0.998 : 0.5);
            return new Answer(
                    new Output.Label(hit ? right : right.equals("yes") ? "no" : "yes"),
                    easy == 0 ? 0.9 : 1 - hardness,
                    Usage.NONE,
                    new Price.Known(Usd.of("0.000001")),
                    Duration.ofMillis(1),
                    new Provenance(solution().hash(), Rung.DISTIL, "student", List.of()));
        }

        @Override
        public void close() {}
    }

    @Test
    void a_student_that_falls_when_it_must_always_answer_holds_when_it_may_be_silent() {
        ClimbRecord record = climb(new Student(0.75));

        assertThat(record.candidates())
                .extracting(Candidate::name)
                .containsExactly("student 0.75", "student 0.75, abstaining");
        Candidate.Tried plain = (Candidate.Tried) record.candidates().getFirst();
        assertThat(plain.verdict()).isInstanceOf(Verdict.Fail.class);
        assertThat(record.decision()).isInstanceOf(Decision.Met.class);
        Candidate.Tried winner = ((Decision.Met) record.decision()).winner();
        assertThat(winner.verdict().sentence())
                .contains("answered are right; accuracy of what it answers is at least 0.9")
                .contains("it answers ", " of 600; coverage is at least 0.");
        Evidence sealed = Objects.requireNonNull(winner.sealed());
        assertThat(sealed.estimate(Metric.HARM).estimate()).isLessThan(0.03);
        assertThat(sealed.outcomes())
                .as("what it takes is paid, whether it answers or not")
                .allMatch(outcome -> outcome.time().toMillis() == 1 && !Double.isNaN(outcome.confidence()));
    }

    @Test
    void one_that_holds_without_silence_is_not_made_silent() {
        ClimbRecord record = climb(new Student(1));
        assertThat(((Decision.Met) record.decision()).winner().name()).isEqualTo("student 1.0");
        assertThat(record.candidates()).hasSize(1);
        assertThat(record.draws()).hasSize(1);
    }

    @Test
    void one_that_answers_too_little_falls_by_coverage_and_did_not_come_nearest_by_being_right_on_it() {
        ClimbRecord record = climb(new Student(0.25));
        Candidate.Tried silent = (Candidate.Tried) record.candidates().getLast();
        assertThat(silent.verdict())
                .isInstanceOfSatisfying(
                        Verdict.Fail.class,
                        fail -> assertThat(fail.requirement())
                                .isEqualTo(new Requirement.AtLeast(Metric.COVERAGE, 0.60)));
        assertThat(silent.tune().estimate(Metric.ACCURACY).estimate()).isGreaterThan(0.94);
        assertThat(record.decision())
                .isInstanceOfSatisfying(
                        Decision.NotMet.class,
                        notMet -> assertThat(
                                        Objects.requireNonNull(notMet.best()).name())
                                .isEqualTo("student 0.25"));
    }

    @Test
    void one_that_is_as_sure_of_guesses_can_meet_no_threshold_and_the_line_says_so() {
        ClimbRecord record = climb(new Student(0));
        assertThat(record.candidates().getLast())
                .isInstanceOfSatisfying(
                        Candidate.NotTried.class,
                        line -> assertThat(line.reason())
                                .startsWith(
                                        "no threshold is proved to keep the promise (at most 3 % of all questions answered wrongly, with 90 % confidence) by 300 questions, the half of the calibrate split that its confidence was not set on;"));
        assertThat(record.draws()).isEmpty();
    }

    @Test
    void a_release_that_may_be_silent_verifies_and_what_was_changed_in_it_is_found() throws IOException {
        Path folder = publish(climb(new Student(0.75)));
        Verification untouched = CertificateVerifier.verify(folder);
        assertThat(untouched.failures()).isEmpty();
        assertThat(untouched.checks())
                .extracting(Verification.Check::name)
                .contains("rows of the promise", "derivation of the threshold", "threshold", "silence");

        Path certificate = folder.resolve(Certificate.FILE);
        byte[] original = Files.readAllBytes(certificate);
        Json.Obj silence = ((Json.Obj) JsonText.read(certificate)).object(AbstentionCheck.KEY);
        List<Json.Obj> forged = List.of(
                silence.with("threshold", Json.of(0.05)),
                silence.with("says", Json.of("no idea")),
                silence.with("promise", new Promise(0.05, 0.90).toJson()),
                silence.with("coverage", silence.object("coverage").with("high", Json.of(0.999))),
                silence.with("harm", silence.object("harm").with("low", Json.of(0))));
        for (Json.Obj forgery : forged) {
            seal(certificate, json -> json.with(AbstentionCheck.KEY, forgery));
            assertThat(CertificateVerifier.verify(folder).failures())
                    .as(forgery.toString())
                    .extracting(Verification.Check::name)
                    .containsExactly("silence");
        }
        seal(certificate, json -> json.without(AbstentionCheck.KEY));
        assertThat(CertificateVerifier.verify(folder).failures())
                .singleElement()
                .satisfies(check -> assertThat(check.detail()).contains("differ on whether it may be silent"));
        overwrite(certificate, original);
        assertThat(CertificateVerifier.verify(folder).ok()).isTrue();
    }

    @Test
    void an_answer_below_the_threshold_is_found_although_every_hash_and_figure_was_made_to_fit() throws IOException {
        ClimbRecord record = climb(new Student(0.75));
        Path folder = publish(record);
        Candidate.Tried winner = ((Decision.Met) record.decision()).winner();
        Evidence before = Objects.requireNonNull(winner.sealed());
        Evidence better = new Evidence(before.bar(), before.alpha(), before.beta(), before.available());
        boolean changed = false;
        for (Outcome outcome : before.outcomes()) {
            boolean here = !changed && outcome.abstained();
            better.add(here ? answered(outcome) : outcome);
            changed |= here;
        }
        assertThat(changed).isTrue();
        Certificate forged = certificate(record, better);
        for (Map.Entry<String, byte[]> file : forged.outcomes().entrySet()) {
            overwrite(folder.resolve("outcomes").resolve(file.getKey()), file.getValue());
        }
        Json.Obj sealed = forged.json();
        overwrite(folder.resolve(Certificate.FILE), sealed.canonical().getBytes(StandardCharsets.UTF_8));
        Files.delete(folder.resolve("report.html"));
        assertThat(CertificateVerifier.verify(folder).failures())
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.name()).isEqualTo("silence");
                    assertThat(check.detail()).contains("was answered at a confidence of 0.");
                });
    }

    private static Outcome answered(Outcome silent) {
        return new Outcome(
                silent.example(),
                silent.cluster(),
                silent.expected(),
                silent.expected(),
                silent.confidence(),
                Scoring.score(CONTRACT, silent.expected(), silent.expected()),
                silent.time(),
                silent.price());
    }

    private ClimbRecord climb(Solver student) {
        Task task = task();
        TaskData data = data();
        Site site = Site.of(
                task,
                data,
                List.of(),
                List.of(),
                null,
                new Pricing.Unpriced("a test"),
                null,
                new Artifacts(state.resolve("work")),
                Progress.NONE,
                7);
        ErrorShares budget = new ErrorShares(
                ledger.errorBudget(),
                SealedSet.of(task.name(), data.sealed()),
                data.sealed().size(),
                task.bar());
        return new Climb(
                        site,
                        data,
                        List.of(new Only(student)),
                        new AbstainRung(),
                        budget,
                        Guard.NONE,
                        new Unheard(),
                        List.of(),
                        () -> 0,
                        Clock.systemUTC())
                .run();
    }

    private static Task task() {
        return new Task(
                new TaskName("guesses"),
                "Tell yes from no.",
                CONTRACT,
                new Bar(
                        List.of(
                                new Requirement.AtLeast(Metric.ACCURACY, 0.94),
                                new Requirement.AtLeast(Metric.COVERAGE, 0.60)),
                        0.95),
                Residency.LOCAL,
                null,
                ChangeRate.RARELY,
                new Promise(0.03, 0.95),
                new Promise(0.03, 0.90),
                null,
                List.of());
    }

    private static TaskData data() {
        return new TaskData(
                rows("train", 10),
                rows("tune", 200),
                rows("calibrate", 600),
                new SealedExamples(rows("sealed", 600), Sha256.of("sealed"), (purpose, index, row) -> {}),
                List.of(),
                Sha256.of("data"),
                "salt");
    }

    private static List<Example> rows(String split, int count) {
        List<Example> rows = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            String label = i % 3 == 0 ? "yes" : "no";
            String input = split + i + " " + label;
            rows.add(new Example(new ExampleId(split, i), split + i, input, new Output.Label(label), Map.of()));
        }
        return rows;
    }

    private Path publish(ClimbRecord record) {
        Candidate.Tried winner = ((Decision.Met) record.decision()).winner();
        Certificate certificate = certificate(record, Objects.requireNonNull(winner.sealed()))
                .covering("report.html", "<p>".getBytes(StandardCharsets.UTF_8));
        Artifacts artifacts = new Artifacts(state.resolve("work"));
        Map<String, Path> files = new LinkedHashMap<>();
        winner.solution().artifacts().forEach((name, hash) -> files.put(name, artifacts.file(hash)));
        Release release = ledger.releases()
                .publish(
                        record.task().name(),
                        id -> new ReleaseContents(
                                winner.solution(), files, certificate.json(), certificate.outcomes(), "<p>"));
        return ledger.releases().folder(release.id());
    }

    private static Certificate certificate(ClimbRecord record, Evidence sealed) {
        List<Trial> trials = new ArrayList<>();
        for (Candidate candidate : record.candidates()) {
            Candidate.Tried tried = (Candidate.Tried) candidate;
            trials.add(new Trial(tried.rung(), tried.name(), tried.solution().hash(), Split.TUNE, tried.tune(), null));
            if (tried.sealed() != null) {
                trials.add(Trial.certifying(tried, sealed));
            }
        }
        return Certificate.of(new CertifiedClimb(
                record.task(),
                Sha256.of("task.yaml"),
                DataStamp.of(data(), new Contamination(600, List.of(), null), 0),
                new AccessStamp(record.sealedAccesses(), Sha256.of("log")),
                trials,
                new ErrorBudget(1 - record.task().bar().confidence(), record.draws()),
                List.of(),
                7,
                new LinkedHashMap<>(),
                record.started(),
                List.of(),
                ((Decision.Met) record.decision()).winner().solution()));
    }

    private static void seal(Path certificate, UnaryOperator<Json.Obj> change) throws IOException {
        Json.Obj changed = change.apply((Json.Obj) JsonText.read(certificate)).without("sha256");
        Json.Obj sealed =
                changed.with("sha256", Json.of(Sha256.of(changed.canonical()).hex()));
        overwrite(certificate, sealed.canonical().getBytes(StandardCharsets.UTF_8));
    }

    private static void overwrite(Path file, byte[] bytes) throws IOException {
        Files.deleteIfExists(file); // releases are read-only
        Files.write(file, bytes);
    }

    /** A rung with one candidate. */
    private record Only(Solver solver) implements RungBuilder {
        @Override
        public Rung rung() {
            return Rung.DISTIL;
        }

        @Override
        public List<Proposal> propose(Site site) {
            return List.of(new Proposal.Buildable(solver.solution().name(), () -> solver));
        }
    }

    private static final class Unheard implements ClimbListener {
        @Override
        public void building(Rung rung, String name) {}

        @Override
        public void answered(Rung rung, String name, Split split, Evidence evidence, int rows) {}

        @Override
        public void finished(Candidate candidate) {}
    }
}
