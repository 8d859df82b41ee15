package dev.rung.models.llama;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The most probable label, exactly, without scoring most labels.
 *
 * <p>Best-first search on the trie of the labels' tokens: a path's log-probability is the sum of its tokens' and can only fall as the path grows, so
 * when the most probable path in the queue is a complete label, no other label can reach it (the argument of A* with a zero heuristic: Hart, Nilsson and
 * Raphael 1968; as uniform-cost search Dijkstra 1959). A few of the most probable paths are read in one batch, since a batch of several tokens takes
 * little longer than one token.
 */
final class LabelSearch {
    /** Reads the last tokens of paths whose parents were read before (or are the root, which is the prompt). */
    interface PathReader {
        /** Returns, per path, the log-probability of each of its children as the next token, in the order of {@link LabelTrie.Node#children()}. */
        List<double[]> read(List<LabelTrie.Node> paths);
    }

    private static final Comparator<Path> MOST_PROBABLE_FIRST =
            Comparator.comparingDouble((Path path) -> -path.logProbability).thenComparingInt(path -> path.order);

    /**
     * How far to search.
     *
     * @param width the most paths read in one batch
     * @param unresolved when the best label is found, search on until the unfinished paths hold at most this part of all labels' probability; 1 to stop
     *     at once, 0 to score every label
     */
    record Effort(int width, double unresolved) {
        static final Effort BEST_ONLY = new Effort(8, 1);
        static final Effort EXHAUSTIVE = new Effort(DecodeContext.BATCH, 0);

        Effort {
            if (width < 1 || width > DecodeContext.BATCH || !(unresolved >= 0 && unresolved <= 1)) {
                throw new IllegalArgumentException("width " + width + ", unresolved " + unresolved);
            }
        }
    }

    // A path this many nats below the best one in the queue is not worth reading ahead.
    private static final double AHEAD = 3;

    private record Path(LabelTrie.Node node, double logProbability, int order) {}

    private final LabelTrie trie;
    private final Effort effort;
    private final PathReader reader;
    private final PriorityQueue<Path> open = new PriorityQueue<>(MOST_PROBABLE_FIRST);
    private final Map<LabelTrie.Node, Double> finished = new LinkedHashMap<>();
    private double bestLabel = Double.NEGATIVE_INFINITY;
    private int order;
    private int decoded;
    private int batches;

    private LabelSearch(LabelTrie trie, Effort effort, PathReader reader) {
        this.trie = trie;
        this.effort = effort;
        this.reader = reader;
    }

    /**
     * Searches.
     *
     * @param first the log-probabilities of the root's children
     */
    static LabelScores run(LabelTrie trie, double[] first, Effort effort, PathReader reader) {
        LabelSearch search = new LabelSearch(trie, effort, reader);
        search.push(new Path(trie.root(), 0, 0), first);
        while (search.step()) {
            // each step reads one batch
        }
        return search.scores();
    }

    private boolean step() {
        List<Path> batch = new ArrayList<>();
        while (!open.isEmpty() && batch.size() < effort.width() && worthReading(batch)) {
            batch.add(open.remove());
        }
        if (batch.isEmpty()) {
            return false;
        }
        List<double[]> next = reader.read(batch.stream().map(Path::node).toList());
        decoded += batch.size();
        batches++;
        for (int i = 0; i < batch.size(); i++) {
            push(batch.get(i), next.get(i));
        }
        return true;
    }

    private boolean worthReading(List<Path> batch) {
        double candidate = open.element().logProbability;
        if (candidate < bestLabel || (candidate == bestLabel && effort.unresolved() == 1)) {
            return effort.unresolved() < 1 && unresolved(batch) > effort.unresolved();
        }
        return batch.isEmpty() || effort.unresolved() == 0 || candidate > batch.getFirst().logProbability - AHEAD;
    }

    // Which part of the probability of all labels the open paths may still hold; those in the batch are about to be
    // resolved.
    private double unresolved(List<Path> batch) {
        double unfinished =
                open.stream().mapToDouble(p -> Math.exp(p.logProbability)).sum();
        double known = finished.values().stream().mapToDouble(Math::exp).sum()
                + batch.stream().mapToDouble(p -> Math.exp(p.logProbability)).sum();
        return unfinished == 0 ? 0 : unfinished / (unfinished + known);
    }

    private void push(Path parent, double[] childLogProbabilities) {
        int i = 0;
        for (LabelTrie.Node child : parent.node.children()) {
            double logProbability = parent.logProbability + childLogProbabilities[i++];
            if (child.isLeaf()) {
                finished.put(child, logProbability);
                bestLabel = Math.max(bestLabel, logProbability);
            } else {
                open.add(new Path(child, logProbability, ++order));
            }
        }
    }

    private LabelScores scores() {
        int labels = trie.leaves().size();
        double[] bounds = new double[labels];
        boolean[] exact = new boolean[labels];
        double[] masses = new double[labels];
        Arrays.fill(masses, Double.NEGATIVE_INFINITY);
        for (Path path : open) {
            double share = path.logProbability - Math.log(path.node.labels());
            fill(path.node, path.logProbability, share, bounds, masses);
        }
        finished.forEach((leaf, logProbability) -> {
            bounds[leaf.label()] = logProbability;
            masses[leaf.label()] = logProbability;
            exact[leaf.label()] = true;
        });
        double total = Double.NEGATIVE_INFINITY;
        for (double mass : masses) {
            total = LogSoftmax.add(total, mass);
        }
        List<LabelScores.Score> scores = new ArrayList<>(labels);
        for (int i = 0; i < labels; i++) {
            double share = total == Double.NEGATIVE_INFINITY ? 1.0 / labels : Math.exp(masses[i] - total);
            scores.add(new LabelScores.Score(bounds[i], exact[i], share));
        }
        return new LabelScores(best(bounds, exact), scores, decoded, batches);
    }

    private static int best(double[] bounds, boolean[] exact) {
        int best = -1;
        for (int i = 0; i < bounds.length; i++) {
            if (exact[i] && (best < 0 || bounds[i] > bounds[best])) {
                best = i;
            }
        }
        return best;
    }

    private static void fill(LabelTrie.Node node, double bound, double share, double[] bounds, double[] masses) {
        if (node.isLeaf()) {
            bounds[node.label()] = bound;
            masses[node.label()] = share;
        }
        for (LabelTrie.Node child : node.children()) {
            fill(child, bound, share, bounds, masses);
        }
    }
}
