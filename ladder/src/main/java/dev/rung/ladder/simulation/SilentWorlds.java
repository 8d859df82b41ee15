package dev.rung.ladder.simulation;

import dev.rung.core.evidence.promise.Derivation;
import dev.rung.core.rung.Rung;
import dev.rung.core.rung.Solution;
import dev.rung.core.rung.Solver;
import dev.rung.core.task.Promise;
import dev.rung.ladder.abstain.AbstainRung;
import dev.rung.ladder.certificate.PromiseFile;
import dev.rung.ladder.climb.Candidate;
import dev.rung.ladder.climb.ClimbRecord;
import dev.rung.ladder.climb.Decision;
import dev.rung.ladder.climb.Progress;
import dev.rung.ladder.climb.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** How often a solver that may be silent is promoted though its answers or their number lie below the bar, and how often the threshold of one keeps its promise. */
final class SilentWorlds {
    private static final int TUNE = 100;
    private static final int CALIBRATE = 600;
    private static final int SEALED = 300;
    private static final double COVERAGE = 0.70;
    private static final double MOST = 0.05;
    /** With a slope of 0.3 / 0.7², answers from a confidence of 0.3 on are right in exactly the bar's 0.9, and exactly 0.7 of questions are answered. */
    private static final double SLOPE = 3 * (1 - Ground.BAR) / (COVERAGE * COVERAGE);

    private static final Promise PROMISE = new Promise((1 - Ground.BAR) * COVERAGE, 0.90);

    private final Crowd crowd;
    private final int lives;
    private final Ground plain = Ground.silent(TUNE, CALIBRATE, SEALED, 1, COVERAGE, PROMISE);
    private final Ground repeating = Ground.silent(TUNE, CALIBRATE, SEALED, 5, COVERAGE, PROMISE);

    /** @param lives of sealed sets that each row of the table rests on */
    SilentWorlds(Crowd crowd, int lives) {
        this.crowd = crowd;
        this.lives = lives;
    }

    /**
     * A kind of life.
     *
     * @param solver of some luck
     * @param good whether its candidates lie above the bar, so that promoting them is right
     */
    private record Kind(
            String name, Ground ground, int candidates, int rechecks, LongFunction<Solver> solver, boolean good) {}

    /**
     * What came of the lives of one kind.
     *
     * @param promoted lives in which anything was promoted that lies below the bar; of a good kind, in which anything was
     * @param thresholds that were derived in all lives
     * @param kept how many of them keep the promise in truth
     */
    record Line(String name, int candidates, int rechecks, boolean good, Share promoted, long thresholds, long kept) {}

    List<Line> lines(Progress progress) {
        List<Line> lines = new ArrayList<>();
        List<Kind> kinds = kinds();
        for (Kind kind : kinds) {
            progress.at(kind.name(), lines.size(), kinds.size());
            String experiment = "silence " + kind.name() + " " + kind.candidates() + " " + kind.rechecks();
            long[] tally = crowd.tally(experiment, lives, 3, (chance, counts) -> live(kind, chance, counts));
            lines.add(new Line(
                    kind.name(),
                    kind.candidates(),
                    kind.rechecks(),
                    kind.good(),
                    new Share(tally[0], lives),
                    tally[1],
                    tally[2]));
        }
        return lines;
    }

    private List<Kind> kinds() {
        return List.of(
                fixed("accuracy and coverage at the edge", plain, 1, 0, COVERAGE, Ground.BAR),
                fixed("accuracy and coverage at the edge", plain, 5, 10, COVERAGE, Ground.BAR),
                fixed("accuracy at the edge, coverage 0.85", plain, 5, 10, 0.85, Ground.BAR),
                fixed("accuracy 0.97, coverage at the edge", plain, 5, 10, COVERAGE, 0.97),
                fixed(
                        "accuracy at the edge, coverage 0.85, each question asked 1 to 5 times",
                        repeating,
                        5,
                        10,
                        0.85,
                        Ground.BAR),
                new Kind(
                        "a student at 0.80, silent below a threshold that is derived",
                        plain,
                        1,
                        10,
                        own -> new KnownStudent(SLOPE, own),
                        false),
                fixed("a good one: accuracy 0.97, coverage 0.85", plain, 1, 0, 0.85, 0.97));
    }

    private static Kind fixed(
            String name, Ground ground, int candidates, int rechecks, double coverage, double accuracy) {
        boolean good = accuracy > Ground.BAR && coverage > COVERAGE;
        return new Kind(name, ground, candidates, rechecks, own -> new SilentSolver(coverage, accuracy, own), good);
    }

