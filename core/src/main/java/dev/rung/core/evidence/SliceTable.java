package dev.rung.core.evidence;

import dev.rung.core.task.Metric;
import dev.rung.core.task.Output;
import dev.rung.core.task.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A metric on every slice of the examples, with intervals that hold for all of them at once.
 *
 * <p>Each interval is taken at a confidence of 1 - (1 - c) / m for m slices (Bonferroni), so that the chance of any that misses its truth is at most 1 - c: whoever looks for the worst slice looks at all of them. Slices are
 * told by label and by each facet that has more than one value; one of fewer than {@link #FEWEST} examples is counted, not judged. It informs and decides nothing: a slice with a bar of its own is a requirement.
 *
 * @param overall the metric on all examples, at the plain confidence
 * @param rows the slices that are large enough, the worst estimate first
 * @param small how many slices are too small to be judged
 * @param confidence that all intervals hold at once
 */
public record SliceTable(Estimate overall, List<Row> rows, int small, double confidence) {
    /** The least examples of a slice that is judged. */
    public static final int FEWEST = 20;

    public SliceTable {
        rows = List.copyOf(rows);
    }

    /**
     * A slice's figure.
     *
     * @param worse whether the whole interval lies below the estimate on all examples
     */
    public record Row(Slice slice, Estimate estimate, boolean worse) {}

    /** Returns the table of {@code metric}, one of which more is better. */
    public static SliceTable of(List<Outcome> outcomes, Metric metric, double confidence) {
        Estimate overall = Estimates.metric(metric, outcomes, confidence);
        Map<Slice, List<Outcome>> slices = slices(outcomes, metric);
        List<Slice> judged = slices.entrySet().stream()
                .filter(slice -> slice.getValue().size() >= FEWEST)
                .map(Map.Entry::getKey)
                .toList();
        double each = judged.isEmpty() ? confidence : 1 - (1 - confidence) / judged.size();
        List<Row> rows = new ArrayList<>();
        for (Slice slice : judged) {
            Estimate estimate = Estimates.metric(metric, slices.getOrDefault(slice, List.of()), each)
                    .on(slice);
            rows.add(new Row(slice, estimate, estimate.high() < overall.estimate()));
        }
        rows.sort(Comparator.<Row>comparingDouble(row -> row.estimate().estimate())
                .thenComparing(row -> row.slice().key()));
        return new SliceTable(overall, rows, slices.size() - judged.size(), confidence);
    }

    private static Map<Slice, List<Outcome>> slices(List<Outcome> outcomes, Metric metric) {
        Map<String, Map<String, List<Outcome>>> byFacet = new TreeMap<>();
        for (Outcome outcome : outcomes) {
            if (!outcome.scores().containsKey(metric)) {
                continue;
            }
            outcome.facets().forEach((facet, value) -> put(byFacet, facet, value, outcome));
            if (outcome.expected() instanceof Output.Label(String label)) {
                put(byFacet, Slice.LABEL, label, outcome);
            }
        }
        Map<Slice, List<Outcome>> slices = new TreeMap<>(Comparator.comparing(Slice::key));
        byFacet.forEach((facet, values) -> {
            if (values.size() > 1) {
                values.forEach((value, inside) -> slices.put(new Slice(facet, value), inside));
            }
        });
        return slices;
    }

    private static void put(
            Map<String, Map<String, List<Outcome>>> byFacet, String facet, String value, Outcome outcome) {
        byFacet.computeIfAbsent(facet, fresh -> new TreeMap<>())
                .computeIfAbsent(value, fresh -> new ArrayList<>())
                .add(outcome);
    }

    /** Returns the slice with the worst estimate, or null where none can be judged. */
    public @Nullable Row worst() {
        return rows.isEmpty() ? null : rows.getFirst();
    }

    /** Returns what the table says of the worst slice, in one sentence. */
    public String sentence() {
        Row worst = worst();
        if (worst == null) {
            return "no slice has " + FEWEST + " examples or more";
        }
        String figures = "%s on %s is %.3f [%.3f, %.3f] over %d examples"
                .formatted(
                        overall.key().replace('_', ' '),
                        worst.slice().title(),
                        worst.estimate().estimate(),
                        worst.estimate().low(),
                        worst.estimate().high(),
                        worst.estimate().n());
        return figures
                + (worst.worse()
                        ? ": provably below the %.3f of all".formatted(overall.estimate())
                        : ", the least of %d slices, yet not provably below the %.3f of all"
                                .formatted(rows.size(), overall.estimate()));
    }
}
