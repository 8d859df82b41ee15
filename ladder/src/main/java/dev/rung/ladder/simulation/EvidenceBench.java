package dev.rung.ladder.simulation;

import dev.rung.ladder.climb.Progress;
import java.util.List;
import java.util.Locale;

/**
 * Every experiment on the evidence, each with as many worlds as it takes to tell.
 *
 * <p>Deterministic: a seed and a number of worlds give the same sections whatever the number of threads. Not thread-safe.
 */
public final class EvidenceBench {
    /** The seed of the figures in the documentation. */
    public static final long SEED = 20_261_125;
    /** Worlds of a whole run: an experiment takes so many, or a fixed multiple of it. */
    public static final int WORLDS = 2_000;
    /** Worlds of a run that takes seconds. */
    public static final int QUICK_WORLDS = 60;

    /** Fewer worlds tell nothing. */
    public static final int FEWEST_WORLDS = 20;

    private static final List<Integer> ROWS = List.of(30, 100, 300, 1_000);
    // Resampling 1,000 rows takes as long as all else.
    private static final List<Integer> FEW_ROWS = List.of(30, 100, 300);

    private final Crowd crowd;
    private final int worlds;

    /**
     * @param worlds at least {@link #FEWEST_WORLDS}
     * @param threads at least 1
     * @param tallies of worlds that have run before
     */
    public EvidenceBench(long seed, int worlds, int threads, Tallies tallies) {
        if (worlds < FEWEST_WORLDS) {
            throw new IllegalArgumentException("too few worlds to tell anything: " + worlds);
        }
        this.crowd = new Crowd(seed, threads, tallies);
        this.worlds = worlds;
    }

    /** An experiment, in the order in which the page has them. */
    public enum Experiment {
        /** False promotion anywhere in a climb. */
        PROMOTION,
        /** What each protection costs in power. */
        POWER,
        /** Rows to a verdict. */
        ROWS,
        /** Coverage of the intervals that are shown. */
        COVERAGE,
        /** Comparisons with an incumbent. */
        PAIRED,
        /** Thresholds that keep a promise of harm. */
        PROMISE,
        /** Solvers that may say that they do not know. */
        SILENCE,
        /** Few labels and many judgements. */
        JUDGE,
        /** Forecasts of learning curves. */
        FORECAST;

        /** Returns the name that users type. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String toString() {
            return key();
        }
    }

    /** Runs one experiment. */
    public Section run(Experiment experiment, Progress progress) {
        return switch (experiment) {
            case PROMOTION -> {
                FalsePromotions promotions = new FalsePromotions(crowd, worlds);
                yield promotions.section(promotions.lines(progress));
            }
            case POWER -> {
                PowerLost power = new PowerLost(crowd, 2 * worlds);
                yield power.section(power.lines(progress), power.climbs(progress));
            }
            case ROWS -> {
                RowsToDecide rows = new RowsToDecide(crowd, 100 * worlds, 20 * worlds);
                yield rows.section(rows.lines(progress), rows.naive());
            }
            case COVERAGE -> {
                Coverage coverage = new Coverage(crowd, 5 * worlds, worlds < WORLDS / 10 ? FEW_ROWS : ROWS);
                yield coverage.section(coverage.lines(progress));
            }
            case PAIRED -> {
                PairedWorlds paired = new PairedWorlds(crowd, worlds, worlds < WORLDS / 10);
                yield paired.section(paired.sizes(progress), paired.powers(), paired.whole());
            }
            case PROMISE -> {
                PromiseKept promises = new PromiseKept(crowd, 10 * worlds);
                yield promises.section(promises.lines(progress));
            }
            case SILENCE -> {
                SilentWorlds silent = new SilentWorlds(crowd, worlds);
                yield silent.section(silent.lines(progress));
            }
            case JUDGE -> {
                JudgedWorlds judged = new JudgedWorlds(crowd, 10 * worlds);
                yield judged.section(judged.lines(progress));
            }
            case FORECAST -> {
                Forecasts forecasts = new Forecasts(crowd, 2 * worlds);
                yield forecasts.section(forecasts.lines(progress));
            }
        };
    }
}
