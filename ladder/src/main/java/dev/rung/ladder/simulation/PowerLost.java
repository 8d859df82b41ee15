package dev.rung.ladder.simulation;

import dev.rung.core.evidence.Evidence;
import dev.rung.core.evidence.Outcome;
import dev.rung.core.evidence.Verdict;
import dev.rung.core.rung.Rung;
import dev.rung.core.task.Bar;
import dev.rung.core.task.Metric;
import dev.rung.core.task.Requirement;
import dev.rung.ladder.climb.Decision;
import dev.rung.ladder.climb.Progress;
import dev.rung.ladder.climb.Proposal;
import java.util.ArrayList;
import java.util.List;

/** What each protection costs: how often a good candidate is proved good, and how often one at the bar's edge is, as protections are added one by one. */
final class PowerLost {
    private static final double BAR = 0.90;
    private static final double GOOD = 0.95;
    private static final double LEVEL = 0.05;
    private static final int ROWS = 300;
    private static final int REPEATS = 3;
    private static final int CHOSEN = 10;

    private final Crowd crowd;
    private final int worlds;
    private final Bar bar = new Bar(List.of(new Requirement.AtLeast(Metric.ACCURACY, BAR)), 1 - LEVEL);
    private final Outcome[][] single = Rows.of(ROWS, 1);
    private final Outcome[][] repeated = Rows.of(ROWS, REPEATS);

    PowerLost(Crowd crowd, int worlds) {
        this.crowd = crowd;
        this.worlds = worlds;
    }

    /**
     * One set of protections.
     *
     * @param atBar PASS when the truth is the bar itself
     * @param good PASS when the truth is 0.95
     */
    record Line(String protection, Share atBar, Share good) {}

    /** How often a whole climb promotes the one good candidate in it. */
    record ClimbLine(String before, Share promoted) {}

    List<Line> lines(Progress progress) {
        List<Line> lines = new ArrayList<>();
        progress.at("one candidate", 0, 2);
        lines.add(line("looks after every row, no last look", ROWS + 1, LEVEL, 1, false));
        lines.add(line("and an exact look at the last row", ROWS, LEVEL, 1, false));
        lines.add(line("and half the budget kept for what comes later", ROWS, LEVEL / 2, 1, false));
        lines.add(line("the fifth such draw", ROWS, LEVEL / 32, 1, false));
        lines.add(line("the draw after " + CHOSEN + " rechecks", ROWS, Math.scalb(LEVEL, -CHOSEN - 1), 1, false));
        lines.add(
                line("100 questions asked 3 times each: counted by question only", ROWS / REPEATS, LEVEL / 2, 1, true));
        lines.add(line("the same, counted by row and by question", ROWS, LEVEL / 2, REPEATS, false));
        return lines;
    }

    private Line line(String protection, int available, double alpha, int repeats, boolean onlyQuestions) {
        int rows = onlyQuestions ? ROWS / REPEATS : ROWS;
        return new Line(
                protection,
                share(protection, BAR, rows, available, alpha, repeats),
                share(protection, GOOD, rows, available, alpha, repeats));
    }

    private Share share(String protection, double truth, int rows, int available, double alpha, int repeats) {
        long[] tally = crowd.tally(protection + truth, worlds, 1, (chance, counts) -> {
            Evidence evidence = new Evidence(bar, alpha, LEVEL, available);
            int right = 0;
            for (int i = 0; i < rows && evidence.isOpen(); i++) {
                right = i % repeats == 0 ? (chance.happens(truth) ? 1 : 0) : right;
                evidence.add((repeats == 1 ? single : repeated)[i][right]);
            }
            counts[0] += evidence.verdict() instanceof Verdict.Pass ? 1 : 0;
        });
        return new Share(tally[0], worlds);
    }

    /** Returns how often whole climbs promote a good candidate that comes after others, or after rechecks of others. */
    List<ClimbLine> climbs(Progress progress) {
        progress.at("whole climbs", 1, 2);
        Ground ground = new Ground(100, 0, ROWS, 1);
        return List.of(
                climb(ground, "nothing", 0, 0, BAR),
                climb(ground, "4 candidates at 0.70", 4, 0, 0.70),
                climb(ground, "4 candidates at 0.85", 4, 0, 0.85),
                climb(ground, "4 candidates at the bar", 4, 0, BAR),
                climb(ground, "19 candidates at the bar", 19, 0, BAR),
                climb(ground, "10 climbs with 1 candidate at the bar", 1, 10, BAR));
    }

    private ClimbLine climb(Ground ground, String before, int others, int climbsBefore, double accuracy) {
        int climbs = Math.max(1, worlds / 4);
        long[] tally = crowd.tally("climb after " + before, climbs, 1, (chance, counts) -> {
            Luck world = new Luck(chance.next(), 0.5, 0);
            Life life = new Life(ground);
            Field weak = Field.of(others, accuracy);
            for (int i = 0; i < climbsBefore; i++) {
                life.climb(weak.next(world, chance), Field.NO_COMBINATION);
            }
            List<Proposal> last = new ArrayList<>();
            if (climbsBefore == 0) {
                weak.next(world, chance).forEach(rung -> last.addAll(((Field.Proposing) rung).proposals()));
            }
            SyntheticSolver good = new SyntheticSolver(world, Rung.PROMPT, GOOD, chance.next());
            last.add(new Proposal.Buildable(good.solution().name(), () -> good));
            Decision decision = life.climb(List.of(new Field.Proposing(Rung.PROMPT, last)), Field.NO_COMBINATION)
                    .decision();
            boolean promoted = decision instanceof Decision.Met met
                    && met.winner().solution().equals(good.solution());
            counts[0] += promoted ? 1 : 0;
        });
        return new ClimbLine(before, new Share(tally[0], climbs));
    }

    Section section(List<Line> lines, List<ClimbLine> climbs) {
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(List.of(
                new Cell.Words("the exact test of a fixed sample of 300: no early stop, no later candidate"),
                new Cell.Words("%.2f %% (exact)"
                        .formatted(100 * RowsToDecide.fixedSamplePower(ROWS, Math.nextUp(BAR), LEVEL))),
                new Cell.Words("%.2f %% (exact)".formatted(100 * RowsToDecide.fixedSamplePower(ROWS, GOOD, LEVEL)))));
        for (Line line : lines) {
            rows.add(List.of(
                    new Cell.Words(line.protection()), new Cell.Rate(line.atBar()), new Cell.Rate(line.good())));
        }
        List<List<Cell>> after = new ArrayList<>();
        for (ClimbLine line : climbs) {
            after.add(List.of(new Cell.Words(line.before()), new Cell.Rate(line.promoted())));
        }
        List<Claim> claims = new ArrayList<>();
        for (Line line : lines) {
            claims.add(Claim.within("at most 5 % at the bar: " + line.protection(), line.atBar(), 0, LEVEL));
        }
        return new Section(
                "What each protection costs",
                "Bar 0.90, up to 300 rows. The first table puts one candidate to the tests alone; the second lets whole climbs run, in which a"
                        + " candidate of accuracy 0.95 has its turn last, after others on the same sealed rows (100 tune rows; candidates"
                        + " fail together on half the questions).",
                List.of(
                        new Grid(
                                "PASS as protections are added",
                                List.of("protection", "truth 0.90, the bar", "truth 0.95"),
                                rows),
                        new Grid("A good candidate is promoted", List.of("what came before it", "promoted"), after)),
                List.of(),
                claims);
    }
}
