package dev.rung.core.evidence;

import dev.rung.core.statistics.Bootstrap;
import dev.rung.core.statistics.Interval;
import dev.rung.core.statistics.Resampled;
import dev.rung.core.statistics.Resampling;
import dev.rung.core.task.Output;
import java.util.ArrayList;
import java.util.Arrays;
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
 * n right answers of n into a bound of about 1 - 3/n at 95 %, as the exact one is. What was resampled once is kept. Not thread-safe.
 */
final class MacroF1 {
    static final String KEY = "macro_f1";
    private static final int DISPLAYED = Bootstrap.REPLICATES;
    private static final int MOST = 20_000;
    // A bound at a chance that fewer replicates than this fall below is a guess.
    private static final int FEWEST_BEYOND = 10;

    private final Table table;
    private final Table doubted;
    private final Map<Integer, Bootstrap> below = new HashMap<>(); // by the number of replicates
    private final Map<Integer, Bootstrap> above = new HashMap<>();

    private MacroF1(Table table, Table doubted) {
        this.table = table;
        this.doubted = doubted;
    }

    /** Counts outcomes whose expected output is a label, those aside in which the solver said that it does not know. */
    static MacroF1 of(List<Outcome> outcomes) {
        Table table = new Table();
        Table doubted = new Table();
        for (Outcome outcome : outcomes) {
            if (outcome.expected() instanceof Output.Label(String expected) && !outcome.abstained()) {
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
        if (doubted.clusters() < 2) {
            return 0;
        }
        Bootstrap bootstrap = below.computeIfAbsent(replicates(error), count -> new Bootstrap(doubted, count));
        return Math.min(value(), bootstrap.lower(error));
    }

    /** Returns the bound that lies below the truth with chance about {@code error}, at least {@link #leastError}. */
    double upper(double error) {
        return table.clusters() < 2
                ? 1
                : above.computeIfAbsent(replicates(error), count -> new Bootstrap(table, count))
                        .upper(error);
    }

    /** Adds what the displayed interval needs to a resampling of {@link Bootstrap#REPLICATES}; what is returned is to be run when that was. */
    Runnable join(Resampling resampling) {
        if (below.containsKey(DISPLAYED) || table.clusters() < 2) {
            return () -> {};
        }
        Resampling.Drawn low = resampling.add(doubted, doubted.clusters());
        Resampling.Drawn high = resampling.add(table, table.clusters());
        return () -> {
            below.put(DISPLAYED, new Bootstrap(doubted, low));
            above.put(DISPLAYED, new Bootstrap(table, high));
        };
    }

    Interval interval(double confidence) {
        double error = (1 - confidence) / 2;
        return new Interval(lower(error), upper(error));
    }

    private static int replicates(double error) {
        return Math.clamp((long) Math.ceil(FEWEST_BEYOND / error), DISPLAYED, MOST);
    }

    /** Expected and given labels by cluster; {@link #weighted} is thread-safe once all is in. */
    private static final class Table implements Resampled {
        private static final int NOTHING = -1;

        private final Map<String, Integer> labels = new HashMap<>();
        private final Map<String, Integer> places = new HashMap<>();
        private final List<int[]> clusters = new ArrayList<>(); // expected and given, in turn
        private int rows;
        private @Nullable Counts whole;
        private @Nullable Kinds kinds; // of all rows, once all are in

        void add(String cluster, String expected, @Nullable String given) {
            int place = places.computeIfAbsent(cluster, fresh -> {
                clusters.add(new int[0]);
                return places.size();
            });
            int[] before = clusters.get(place);
            int[] after = Arrays.copyOf(before, before.length + 2);
            after[before.length] = label(expected);
            after[before.length + 1] = given == null ? NOTHING : label(given);
            clusters.set(place, after);
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
            for (int[] cluster : clusters) {
                for (int i = 0; i < cluster.length; i += 2) {
                    expected[cluster[i]]++;
                }
            }
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
            for (int[] cluster : clusters) {
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
            Kinds all = kinds;
            if (all == null) {
                all = Kinds.of(clusters, rows, labels.size());
                kinds = all;
            }
            return all.weighted(times);
        }
    }

    /** Rows by what was expected and given, since a replicate has far fewer kinds of them than rows. */
    private static final class Kinds {
        private final int[] cluster; // of a row
        private final int[] kind; // likewise
        private final int[][] pairs; // expected and given, of a kind
        private final int labels;

        private Kinds(int[] cluster, int[] kind, int[][] pairs, int labels) {
            this.cluster = cluster;
            this.kind = kind;
            this.pairs = pairs;
            this.labels = labels;
        }

        static Kinds of(List<int[]> clusters, int rows, int labels) {
            Map<Long, Integer> kinds = new HashMap<>();
            List<int[]> pairs = new ArrayList<>();
            int[] cluster = new int[rows];
            int[] kind = new int[rows];
            int row = 0;
            for (int c = 0; c < clusters.size(); c++) {
                int[] labelled = clusters.get(c);
                for (int i = 0; i < labelled.length; i += 2) {
                    int[] pair = {labelled[i], labelled[i + 1]};
                    cluster[row] = c;
                    kind[row++] = kinds.computeIfAbsent((long) pair[0] * (labels + 1) + pair[1] + 1, fresh -> {
                        pairs.add(pair);
                        return pairs.size() - 1;
                    });
                }
            }
            return new Kinds(cluster, kind, pairs.toArray(int[][]::new), labels);
        }

        double weighted(int[] times) {
            int[] often = new int[pairs.length];
            for (int row = 0; row < kind.length; row++) {
                often[kind[row]] += times[cluster[row]];
            }
            Counts counts = new Counts(labels);
            for (int i = 0; i < pairs.length; i++) {
                counts.add(pairs[i], often[i]);
            }
            return counts.mean();
        }
    }

    /** How often each label was given where it was expected, and how often it was one of these only. */
    private static final class Counts {
        private final int[] right;
        private final int[] apart;

        Counts(int labels) {
            right = new int[labels];
            apart = new int[labels];
        }

        void add(int[] cluster, int times) {
            for (int i = 0; i < cluster.length; i += 2) {
                int expected = cluster[i];
                int given = cluster[i + 1];
                if (expected == given) {
                    right[expected] += times;
                } else {
                    apart[expected] += times;
                    if (given != Table.NOTHING) {
                        apart[given] += times;
                    }
                }
            }
        }

        double mean() {
            double sum = 0;
            int labels = 0;
            for (int label = 0; label < right.length; label++) {
                int both = 2 * right[label] + apart[label];
                if (both > 0) {
                    sum += 2.0 * right[label] / both;
                    labels++;
                }
            }
            return sum / labels;
        }
    }
}
