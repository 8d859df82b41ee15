package dev.rung.core.evidence;

import dev.rung.core.statistics.Bootstrap;
import dev.rung.core.statistics.Interval;
import dev.rung.core.statistics.Resampled;
import dev.rung.core.task.Output;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The mean over labels of F1, the harmonic mean of a label's precision and recall, with bounds by resampling duplicate clusters.
 *
 * <p>The mean is over the labels that any answer or expected output names; in a replicate, over those that it still has. An answer that is missing counts against the
 * recall of its label alone. Resampling sees only errors that happened, so a lower bound is taken after one wrong answer was added to the rarest label, where it weighs most: for a rate that turns
 * n right answers of n into a bound of about 1 - 3/n at 95 %, as the exact one is. Immutable.
 */
final class MacroF1 {
    static final String KEY = "macro_f1";
    private static final int DISPLAYED = 2_000;
    private static final int MOST = 20_000;
    // A bound at a chance that fewer replicates than this fall below is a guess.
    private static final int FEWEST_BEYOND = 10;

    private final Table table;
    private final Table doubted;

    private MacroF1(Table table, Table doubted) {
        this.table = table;
        this.doubted = doubted;
    }

    /** Counts outcomes whose expected output is a label. */
    static MacroF1 of(List<Outcome> outcomes) {
        Table table = new Table();
        Table doubted = new Table();
        for (Outcome outcome : outcomes) {
            if (outcome.expected() instanceof Output.Label(String expected)) {
                String given = outcome.output() instanceof Output.Label(String name) ? name : null;
                table.add(outcome.cluster(), expected, given);
                doubted.add(outcome.cluster(), expected, given);
            }
        }
        if (table.rows() > 0) {
            doubted.add("", table.rarest(), null);
        }
        return new MacroF1(table, doubted);
    }

    int n() {
        return table.rows();
    }

    double value() {
        return table.all();
    }

    /** Returns the smallest chance of error at which {@link #lower} and {@link #upper} give a bound. */
    static double leastError() {
        return (double) FEWEST_BEYOND / MOST;
    }

    /** Returns the bound that lies above the truth with chance about {@code error}, at least {@link #leastError}. */
    double lower(double error) {
        return doubted.clusters() < 2 ? 0 : Math.min(value(), new Bootstrap(doubted, replicates(error)).lower(error));
    }

    /** Returns the bound that lies below the truth with chance about {@code error}, at least {@link #leastError}. */
    double upper(double error) {
        return table.clusters() < 2 ? 1 : new Bootstrap(table, replicates(error)).upper(error);
    }

    Interval interval(double confidence) {
        double error = (1 - confidence) / 2;
        return new Interval(lower(error), upper(error));
    }

    private static int replicates(double error) {
        return Math.clamp((long) Math.ceil(FEWEST_BEYOND / error), DISPLAYED, MOST);
    }

    /** Expected and given labels by cluster. */
    private static final class Table implements Resampled {
        private final Map<String, Integer> labels = new HashMap<>();
        private final Map<String, Integer> places = new HashMap<>();
        private final List<List<int[]>> clusters = new ArrayList<>();
        private int rows;
        private @Nullable Counts whole;

        void add(String cluster, String expected, @Nullable String given) {
            int place = places.computeIfAbsent(cluster, fresh -> {
                clusters.add(new ArrayList<>());
                return places.size();
            });
            clusters.get(place).add(new int[] {label(expected), given == null ? -1 : label(given)});
            rows++;
        }

        private int label(String name) {
            return labels.computeIfAbsent(name, fresh -> labels.size());
        }

        int rows() {
            return rows;
        }

        /** Returns the expected label with the fewest rows; of equals, the first by name. */
        String rarest() {
            int[] expected = new int[labels.size()];
            clusters.forEach(cluster -> cluster.forEach(row -> expected[row[0]]++));
            return labels.entrySet().stream()
                    .filter(label -> expected[label.getValue()] > 0)
                    .min(Comparator.<Map.Entry<String, Integer>>comparingInt(label -> expected[label.getValue()])
                            .thenComparing(Map.Entry::getKey))
                    .orElseThrow()
                    .getKey();
        }

        @Override
        public int clusters() {
            return clusters.size();
        }

        @Override
        public double all() {
            return counts().mean();
        }

        private Counts counts() {
            Counts counts = new Counts(labels.size());
            for (List<int[]> cluster : clusters) {
                counts.add(cluster, 1);
            }
            return counts;
        }

        @Override
        public double without(int cluster) {
            Counts counts = whole == null ? counts() : whole;
            whole = counts;
            counts.add(clusters.get(cluster), -1);
            double mean = counts.mean();
            counts.add(clusters.get(cluster), 1);
            return mean;
        }

        @Override
        public double weighted(int[] times) {
            Counts counts = new Counts(labels.size());
            for (int c = 0; c < times.length; c++) {
                if (times[c] > 0) {
                    counts.add(clusters.get(c), times[c]);
                }
            }
            return counts.mean();
        }
    }

    /** How often each label was right, expected and given. */
    private static final class Counts {
        private final int[] right;
        private final int[] expected;
        private final int[] given;

        Counts(int labels) {
            right = new int[labels];
            expected = new int[labels];
            given = new int[labels];
        }

        void add(List<int[]> rows, int times) {
            for (int[] row : rows) {
                expected[row[0]] += times;
                if (row[1] >= 0) {
                    given[row[1]] += times;
                    right[row[1]] += row[0] == row[1] ? times : 0;
                }
            }
        }

        double mean() {
            double sum = 0;
            int labels = 0;
            for (int label = 0; label < right.length; label++) {
                int both = expected[label] + given[label];
                if (both > 0) {
                    sum += 2.0 * right[label] / both;
                    labels++;
                }
            }
            return sum / labels;
        }
    }
}
