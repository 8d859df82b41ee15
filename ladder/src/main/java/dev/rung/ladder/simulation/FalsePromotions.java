package dev.rung.ladder.simulation;

import dev.rung.ladder.cascade.CascadeRung;
import dev.rung.ladder.climb.ClimbRecord;
import dev.rung.ladder.climb.Combination;
import dev.rung.ladder.climb.Decision;
import dev.rung.ladder.climb.Progress;
import java.util.ArrayList;
import java.util.List;

/** How often anything below the bar is promoted over the life of a sealed set, when everything is exactly at the bar's edge and every row is looked at. */
final class FalsePromotions {
    private static final int TUNE = 100;
    private static final int CALIBRATE = 150;
    private static final int SEALED = 300;
    private static final int PROMISED = 5;

    private final Crowd crowd;
    private final int lives;
    private final Ground plain = new Ground(TUNE, CALIBRATE, SEALED, 1);
    private final Ground repeating = new Ground(TUNE, CALIBRATE, SEALED, 5);

    /** @param lives of sealed sets that each row of the table rests on */
    FalsePromotions(Crowd crowd, int lives) {
        this.crowd = crowd;
        this.lives = lives;
    }

    /**
     * A kind of life.
     *
     * @param together the share of questions on which all candidates fail alike
     * @param noise the share of wrong labels
     */
    private record Kind(
            String name,
            Ground ground,
            int candidates,
            int rechecks,
            Field field,
            Combination combination,
            double together,
            double noise) {}

    /**
     * What came of the lives of one kind.
     *
     * @param promoted lives in which something below the bar was promoted
     * @param draws certification attempts in all lives
     * @param right promotions of candidates that lie above the bar
     * @param usedUp lives that ended because the error budget was used up
     */
    record Line(String name, int candidates, int rechecks, Share promoted, long draws, long right, long usedUp) {}

    List<Line> lines(Progress progress) {
        List<Line> lines = new ArrayList<>();
        List<Kind> kinds = kinds();
        for (Kind kind : kinds) {
            progress.at(kind.name(), lines.size(), kinds.size());
            String experiment = kind.name() + " " + kind.candidates() + " " + kind.rechecks();
            long[] tally = crowd.tally(experiment, lives, 4, (chance, counts) -> live(kind, chance, counts));
            lines.add(new Line(
                    kind.name(),
                    kind.candidates(),
                    kind.rechecks(),
                    new Share(tally[0], lives),
                    tally[1],
                    tally[2],
                    tally[3]));
        }
        return lines;
    }

    private List<Kind> kinds() {
        double edge = Ground.BAR;
        List<Kind> kinds = new ArrayList<>();
        for (int candidates : new int[] {1, 5, 20}) {
            for (int rechecks : new int[] {0, 10}) {
                kinds.add(kind("independent candidates", candidates, rechecks, 0, 0));
            }
        }
        kinds.add(kind("they fail together on half the rows", 5, 10, 0.5, 0));
        kinds.add(kind("one label in twenty is wrong", 5, 10, 0.5, 0.05));
        kinds.add(new Kind(
                "each question asked 1 to 5 times", repeating, 5, 10, Field.of(5, edge), Field.NO_COMBINATION, 0.5, 0));
        kinds.add(new Kind(
                "each the best of 8 on tune", plain, 5, 10, Field.selected(5, 8, edge), Field.NO_COMBINATION, 0.5, 0));
        kinds.add(new Kind(
                "drifting, 0.86 to 0.94", plain, 5, 10, Field.drifting(5, 0.04), Field.NO_COMBINATION, 0.5, 0));
        // Where the weaker tier fails wherever the stronger does, no threshold lifts their cascade over the bar.
        kinds.add(new Kind(
                "a tier at the bar, an overconfident student at 0.87, their cascade",
                plain,
                2,
                10,
                Field.tiers(0.87, edge),
                new CascadeRung(),
                1,
                0));
        return kinds;
    }

    private Kind kind(String name, int candidates, int rechecks, double together, double noise) {
        return new Kind(
                name,
                plain,
                candidates,
                rechecks,
                Field.of(candidates, Ground.BAR),
                Field.NO_COMBINATION,
                together,
                noise);
    }

    private static void live(Kind kind, Chance chance, long[] counts) {
        Luck world = new Luck(chance.next(), kind.together(), kind.noise());
        Life life = new Life(kind.ground());
        boolean wrong = false;
        boolean over = false;
        for (int climb = 0; climb <= kind.rechecks() && !wrong && !over; climb++) {
            ClimbRecord record = life.climb(kind.field().next(world, chance), kind.combination());
            over = Life.usedUp(record);
            wrong = promotesWrongly(record);
            counts[2] += promotes(record) && !wrong ? 1 : 0;
        }
        counts[0] += wrong ? 1 : 0;
        counts[1] += life.draws();
        counts[3] += over ? 1 : 0;
    }

    private static boolean promotes(ClimbRecord record) {
        return record.decision() instanceof Decision.Met;
    }

    // Drifting candidates may deserve it; all others, and every cascade, lie at the bar or below.
    private static boolean promotesWrongly(ClimbRecord record) {
        return record.decision() instanceof Decision.Met met
                && !(met.winner().solution().kind().equals(SyntheticSolver.KIND)
                        && SyntheticSolver.accuracy(met.winner().solution()) > Ground.BAR);
    }

    Section section(List<Line> lines) {
        List<List<Cell>> rows = new ArrayList<>();
        List<Claim> claims = new ArrayList<>();
        for (Line line : lines) {
            rows.add(List.of(
                    new Cell.Words(line.name()),
                    new Cell.Count(line.candidates()),
                    new Cell.Count(line.rechecks()),
                    new Cell.Rate(line.promoted()),
                    new Cell.Decimal((double) line.draws() / line.promoted().of(), 1),
                    new Cell.Decimal(100.0 * line.usedUp() / line.promoted().of(), 1)));
            claims.add(Claim.within(
                    "at most " + PROMISED + " % of lives: " + line.name() + ", " + line.candidates() + " candidates, "
                            + line.rechecks() + " rechecks",
                    line.promoted(),
                    0,
                    PROMISED / 100.0));
        }
        Grid grid = new Grid(
                "Lives of a sealed set in which anything below the bar was promoted",
                List.of(
                        "candidates at the bar's edge",
                        "a climb",
                        "rechecks",
                        "false promotion",
                        "draws a life",
                        "budget used up, %"),
                rows);
        return new Section(
                "False promotion anywhere in a climb",
                "Bar 0.90 at 95 % confidence; " + TUNE + " tune and " + SEALED
                        + " sealed rows; every candidate's true accuracy is exactly at the bar, the worst case. Each climb runs"
                        + " through the code of real climbs and looks after every row; each recheck is a further climb with fresh"
                        + " candidates on the same sealed rows and the same error budget.",
                List.of(grid),
                List.of(),
                claims);
    }
}
