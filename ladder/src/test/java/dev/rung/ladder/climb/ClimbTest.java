package dev.rung.ladder.climb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.data.Example;
import dev.rung.core.data.ExampleId;
import dev.rung.core.data.RegressionSet;
import dev.rung.core.data.SealedExamples;
import dev.rung.core.data.Split;
import dev.rung.core.data.TaskData;
import dev.rung.core.economics.Pricing;
import dev.rung.core.evidence.Evidence;
import dev.rung.core.evidence.Verdict;
import dev.rung.core.evidence.promise.Derivation;
import dev.rung.core.model.Residency;
import dev.rung.core.rung.ReleaseId;
import dev.rung.core.rung.Rung;
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
import dev.rung.ladder.cascade.CascadeRung;
import dev.rung.store.Ledger;
import dev.rung.store.SealedSet;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClimbTest {
    private static final List<Requirement> ACCURACY = List.of(new Requirement.AtLeast(Metric.ACCURACY, 0.80));

    @TempDir
    Path folder;

    private Ledger ledger;
    private Guard guard = Guard.NONE;
    private final List<String> log = new ArrayList<>();

    @BeforeEach
    void open() {
        ledger = Ledger.open(folder);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void it_stops_at_the_lowest_rung_that_holds_and_lists_the_rest_as_not_tried() {
        CoinSolver prompt = new CoinSolver(Rung.PROMPT, "weak", 0.4, 1);
        CoinSolver student = new CoinSolver(Rung.DISTIL, "small", 0.93, 2);
        CoinSolver big = new CoinSolver(Rung.DISTIL, "big", 0.99, 3);

        ClimbRecord record = climb(task(ACCURACY), rung(Rung.PROMPT, prompt), rung(Rung.DISTIL, student, big));

        assertThat(record.decision())
                .isInstanceOfSatisfying(
                        Decision.Met.class,
                        met -> assertThat(met.winner().name()).isEqualTo("small"));
        assertThat(record.candidates()).extracting(Candidate::name).containsExactly("weak", "small", "big");
        assertThat(record.candidates().get(2)).isInstanceOf(Candidate.NotTried.class);
        assertThat(big.answered).isZero();
        assertThat(prompt.closed && student.closed).as("solvers are closed").isTrue();
    }

    @Test
    void a_candidate_that_tune_rejects_sees_no_sealed_row_and_spends_no_error() {
        ClimbRecord record = climb(task(ACCURACY), rung(Rung.PROMPT, new CoinSolver(Rung.PROMPT, "weak", 0.3, 1)));

        Candidate.Tried weak = (Candidate.Tried) record.candidates().getFirst();
        assertThat(weak.verdict()).isInstanceOf(Verdict.Fail.class);
        assertThat(weak.sealed()).isNull();
        assertThat(weak.tune().outcomes()).hasSizeLessThan(30);
        assertThat(record.draws()).isEmpty();
        assertThat(record.sealedAccesses()).isZero();
        assertThat(record.decision()).isInstanceOfSatisfying(Decision.NotMet.class, notMet -> {
            assertThat(notMet.best()).isEqualTo(weak);
            assertThat(notMet.missing()).hasSize(1);
            assertThat(notMet.remedies()).contains("300 more labels would help");
        });
    }

    @Test
    void a_likely_candidate_draws_half_of_what_is_left_and_an_unlikely_one_a_twentieth() {
        ClimbRecord record = climb(
                task(ACCURACY),
                rung(Rung.PROMPT, new CoinSolver(Rung.PROMPT, "just under", 0.77, 8)),
                rung(Rung.DISTIL, new CoinSolver(Rung.DISTIL, "good", 0.95, 2)));

        Candidate.Tried first = (Candidate.Tried) record.candidates().getFirst();
        assertThat(first.draw()).isNotNull();
        double tune = first.tune().estimate(Metric.ACCURACY).estimate();
        double share = tune < 0.8 ? 0.05 : 0.5;
        assertThat(record.draws().get(0).alpha()).isCloseTo(0.05 * share, within(1e-12));
        assertThat(record.draws().get(1).alpha()).isCloseTo(0.05 * (1 - share) * 0.5, within(1e-12));
        assertThat(record.decision()).isInstanceOf(Decision.Met.class);
    }

    @Test
    void climbing_again_spends_no_more_error_and_comes_to_the_same_end() {
        ClimbRecord first = climb(task(ACCURACY), rung(Rung.DISTIL, new CoinSolver(Rung.DISTIL, "good", 0.95, 2)));
        ClimbRecord again = climb(task(ACCURACY), rung(Rung.DISTIL, new CoinSolver(Rung.DISTIL, "good", 0.95, 2)));

        assertThat(again.draws()).isEqualTo(first.draws()).hasSize(1);
        assertThat(((Decision.Met) again.decision()).winner().verdict().sentence())
                .isEqualTo(((Decision.Met) first.decision()).winner().verdict().sentence());
    }

    @Test
    void a_budget_too_small_for_any_proof_is_used_up_and_the_message_says_how_many_fresh_rows_help() {
        Bar bar = new Bar(List.of(new Requirement.AtLeast(Metric.ACCURACY, 0.90)), 0.95);
        SealedExamples sixty = new SealedExamples(rows("sealed", 60), Sha256.of("60"), (purpose, index, row) -> {});
        SealedSet set = SealedSet.of(new TaskName("coins"), sixty);
        ErrorShares shares = new ErrorShares(ledger.errorBudget(), set, 60, bar);
        for (int attempt = 1; attempt <= 4; attempt++) { // 0.9^60 = 0.0018, and the fifth half of 5 % is 0.0016
            shares.draw(new CoinSolver(Rung.DISTIL, "student", 0.9, attempt).solution(), ErrorShares.LIKELY);
        }
        ErrorShares.Share fifth =
                shares.draw(new CoinSolver(Rung.DISTIL, "student", 0.9, 5).solution(), ErrorShares.LIKELY);
        assertThat(fifth).isInstanceOf(ErrorShares.Share.Refused.class);
        assertThat(((ErrorShares.Share.Refused) fifth).why().reason())
                .contains("4 attempts have drawn 4.69 % of 5.0 %")
                .contains("not even 60 right answers of 60")
                .contains("add about " + ErrorShares.freshRows(bar) + " fresh sealed rows");
        assertThat(ledger.errorBudget().draws(set))
                .as("a refusal draws nothing")
                .hasSize(4);
        ErrorShares.Share second =
                shares.draw(new CoinSolver(Rung.DISTIL, "student", 0.9, 2).solution(), ErrorShares.LIKELY);
        assertThat(((ErrorShares.Share.Granted) second).draw().alpha())
                .as("an attempt that goes on has its draw")
                .isCloseTo(0.0125, within(1e-12));
    }

    @Test
    void a_climb_whose_budget_is_used_up_promotes_nothing_opens_no_sealed_row_and_keeps_what_it_found() {
        Task task = task(List.of(new Requirement.AtLeast(Metric.ACCURACY, 0.97)));
        SealedSet set = SealedSet.of(task.name(), data(rows("calibrate", 150)).sealed());
        for (int attempt = 0; attempt < 40; attempt++) { // 0.97^800 is about the 31st half
            ledger.errorBudget().draw(set, "earlier " + attempt, "student", 0.5, 0.05);
        }
        ClimbRecord record = climb(
                task,
                rung(Rung.PROMPT, new CoinSolver(Rung.PROMPT, "hopeless", 0.30, 8)),
                rung(Rung.DISTIL, new CoinSolver(Rung.DISTIL, "good", 1.0, 2)));

        Candidate.Tried good = (Candidate.Tried) record.candidates().get(1);
        assertThat(good.sealed()).isNull();
        assertThat(good.tune().verdict()).as("tune alone would have it pass").isInstanceOf(Verdict.Pass.class);
        assertThat(good.verdict().sentence()).contains("error budget of these sealed examples is used up");
        assertThat(record.sealedAccesses()).isZero();
        assertThat(record.decision()).isInstanceOfSatisfying(Decision.Open.class, open -> {
            assertThat(open.nearest()).isSameAs(good);
            assertThat(open.moreExamples()).hasValue(ErrorShares.freshRows(task.bar()));
        });
    }

    @Test
    void one_solution_against_two_bars_is_two_attempts() {
        climb(task(ACCURACY), rung(Rung.DISTIL, new CoinSolver(Rung.DISTIL, "good", 0.95, 2)));
        ClimbRecord lower = climb(
                task(List.of(new Requirement.AtLeast(Metric.ACCURACY, 0.70))),
                rung(Rung.DISTIL, new CoinSolver(Rung.DISTIL, "good", 0.95, 2)));
        assertThat(lower.draws()).hasSize(2);
    }

    @Test
    void a_candidate_that_fails_what_was_mended_sees_no_sealed_row_unless_that_is_waived() {
        CoinSolver good = new CoinSolver(Rung.DISTIL, "good", 0.95, 2);
        List<Example> failed = rows("mended", 60).stream()
                .filter(row -> !good.answer(row.input()).output().equals(row.expected()))
                .toList();
        assertThat(failed).isNotEmpty();

        guard = new Guard(List.of(new RegressionSet("late parcels", failed, null)), null);
        ClimbRecord refused = climb(task(ACCURACY), rung(Rung.DISTIL, good));
        assertThat(refused.draws()).isEmpty();
        assertThat(refused.sealedAccesses()).isZero();
        assertThat(refused.decision())
                .isInstanceOfSatisfying(
                        Decision.NotMet.class,
                        notMet -> assertThat(notMet.missing().getFirst())
                                .isEqualTo("the regression set late parcels was mended once, and " + failed.size()
                                        + " of its " + failed.size() + " rows are wrong again"));

        guard = new Guard(List.of(new RegressionSet("late parcels", failed, "the courier changed")), null);
        ClimbRecord waived = climb(task(ACCURACY), rung(Rung.DISTIL, good));
        assertThat(waived.decision()).isInstanceOf(Decision.Met.class);
    }

    @Test
    void what_meets_the_bar_and_is_worse_than_the_incumbent_is_not_taken() {
        CoinSolver incumbent = new CoinSolver(Rung.DISTIL, "incumbent", 0.97, 9);
        List<String> asked = new ArrayList<>();
        guard = new Guard(
                List.of(),
                new Incumbent(new ReleaseId("coins-1"), incumbent.solution().hash(), 0.03, List.of(), () -> {
                    asked.add("loaded");
                    return incumbent;
                }));
        ClimbRecord record = climb(
                task(ACCURACY),
                rung(
                        Rung.DISTIL,
                        new CoinSolver(Rung.DISTIL, "cheap", 0.87, 2),
                        new CoinSolver(Rung.DISTIL, "as good", 0.97, 3)));

        Candidate.Tried cheap = (Candidate.Tried) record.candidates().get(0);
        assertThat(cheap.deciding().verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(cheap.verdict()).isInstanceOf(Verdict.Fail.class);
        assertThat(cheap.verdict().sentence()).startsWith("against coins-1: ").endsWith("WORSE: FAIL");
        Candidate.Tried equal = (Candidate.Tried) record.candidates().get(1);
        assertThat(equal.verdict()).isInstanceOf(Verdict.Pass.class);
        assertThat(equal.verdict().sentence()).contains("against coins-1: ", "NOT WORSE: PASS");
        assertThat(equal.deciding().outcomes()).as("one look, at all rows").hasSize(800);
        assertThat(asked).as("its answers are asked for once").hasSize(1);
        assertThat(log).filteredOn(line -> line.equals("compare with coins-1")).hasSize(800);
        assertThat(((Decision.Met) record.decision()).winner()).isEqualTo(equal);
    }

    @Test
    void every_sealed_row_is_logged_before_it_is_answered() {
        CoinSolver good = new CoinSolver(Rung.DISTIL, "good", 0.95, 2);
        ClimbRecord record = climb(task(ACCURACY), rung(Rung.DISTIL, good));
        assertThat(log).hasSize((int) record.sealedAccesses()).allMatch(line -> line.startsWith("certify good "));
    }

    @Test
    void an_accurate_candidate_that_is_too_slow_fails_and_the_sentence_says_so() {
        List<Requirement> bar = List.of(
                new Requirement.AtLeast(Metric.ACCURACY, 0.80),
                new Requirement.LatencyAtMost(0.95, Duration.ofMillis(300)));
        CoinSolver slow = new CoinSolver(Rung.PROMPT, "slow", 0.97, 4, Duration.ofMillis(900));

        ClimbRecord record = climb(task(bar), rung(Rung.PROMPT, slow));

        Verdict verdict = ((Candidate.Tried) record.candidates().getFirst()).verdict();
        assertThat(verdict).isInstanceOf(Verdict.Fail.class);
        assertThat(verdict.sentence()).contains("300 ms");
    }

    @Test
    void a_slow_candidate_at_the_bar_is_stopped_when_the_rows_that_are_left_cannot_be_expected_to_decide() {
        CoinSolver slow = new CoinSolver(Rung.PROMPT, "at the bar", 0.80, 11, Duration.ofMillis(800));
        CoinSolver fast = new CoinSolver(Rung.DISTIL, "fast at the bar", 0.80, 11, Duration.ofMillis(2));

        ClimbRecord record = climb(task(ACCURACY), rung(Rung.PROMPT, slow), rung(Rung.DISTIL, fast));

        Evidence stopped = sealed(record, 0);
        assertThat(stopped.outcomes().size()).isLessThan(800);
        assertThat(stopped.outcomes().size() % 100).isZero();
        assertThat(stopped.verdict()).isInstanceOf(Verdict.NotEnough.class);
        assertThat(sealed(record, 1).outcomes())
                .as("whoever is quick answers all")
                .hasSize(800);
    }

    private static Evidence sealed(ClimbRecord record, int candidate) {
        return Objects.requireNonNull(((Candidate.Tried) record.candidates().get(candidate)).sealed());
    }

    @Test
    void what_cannot_be_built_here_is_not_tried_rather_than_failed() {
        RungBuilder broken = builder(Rung.PROMPT, new Proposal.Buildable("needs a part", () -> {
            throw new RungException.Unavailable("the natives cannot be bound here");
        }));

        ClimbRecord record = climb(task(ACCURACY), broken);

        assertThat(record.candidates().getFirst())
                .isInstanceOfSatisfying(
                        Candidate.NotTried.class,
                        line -> assertThat(line.reason()).isEqualTo("the natives cannot be bound here"));
    }

    @Test
    void a_slow_accurate_tier_and_a_fast_student_pass_together_where_neither_holds_alone() {
        List<Requirement> bar = List.of(
                new Requirement.AtLeast(Metric.ACCURACY, 0.88),
                new Requirement.LatencyAtMost(0.50, Duration.ofMillis(100)));
        CoinSolver strong = new CoinSolver(Rung.PROMPT, "strong", 0.99, 5, Duration.ofMillis(400));
        CoinSolver student = new CoinSolver(Rung.DISTIL, "student", 0.75, 6, Duration.ofMillis(2));

        ClimbRecord record = climb(task(bar), rung(Rung.PROMPT, strong), rung(Rung.DISTIL, student));

        assertThat(record.decision())
                .isInstanceOfSatisfying(
                        Decision.Met.class,
                        met -> assertThat(met.winner().name()).isEqualTo("student → strong"));
        Candidate.Tried cascade = (Candidate.Tried) record.candidates().getLast();
        Derivation derived = Derivation.fromJson(cascade.solution().recipe().object("promise"));
        assertThat(derived.promise()).as("half of what the bar leaves").isEqualTo(new Promise(0.06, 0.95));
        assertThat(derived.threshold()).hasValue(0.9);
        assertThat(derived.curve().rows()).as("half of the calibrate split").isEqualTo(75);
        assertThat(derived.coverage().low()).isLessThan(0.75);
        assertThat(derived.coverage().high()).isGreaterThan(0.75);
        assertThat(cascade.solution().artifacts()).containsOnlyKeys("promise.jsonl");
    }

    @Test
    void the_rows_of_a_promise_are_not_those_that_confidence_is_calibrated_on() {
        List<Example> rows = new ArrayList<>(rows("calibrate", 101));
        for (Example row : rows("again", 101)) { // each question once more
            rows.add(new Example(
                    row.id(), row.cluster().replace("again", "calibrate"), row.input(), row.label(), Map.of()));
        }
        Site site = site(task(ACCURACY), data(rows));
        List<Example> confidence = site.calibrateConfidence();
        List<Example> threshold = site.calibrateThreshold();
        assertThat(threshold.size()).isBetween(100, 102);
        assertThat(confidence.size() + threshold.size()).isEqualTo(202);
        assertThat(threshold)
                .extracting(Example::cluster)
                .doesNotContainAnyElementsOf(
                        confidence.stream().map(Example::cluster).toList());
    }

    @Test
    void a_cascade_that_cannot_prove_its_promise_is_not_tried_and_says_what_it_would_take() {
        CoinSolver strong = new CoinSolver(Rung.PROMPT, "strong", 0.99, 5, Duration.ofMillis(400));
        CoinSolver student = new CoinSolver(Rung.DISTIL, "student", 0.75, 6, Duration.ofMillis(2));
        List<Requirement> bar = List.of(
                new Requirement.AtLeast(Metric.ACCURACY, 0.98),
                new Requirement.LatencyAtMost(0.50, Duration.ofMillis(100)));

        ClimbRecord record = climb(task(bar), rung(Rung.PROMPT, strong), rung(Rung.DISTIL, student));

        // 0.99^n is at most 0.05 from n = 299 on, and half of the 150 rows are kept for this.
        assertThat(record.candidates().getLast())
                .isInstanceOfSatisfying(
                        Candidate.NotTried.class,
                        cascade -> assertThat(cascade.reason())
                                .contains("at most 1 % of all questions answered by the student alone and wrongly")
                                .contains("by 75 questions")
                                .endsWith("about 299 would be needed, a calibrate split of 598"));
        assertThat(student.answered).as("no model call is needed to find out").isLessThan(600);
    }

    private TaskData data(List<Example> calibrate) {
        return new TaskData(
                rows("train", 50),
                rows("tune", 150),
                calibrate,
                new SealedExamples(rows("sealed", 800), Sha256.of("sealed"), (purpose, index, row) -> log.add(purpose)),
                List.of(),
                Sha256.of("data"),
                "salt");
    }

    private Site site(Task task, TaskData data) {
        return Site.of(
                task,
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

    private ClimbRecord climb(Task task, RungBuilder... builders) {
        TaskData data = data(rows("calibrate", 150));
        Site site = site(task, data);
        ErrorShares budget = new ErrorShares(
                ledger.errorBudget(),
                SealedSet.of(task.name(), data.sealed()),
                data.sealed().size(),
                task.bar(),
                guard);
        return new Climb(
                        site,
                        data,
                        List.of(builders),
                        new CascadeRung(),
                        budget,
                        guard,
                        new Silent(),
                        List.of("300 more labels would help"),
                        () -> 0,
                        Clock.systemUTC())
                .run();
    }

    private static Task task(List<Requirement> requirements) {
        SequencedMap<String, String> labels = new LinkedHashMap<>();
        labels.put("yes", "");
        labels.put("no", "");
        return new Task(
                new TaskName("coins"),
                "Tell heads from tails.",
                new OutputContract.Labels(labels, null),
                new Bar(requirements, 0.95),
                Residency.LOCAL,
                null,
                ChangeRate.RARELY,
                List.of());
    }

    private static List<Example> rows(String split, int count) {
        List<Example> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String label = i % 3 == 0 ? "yes" : "no";
            rows.add(new Example(
                    new ExampleId(split, i + 1),
                    split + i,
                    split + i + " " + label,
                    new Output.Label(label),
                    Map.of()));
        }
        return rows;
    }

    private static RungBuilder rung(Rung rung, Solver... solvers) {
        List<Proposal> proposals = new ArrayList<>();
        for (Solver solver : solvers) {
            proposals.add(new Proposal.Buildable(solver.solution().name(), () -> solver));
        }
        return builder(rung, proposals.toArray(Proposal[]::new));
    }

    private static RungBuilder builder(Rung rung, Proposal... proposals) {
        return new RungBuilder() {
            @Override
            public Rung rung() {
                return rung;
            }

            @Override
            public List<Proposal> propose(Site site) {
                return List.of(proposals);
            }
        };
    }

    private static final class Silent implements ClimbListener {
        @Override
        public void building(Rung rung, String name) {}

        @Override
        public void answered(Rung rung, String name, Split split, Evidence evidence, int rows) {}

        @Override
        public void finished(Candidate candidate) {}
    }
}