    private static void live(Kind kind, Chance chance, long[] counts) {
        Life life = new Life(kind.ground());
        boolean promoted = false;
        boolean over = false;
        for (int climb = 0; climb <= kind.rechecks() && !promoted && !over; climb++) {
            List<Proposal> proposals = new ArrayList<>();
            for (int i = 0; i < kind.candidates(); i++) {
                Solver solver = kind.solver().apply(chance.next());
                proposals.add(new Proposal.Buildable(solver.solution().name(), () -> solver));
            }
            Rung rung = kind.solver().apply(0).solution().rung();
            ClimbRecord record = life.climb(List.of(new Field.Proposing(rung, proposals)), new AbstainRung());
            over = Life.usedUp(record);
            promoted = record.decision() instanceof Decision.Met met
                    && belowBar(met.winner().solution()) != kind.good();
            count(record, counts);
        }
        counts[0] += promoted ? 1 : 0;
    }

    private static void count(ClimbRecord record, long[] counts) {
        for (Candidate candidate : record.candidates()) {
            if (candidate instanceof Candidate.Tried tried
                    && tried.solution().recipe().get(PromiseFile.SAYS) != null) {
                counts[1]++;
                counts[2] += harm(tried.solution()) <= PROMISE.harm() ? 1 : 0;
            }
        }
    }

    private static double threshold(Solution silent) {
        return Derivation.fromJson(silent.recipe().object(PromiseFile.RECIPE_KEY))
                .threshold()
                .orElseThrow();
    }

    private static double harm(Solution silent) {
        double slope = KnownStudent.slope(Solution.fromJson(silent.recipe().object("student")));
        return KnownStudent.harm(slope, threshold(silent));
    }

    // What lies exactly at the edge does not meet the bar provably, so it counts as below.
    private static boolean belowBar(Solution solution) {
        return switch (solution.kind()) {
            case SilentSolver.KIND ->
                SilentSolver.accuracy(solution) <= Ground.BAR || SilentSolver.coverage(solution) <= COVERAGE;
            case KnownStudent.KIND -> 1 - KnownStudent.harm(KnownStudent.slope(solution), 0) <= Ground.BAR;
            default -> {
                double coverage = 1 - threshold(solution);
                yield coverage <= COVERAGE || 1 - harm(solution) / coverage <= Ground.BAR;
            }
        };
    }

    Section section(List<Line> lines) {
        List<List<Cell>> rows = new ArrayList<>();
        List<Claim> claims = new ArrayList<>();
        for (Line line : lines) {
            double kept = line.thresholds() == 0 ? Double.NaN : 100.0 * line.kept() / line.thresholds();
            rows.add(List.of(
                    new Cell.Words(line.name()),
                    new Cell.Count(line.candidates()),
                    new Cell.Count(line.rechecks()),
                    new Cell.Rate(line.promoted()),
                    new Cell.Count(line.thresholds()),
                    new Cell.Decimal(kept, 1)));
            if (!line.good()) {
                claims.add(Claim.within(
                        "at most 5 %% of lives: %s, %d candidates, %d rechecks"
                                .formatted(line.name(), line.candidates(), line.rechecks()),
                        line.promoted(),
                        0,
                        MOST));
            }
            if (line.thresholds() > 0) {
                claims.add(Claim.within(
                        "kept in at least 90 %: " + line.name(),
                        new Share(line.kept(), line.thresholds()),
                        PROMISE.confidence(),
                        1));
            }
        }
        return new Section(
                "Solvers that may say that they do not know",
                "Bar: accuracy 0.90 of what is answered, and coverage 0.70, at 95 %% confidence; %d tune, %d calibrate and %d sealed rows. Each climb runs through the code of real climbs and looks after every row. Students are tried as they are, and then silent below the threshold derived from the promise that at most 7 %% of all questions are answered wrongly, at 90 %%. At that threshold the student's accuracy and coverage are both exactly at the edge, so whatever threshold is derived, one of the two lies at the bar or below. The last row is what silence costs a good candidate."
                        .formatted(TUNE, CALIBRATE, SEALED),
                List.of(new Grid(
                        "Lives of a sealed set in which a solver was promoted",
                        List.of("candidates", "a climb", "rechecks", "promoted", "thresholds", "promise kept, %"),
                        rows)),
                List.of(),
                claims);
    }
}
